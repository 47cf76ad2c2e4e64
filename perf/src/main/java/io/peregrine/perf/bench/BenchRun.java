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

import io.peregrine.perf.floor.FloorServer;
import io.peregrine.perf.floor.FloorTls;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs a scenario: all contenders in turn, round after round, so that a noisy machine disturbs all alike. */
final class BenchRun
{
    private static final double MEDIAN = 50;
    private static final double P99 = 99;
    private static final double NS_PER_US = 1_000;
    private static final int MIN_COUNT = 500;
    private static final int SMALL_BODY_LENGTH = 16 * 1024;
    private static final int SHARE_OF_LARGE = 10;

    private final List<Contender> contenders;
    private final Path binary;
    private final FloorTls tls;
    private final RoundPlan plan;
    private final PrintWriter out;

    BenchRun(
        final List<Contender> contenders,
        final Path binary,
        final FloorTls tls,
        final RoundPlan plan,
        final PrintWriter out)
    {
        this.contenders = contenders;
        this.binary = binary;
        this.tls = tls;
        this.plan = plan;
        this.out = out;
    }

    ScenarioResult run(final Scenario scenario) throws IOException
    {
        final List<Contender> active =
            contenders.stream().filter((contender) -> contender.takesPartIn(scenario)).toList();
        final List<BenchSeries> series =
            active.stream().map((contender) -> new BenchSeries(contender.name(), contender.kind())).toList();
        final int count = count(scenario);
        try (FloorServer server = null == binary ? FloorServer.startJava(plan.serverCpu()) :
            FloorServer.startNative(binary, plan.serverCpu(), scenario.answer(), scenario.isTls() ? tls : null))
        {
            for (final Contender contender : active)
            {
                out.println(scenario.name() + " warming up  " + contender.name());
                out.flush();
                contender.run(server, unscheduled(scenario), tls, plan.firstWarmUp() * count / plan.count(), count);
            }

            for (int round = 1; round <= plan.rounds(); round++)
            {
                for (int i = 0; i < active.size(); i++)
                {
                    final Round result = active.get(i).run(server, scenario, tls, plan.warmUp(), count);
                    series.get(i).add(result);
                    print(scenario, round, series.get(i).name(), result);
                }
            }
        }

        return new ScenarioResult(scenario, series);
    }

    /** Warming up keeps no schedule. */
    private static Scenario unscheduled(final Scenario scenario)
    {
        return new Scenario(scenario.name(), scenario.isTls(), scenario.answer(), 0);
    }

    private int count(final Scenario scenario)
    {
        return scenario.answer().actualBodyLength() > SMALL_BODY_LENGTH ?
            Math.max(MIN_COUNT, plan.count() / SHARE_OF_LARGE) : plan.count();
    }

    private void print(final Scenario scenario, final int round, final String name, final Round result)
    {
        out.printf(Locale.ROOT, "%s round %d/%d  %-15s p50 %8.2f us  p99 %8.2f us%s%n",
            scenario.name(), round, plan.rounds(), name, result.valueNs(MEDIAN) / NS_PER_US,
            result.valueNs(P99) / NS_PER_US,
            result.disturbance().isSpoiled() ? "  spoiled: " + result.disturbance() : "");
        out.flush();
    }
}
