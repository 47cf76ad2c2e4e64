/*
 * Copyright 2026 The Peregrine Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.peregrine.perf.bench;

import io.peregrine.perf.floor.FloorTls;
import io.peregrine.perf.machine.IdleProcessors;
import io.peregrine.perf.venue.CpuPinning;
import net.openhft.affinity.Affinity;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Runs scenarios: all contenders in turn in all scenarios in turn, round after round, so that a noisy machine disturbs
 * all alike and what is measured in one scenario can be held against what is measured in another.
 */
final class BenchRun
{
    private final List<Contender> contenders;
    private final Path binary;
    private final FloorTls tls;
    private final RoundPlan plan;
    private final IdleProcessors idle;
    private final PrintWriter out;

    BenchRun(
        final List<Contender> contenders,
        final Path binary,
        final FloorTls tls,
        final RoundPlan plan,
        final IdleProcessors idle,
        final PrintWriter out)
    {
        this.contenders = contenders;
        this.binary = binary;
        this.tls = tls;
        this.plan = plan;
        this.idle = idle;
        this.out = out;
    }

    List<ScenarioResult> run(final List<Scenario> scenarios) throws IOException
    {
        final List<ScenarioRun> runs = new ArrayList<>();
        final BitSet cpus = Affinity.getAffinity();
        try
        {
            // Servers come first, since processes may run where the thread may that starts them.
            for (final Scenario scenario : scenarios)
            {
                runs.add(new ScenarioRun(scenario, contenders, binary, tls, plan, idle, out));
            }

            // Where the clients are, as it measures how far that is from the server, and sleeps while they have turns.
            CpuPinning.pin(plan.clientCpu());
            for (final ScenarioRun run : runs)
            {
                run.warmUp();
            }

            for (int round = 1; round <= plan.rounds(); round++)
            {
                for (final ScenarioRun run : runs)
                {
                    run.round(round);
                }
            }

            return runs.stream().map(ScenarioRun::result).toList();
        }
        finally
        {
            Affinity.setAffinity(cpus);
            CloseHelper.closeAll(runs);
        }
    }
}
