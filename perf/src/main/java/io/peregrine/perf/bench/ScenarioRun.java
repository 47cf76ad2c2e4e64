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
import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.floor.TurnPlan;
import io.peregrine.perf.machine.IdleProcessors;
import io.peregrine.perf.machine.QuietCores;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A scenario with a server of its own, and the contenders that take part in it. */
final class ScenarioRun implements AutoCloseable
{
    private static final double NS_PER_US = 1_000;

    private final Map<Contender, BenchSeries> active = new LinkedHashMap<>();
    /** Each has its own, as the piece of work takes longer in one language than in the other. */
    private final Map<Contender, QuietCores> quiet = new HashMap<>();
    private final Scenario scenario;
    private final FloorTls tls;
    private final RoundPlan plan;
    private final PrintWriter out;
    private final CoreWatch cores;
    private final long serviceNs;
    private final FloorServer server;

    ScenarioRun(
        final Scenario scenario,
        final List<Contender> contenders,
        final Path binary,
        final FloorTls tls,
        final RoundPlan plan,
        final IdleProcessors idle,
        final PrintWriter out) throws IOException
    {
        this.scenario = scenario;
        this.tls = tls;
        this.plan = plan;
        this.out = out;
        contenders.stream().filter((contender) -> contender.takesPartIn(scenario))
            .forEach((contender) -> active.put(contender, new BenchSeries(contender.name(), contender.kind())));
        // A turn of an open loop is longer than the cores are where they are.
        cores = new CoreWatch(
            plan.nearCores(), new QuietCores(plan.quietRatio()), idle, null != binary && 0 == scenario.rate());
        // The server in Java answers at once.
        serviceNs = null == binary ? 0 : scenario.serviceNs();
        server = startServer(binary);
    }

    private FloorServer startServer(final Path binary) throws IOException
    {
        try
        {
            return null == binary ? FloorServer.startJava(plan.serverCpu()) : FloorServer.startNative(
                binary, plan.serverCpu(), scenario.answer(), scenario.isTls() ? tls : null, cores.file());
        }
        catch (final IOException ex)
        {
            CloseHelper.quietClose(cores);
            throw ex;
        }
    }

    /** All contenders, one after the other, without a schedule and without keeping what they measure. */
    void warmUp() throws IOException
    {
        final List<Seat> seats = takeSeats(plan.onConnected());
        try
        {
            for (final Seat seat : seats)
            {
                warmUp(seat);
            }
            print("warm-up", seats, null);
        }
        finally
        {
            leave(seats);
        }
    }

    /** All contenders, each connected, in turn after turn. */
    void round(final int number) throws IOException
    {
        final List<Seat> seats = takeSeats(plan.onConnected());
        try
        {
            seats.forEach(Seat::clear);
            final NoiseMeter noise = new NoiseMeter(pids(seats));
            noise.start();
            final long endNs = System.nanoTime() + plan.roundNs(seats.size());
            for (int turn = 0; turn < plan.leastTurns() || System.nanoTime() - endNs < 0; turn++)
            {
                for (final Seat seat : order(seats, turn))
                {
                    if (active.containsKey(seat.contender()))
                    {
                        cores.await(endNs, () -> seats.getFirst().client().turn(plan.call()));
                        tryTurn(seat, plan.turn(scenario));
                    }
                }
            }

            final Disturbance disturbance = noise.stop();
            seats.stream().filter((seat) -> active.containsKey(seat.contender()))
                .forEach((seat) -> active.get(seat.contender()).add(seat.round(disturbance)));
            print("round " + number + "/" + plan.rounds(), seats, disturbance);
        }
        finally
        {
            leave(seats);
        }
    }

    ScenarioResult result()
    {
        return ScenarioResult.of(scenario, List.copyOf(active.values()));
    }

    @Override
    public void close() throws IOException
    {
        server.close();
        cores.close();
    }

    /** Everybody comes behind everybody, and a machine that grows slower favours nobody. */
    private static List<Seat> order(final List<Seat> seats, final int turn)
    {
        final List<Seat> order = new ArrayList<>(seats);
        Collections.rotate(order, turn);
        return 0 == turn % 2 ? order : order.reversed();
    }

    /** Connects all, and lets each find its pace. */
    private List<Seat> takeSeats(final TurnPlan firstTurn) throws IOException
    {
        final List<Seat> seats = new ArrayList<>();
        try
        {
            for (final Contender contender : List.copyOf(active.keySet()))
            {
                takeSeat(contender, seats);
            }
            for (final Seat seat : seats)
            {
                tryTurn(seat, firstTurn);
            }

            return seats;
        }
        catch (final IOException ex)
        {
            leave(seats);
            throw ex;
        }
    }

    private void takeSeat(final Contender contender, final List<Seat> seats) throws IOException
    {
        try
        {
            seats.add(new Seat(contender, contender.connect(server, scenario, tls, cores.file()),
                quiet.computeIfAbsent(contender, (ignore) -> new QuietCores(plan.quietRatio())), serviceNs));
        }
        catch (final IOException ex)
        {
            goOnWithout(contender, ex);
        }
    }

    /** The connection of one that was left out has ended with its process. */
    private void leave(final List<Seat> seats) throws IOException
    {
        for (final Seat seat : seats)
        {
            if (active.containsKey(seat.contender()))
            {
                try
                {
                    seat.client().close();
                }
                catch (final IOException ex)
                {
                    out.println(seat.contender().name() + " does not disconnect: " + ex.getMessage());
                    seat.contender().restart();
                }
            }
        }
    }

    /** A program in C is as fast as ever, and learns only how quick the cores can be. */
    private void warmUp(final Seat seat) throws IOException
    {
        final WarmUpWatch watch = new WarmUpWatch(null == seat.contender().kind() ? 1 : plan.warmUpSeconds());
        while (active.containsKey(seat.contender()) && !watch.isOver())
        {
            seat.clear();
            tryTurn(seat, plan.warmUp());
            watch.onStretch(seat.medianNs());
        }
    }

    private void tryTurn(final Seat seat, final TurnPlan turnPlan) throws IOException
    {
        if (active.containsKey(seat.contender()))
        {
            try
            {
                final Turn turn = seat.client().turn(turnPlan);
                seat.add(turn, cores.look());
            }
            catch (final IOException ex)
            {
                goOnWithout(seat.contender(), ex);
            }
        }
    }

    /** A peer that fails is left out of the scenario, and started anew for the others. */
    private void goOnWithout(final Contender contender, final IOException failure) throws IOException
    {
        if (!contender.isDispensable())
        {
            throw failure;
        }

        out.println(scenario.name() + " goes on without " + contender.name() + ", which failed: " +
            failure.getMessage());
        active.remove(contender);
        contender.restart();
    }

    private long[] pids(final List<Seat> seats)
    {
        final long[] pids = new long[seats.size() + 1];
        pids[0] = server.pid();
        for (int i = 0; i < seats.size(); i++)
        {
            pids[i + 1] = seats.get(i).client().pid();
        }

        return pids;
    }

    private void print(final String what, final List<Seat> seats, final Disturbance disturbance)
    {
        final StringBuilder line = new StringBuilder(
            String.format(Locale.ROOT, "%s %s, p50 in us:", scenario.name(), what));
        for (final Contender contender : active.keySet())
        {
            seats.stream().filter((seat) -> contender == seat.contender()).findFirst()
                .ifPresent((seat) -> line.append(String.format(Locale.ROOT, "  %s %.2f", contender.name(),
                    seat.medianNs() / NS_PER_US)));
        }
        if (null != disturbance && disturbance.isSpoiled())
        {
            line.append("  spoiled: ").append(disturbance);
        }

        out.println(line);
        out.flush();
    }
}
