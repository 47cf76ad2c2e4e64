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
package io.peregrine.perf.cli.demo;

import com.sun.management.ThreadMXBean;
import io.peregrine.pool.AtomicClientPool;
import io.peregrine.pool.AtomicClientPoolContext;
import io.peregrine.pool.CpuPinning;
import io.peregrine.pool.PoolClient;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The demonstration with an engine on a thread of its own and several threads that submit through rings. */
final class ThreadedDemoClient implements Callable<String>
{
    /** What runs besides the strategies: engine and venue. */
    private static final int OTHER_SPINNERS = 2;

    /** Orders of different threads never have the same number. */
    private static final long NUMBERS_PER_THREAD = 1_000_000_000L;
    private static final int SETTLING_BLOCK = 5_000;
    private static final int QUIET_BLOCKS = 10;
    private static final long MAX_SETTLING_NS = TimeUnit.SECONDS.toNanos(40);
    private static final int BLOCKS = 10;
    private static final int PERCENT = 100;
    private static final int MAX_SPINS = 10;
    private static final int MAX_YIELDS = 20;
    private static final long MIN_PARK_NS = TimeUnit.MICROSECONDS.toNanos(1);
    private static final long MAX_PARK_NS = TimeUnit.MICROSECONDS.toNanos(50);

    private final DemoConfig config;
    private final PrintWriter out;
    private final boolean hasCoreForEach;
    private final ThreadMXBean threadBean = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final List<StrategyThread> threads = new ArrayList<>();
    private final List<PoolClient> clients = new ArrayList<>();
    private final List<AnswerChecker> checkers = new ArrayList<>();
    private final List<RequestStages> stages = new ArrayList<>();
    private AtomicClientPool pool;
    private int sentPerThread;

    ThreadedDemoClient(final DemoConfig config, final PrintWriter out)
    {
        this.config = config;
        this.out = out;
        hasCoreForEach = Runtime.getRuntime().availableProcessors() >= config.threads() + OTHER_SPINNERS;
    }

    /** Runs to the end; null, or what went wrong. */
    @Override
    public String call() throws InterruptedException, ExecutionException
    {
        pool = AtomicClientPool.launch(new AtomicClientPoolContext()
            .pool(DemoClient.poolBuilder(config))
            .maxClients(config.threads())
            .cpuPinning(hasCoreForEach && config.cpu() >= 0 ? CpuPinning.cpu(config.cpu()) : CpuPinning.none())
            .idleStrategy(idleStrategy()));
        try
        {
            out.println(pool.context());
            for (int i = 0; i < config.threads(); i++)
            {
                threads.add(new StrategyThread("demo-strategy-" + (i + 1)));
                clients.add(pool.newClient());
                checkers.add(new AnswerChecker());
                stages.add(new RequestStages());
            }

            return run();
        }
        finally
        {
            for (int i = 0; i < clients.size(); i++)
            {
                threads.get(i).run(clients.get(i)::close);
                threads.get(i).close();
            }
            pool.close();
        }
    }

    private String run() throws InterruptedException, ExecutionException
    {
        final boolean isGarbageFree = DemoClient.isGarbageFree(pool.tlsInfo());
        final DemoReport report = new DemoReport(out, isGarbageFree);
        report.onConnected(pool.tlsInfo());
        final List<StrategyFlow> warmUp = flows(1);
        runRound(warmUp, config.warmUpOrders());
        final List<StrategyFlow> settling = flows(DemoClient.FOLLOW_UP_INTERVAL);
        if (isGarbageFree)
        {
            settle(settling);
        }
        report.onWarmedUp(warmUp, settling);

        stages.replaceAll((used) -> new RequestStages());
        final List<StrategyFlow> flows = flows(DemoClient.FOLLOW_UP_INTERVAL);
        final long garbageBytes = measure(flows);
        report.onMeasured(flows, garbageBytes, checkers.getFirst(), pool.engineCounters());
        final RequestStages allStages = new RequestStages();
        stages.forEach(allStages::add);
        allStages.print(new LatencyTable(out));
        out.flush();

        return report.trouble();
    }

    private List<StrategyFlow> flows(final int followUpInterval)
    {
        final List<StrategyFlow> flows = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++)
        {
            flows.add(new StrategyFlow("strategy " + (i + 1),
                clients.get(i), idleStrategy(), checkers.get(i), stages.get(i), followUpInterval));
        }

        return flows;
    }

    /** As in the demonstration without rings: until the JVM has compiled all there is to compile. */
    private void settle(final List<StrategyFlow> flows) throws InterruptedException, ExecutionException
    {
        final long startNs = System.nanoTime();
        int quietBlocks = 0;
        while (quietBlocks < QUIET_BLOCKS && System.nanoTime() - startNs < MAX_SETTLING_NS)
        {
            quietBlocks = 0 == runRound(flows, SETTLING_BLOCK * threads.size()) ? quietBlocks + 1 : 0;
        }
    }

    private long measure(final List<StrategyFlow> flows) throws InterruptedException, ExecutionException
    {
        long garbageBytes = 0;
        long sent = 0;
        for (int block = 0; block < BLOCKS; block++)
        {
            final int count = DemoClient.share(config.orders(), block, BLOCKS);
            garbageBytes += runRound(flows, count);
            sent += count;
            out.printf(Locale.ROOT, "%3d %%  %,d orders, p50 %s us so far (%s)%n", (block + 1) * PERCENT / BLOCKS,
                sent, LatencyTable.us(flows.getFirst().latencyNs().getValueAtPercentile(PERCENT / 2.0)),
                flows.getFirst().name());
            out.flush();
        }

        return garbageBytes;
    }

    /** All threads at once, orders shared out; returns the bytes that they and the engine have allocated. */
    private long runRound(final List<StrategyFlow> flows, final int orders)
        throws InterruptedException, ExecutionException
    {
        final long engineId = pool.engineThread().threadId();
        final long engineBytesBefore = threadBean.getThreadAllocatedBytes(engineId);
        for (int i = 0; i < threads.size(); i++)
        {
            threads.get(i).start(flows.get(i), i * NUMBERS_PER_THREAD + sentPerThread,
                DemoClient.share(orders, i, threads.size()));
        }

        long bytes = 0;
        for (final StrategyThread thread : threads)
        {
            bytes += thread.await();
        }
        sentPerThread += orders;

        return bytes + threadBean.getThreadAllocatedBytes(engineId) - engineBytesBefore;
    }

    /** Threads that outnumber the cores have to let each other run. */
    private IdleStrategy idleStrategy()
    {
        return hasCoreForEach ?
            BusySpinIdleStrategy.INSTANCE :
            new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }
}
