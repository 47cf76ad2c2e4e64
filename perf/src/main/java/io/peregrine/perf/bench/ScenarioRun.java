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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A scenario with a server of its own, and the contenders that take part in it. */
final class ScenarioRun implements AutoCloseable
{
    private static final double MEDIAN = 50;
    private static final double P99 = 99;
    private static final double NS_PER_US = 1_000;
    private static final int MIN_COUNT = 500;
    private static final int SMALL_BODY_LENGTH = 16 * 1024;
    private static final int SHARE_OF_LARGE = 10;

    private final Map<Contender, BenchSeries> active = new LinkedHashMap<>();
    private final Scenario scenario;
    private final FloorTls tls;
    private final RoundPlan plan;
    private final PrintWriter out;
    private final FloorServer server;
    private final int count;

    ScenarioRun(
        final Scenario scenario,
        final List<Contender> contenders,
        final Path binary,
        final FloorTls tls,
        final RoundPlan plan,
        final PrintWriter out) throws IOException
    {
        this.scenario = scenario;
        this.tls = tls;
        this.plan = plan;
        this.out = out;
        contenders.stream().filter((contender) -> contender.takesPartIn(scenario))
            .forEach((contender) -> active.put(contender, new BenchSeries(contender.name(), contender.kind())));
        count = scenario.answer().actualBodyLength() > SMALL_BODY_LENGTH ?
            Math.max(MIN_COUNT, plan.count() / SHARE_OF_LARGE) : plan.count();
        server = null == binary ? FloorServer.startJava(plan.serverCpu()) :
            FloorServer.startNative(binary, plan.serverCpu(), scenario.answer(), scenario.isTls() ? tls : null);
    }

    /** All contenders in turn, without a schedule and without keeping what they measure. */
    void warmUp() throws IOException
    {
        final int warmUp = (int)((long)plan.firstWarmUp() * count / plan.count());
        for (final Contender contender : List.copyOf(active.keySet()))
        {
            tryRun(contender, scenario.atRate(0), warmUp)
                .ifPresent((round) -> print("warm-up", contender.name(), round));
        }
    }

    /** All contenders in turn. */
    void round(final int number) throws IOException
    {
        for (final Contender contender : List.copyOf(active.keySet()))
        {
            final Optional<Round> result = tryRun(contender, scenario, plan.warmUp());
            if (result.isPresent())
            {
                active.get(contender).add(result.get());
                print("round " + number + "/" + plan.rounds(), contender.name(), result.get());
            }
        }
    }

    ScenarioResult result()
    {
        return new ScenarioResult(scenario, List.copyOf(active.values()));
    }

    @Override
    public void close()
    {
        server.close();
    }

    /** Empty when a peer fails: it is left out of the scenario, and started anew for the others. */
    private Optional<Round> tryRun(final Contender contender, final Scenario scenario, final int warmUp)
        throws IOException
    {
        try
        {
            return Optional.of(contender.run(server, scenario, tls, warmUp, count));
        }
        catch (final IOException ex)
        {
            if (!contender.isDispensable())
            {
                throw ex;
            }

            out.println(scenario.name() + " goes on without " + contender.name() + ", which failed: " +
                ex.getMessage());
            active.remove(contender);
            contender.restart();
            return Optional.empty();
        }
    }

    private void print(final String what, final String name, final Round round)
    {
        out.printf(Locale.ROOT, "%s %-11s  %-15s p50 %8.2f us  p99 %8.2f us%s%n",
            scenario.name(), what, name, round.valueNs(MEDIAN) / NS_PER_US, round.valueNs(P99) / NS_PER_US,
            round.disturbance().isSpoiled() ? "  spoiled: " + round.disturbance() : "");
        out.flush();
    }
}
