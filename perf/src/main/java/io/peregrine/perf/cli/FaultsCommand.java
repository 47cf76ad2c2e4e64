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
package io.peregrine.perf.cli;

import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.HttpConnection;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.ReconnectPolicy;
import io.peregrine.perf.fault.FaultyServer;
import io.peregrine.perf.fault.OrderLedger;
import io.peregrine.pool.AtomicClientPool;
import io.peregrine.pool.AtomicClientPoolContext;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientPoolBuilder;
import org.agrona.concurrent.YieldingIdleStrategy;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Exchanges with a server that misbehaves, every order's fate reconciled with the server's record. */
@Command(
    name = "faults",
    sortOptions = false,
    description = {
        "Sends orders to a server that misbehaves at random, and holds what became of each of them against what the " +
            "server received.",
        "Then takes the server down for a while, several times, and measures how soon the pool heals.",
        ""},
    footer = {
        "",
        "Exit codes: 0 when every fate was as told, and memory and descriptors stayed flat; 1 otherwise; " +
            "2 wrong usage."})
public final class FaultsCommand implements Callable<Integer>
{
    private static final int STEPS = 10;
    private static final int PERCENT = 100;
    private static final int SLOTS = 16;

    /** Small, so that it overflows when a strategy dozes. */
    private static final int ANSWER_RING_LENGTH = 8 * 1024;
    private static final long[] DOWN_MS = {20, 50, 150, 350, 900, 2_000};
    private static final Duration REQUEST_TIMEOUT = Duration.ofMillis(20);
    private static final ReconnectPolicy QUICK = new ReconnectPolicy(
        TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(20))
        .withBudget(new ReconnectPolicy.Budget(10_000, TimeUnit.SECONDS.toNanos(1)));

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = "--exchanges", paramLabel = "N", defaultValue = "2000000", converter = PositiveConverter.class,
        description = "Number of orders; ${DEFAULT-VALUE} unless given.")
    private int exchanges;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "8", converter = PositiveConverter.class,
        description = "Connections of the pool; ${DEFAULT-VALUE} unless given.")
    private int connections;

    @Option(names = "--threads", paramLabel = "N", converter = PositiveConverter.class,
        description = "Strategy threads that submit through rings, with pauses of their own; unless given, one " +
            "thread is client and engine in one.")
    private Integer threads;

    @Option(names = "--fault-interval", paramLabel = "N", defaultValue = "200", converter = PositiveConverter.class,
        description = "Orders to a fault, on average; ${DEFAULT-VALUE} unless given.")
    private int faultInterval;

    @Option(names = "--max-growth", paramLabel = "PERCENT", defaultValue = "10", converter = PositiveConverter.class,
        description = "By how much memory may grow in the second half; ${DEFAULT-VALUE} unless given.")
    private int maxGrowthPercent;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the faults; random unless given.")
    private Long seed;

    @Option(names = "--max-seconds", paramLabel = "N", defaultValue = "600", converter = PositiveConverter.class,
        description = "Time after which no more orders are sent; ${DEFAULT-VALUE} unless given.")
    private int maxSeconds;

    private long rssMiddleKb;
    private long rssLastKb;
    private long descriptorsFirst;
    private long descriptorsLast;

    /** Creates the command; picocli fills in its options. */
    public FaultsCommand()
    {
    }

    /**
     * Runs the soak, then the measurement of healing.
     *
     * @return the exit code: 0 when everything was as it should, otherwise 1.
     * @throws IOException when the server cannot listen.
     */
    @Override
    public Integer call() throws IOException
    {
        final long usedSeed = null == seed ? ThreadLocalRandom.current().nextLong() : seed;
        final PrintWriter out = spec.commandLine().getOut();
        out.println("seed " + usedSeed);
        final boolean isSound = soak(usedSeed, out);
        measureHealing(usedSeed, out);
        out.flush();

        return isSound ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private boolean soak(final long usedSeed, final PrintWriter out) throws IOException
    {
        final OrderLedger ledger = new OrderLedger(exchanges);
        try (FaultyServer server = new FaultyServer(ledger, usedSeed, faultInterval);
            FaultFlow flow = flow(server, ledger, usedSeed))
        {
            final long stopNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(maxSeconds);
            for (int step = 1; step <= STEPS && System.nanoTime() - stopNs < 0; step++)
            {
                flow.sendUntil((int)((long)exchanges * step / STEPS), stopNs);
                watchMemory(step, flow, out);
            }
            flow.finish();

            return report(ledger.reconcile(flow.sent()), flow, server, out);
        }
    }

    private FaultFlow flow(final FaultyServer server, final OrderLedger ledger, final long usedSeed)
    {
        final EngineContext engineContext = new EngineContext().randomSeed(usedSeed);
        if (null == threads)
        {
            final ClientPoolBuilder builder = new ClientPoolBuilder(new HttpEngine(engineContext));
            return new InThreadFaultFlow(
                pool(builder, server, connections).reconnectPolicy(QUICK).build(), ledger);
        }

        final AtomicClientPool pool = AtomicClientPool.launch(new AtomicClientPoolContext()
            .engine(engineContext)
            .pool(pool(new ClientPoolBuilder(), server, connections).reconnectPolicy(QUICK))
            .maxClients(threads)
            .requestSlots(SLOTS)
            .answerRingLength(ANSWER_RING_LENGTH)
            .idleStrategy(new YieldingIdleStrategy()));
        return new ThreadedFaultFlow(pool, ledger, threads, usedSeed);
    }

    private void watchMemory(final int step, final FaultFlow flow, final PrintWriter out) throws IOException
    {
        final long heapKb = ProcessMemory.heapKb();
        rssLastKb = ProcessMemory.rssKb();
        descriptorsLast = ProcessMemory.descriptors();
        if (STEPS / 2 == step)
        {
            rssMiddleKb = rssLastKb;
        }
        if (1 == step)
        {
            descriptorsFirst = descriptorsLast;
        }
        out.printf(Locale.ROOT, "%,10d orders, %,8d connects, RSS %,8d KiB, heap %,8d KiB, %d descriptors%n",
            flow.sent(), flow.counters().get(EngineCounter.CONNECTS), rssLastKb, heapKb, descriptorsLast);
        out.flush();
    }

    private boolean report(
        final OrderLedger.Reconciliation sums,
        final FaultFlow flow,
        final FaultyServer server,
        final PrintWriter out)
    {
        final long growthPercent = rssMiddleKb > 0 ? PERCENT * (rssLastKb - rssMiddleKb) / rssMiddleKb : 0;
        final long descriptorGrowth = descriptorsLast - descriptorsFirst;
        out.printf(Locale.ROOT, "%nsent %,d, server misbehaved %,d times, %,d connects%n",
            flow.sent(), server.faults(), flow.counters().get(EngineCounter.CONNECTS));
        out.printf(Locale.ROOT, "answered %,d, not sent %,d, unknown %,d (%,d received; %,d crossed by a 408)%n",
            sums.answered(), sums.notSent(), sums.unknown(), sums.unknownButReceived(), flow.crossed());
        out.printf(Locale.ROOT,
            "doubled %,d, unaccounted %,d, falsely not sent %,d, answered unreceived %,d, answered by another %,d%n",
            sums.doubled(), sums.unaccounted(), sums.falselyNotSent(), sums.answeredUnreceived(), flow.misdelivered());
        out.printf(Locale.ROOT, "memory grew by %d %% in the second half, descriptors by %d%n%n",
            growthPercent, descriptorGrowth);
        out.flush();
        // While slots heal there is a socket less; one in the making may be one more.
        final boolean isFlat = growthPercent <= maxGrowthPercent && Math.abs(descriptorGrowth) <= 2L * connections;
        final boolean isSound = sums.isSound() && 0 == flow.misdelivered() && isFlat && flow.sent() == exchanges;
        if (!isSound)
        {
            CommandLines.complain(spec.commandLine(), flow.sent() == exchanges ?
                "a fate was not as told, or memory or descriptors grew" :
                "only " + flow.sent() + " orders were sent within " + maxSeconds + " s");
        }

        return isSound;
    }

    private void measureHealing(final long usedSeed, final PrintWriter out) throws IOException
    {
        out.println("| down for ms | back-off step in force ms | from listening to healed ms |");
        out.println("| --- | --- | --- |");
        for (final long downMs : DOWN_MS)
        {
            try (FaultyServer server = new FaultyServer(new OrderLedger(1), usedSeed, 0);
                HttpEngine engine = new HttpEngine(new EngineContext());
                ClientPool pool = pool(new ClientPoolBuilder(engine), server, 1)
                    .reconnectPolicy(ReconnectPolicy.DEFAULT).build())
            {
                server.down();
                final long untilNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(downMs);
                while (System.nanoTime() - untilNs < 0)
                {
                    engine.doWorkAndIdle();
                }

                final HttpConnection connection = pool.slot(0).connection();
                final long stepNs = ReconnectPolicy.DEFAULT.delayNs(connection.roundsInVain());
                final long listenedNs = server.up();
                while (0 == pool.available())
                {
                    engine.doWorkAndIdle();
                }
                final double healedMs = (System.nanoTime() - listenedNs) / 1e6;
                out.printf(Locale.ROOT, "| %,d | %,d | %,.3f |%n", downMs, stepNs / 1_000_000, healedMs);
                out.flush();
            }
        }
    }

    private static ClientPoolBuilder pool(
        final ClientPoolBuilder builder, final FaultyServer server, final int connections)
    {
        return builder
            .url("http://127.0.0.1:" + server.port())
            .connections(connections)
            .requestTimeout(REQUEST_TIMEOUT);
    }
}
