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

import io.peregrine.perf.venue.CpuPinning;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientPoolBuilder;
import io.peregrine.pool.ClientSlot;
import io.peregrine.tls.TlsSessionInfo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The side of the demonstration that is shown: warms up, sends the orders block by block and reports. */
final class DemoClient implements Callable<String>
{
    /** Every so many orders one is queried and canceled. */
    static final int FOLLOW_UP_INTERVAL = 100;

    /** At first each order is, so that the code for that gets as warm as the other. */
    private static final int WARM_UP_FOLLOW_UP_INTERVAL = 1;
    private static final int SETTLING_BLOCK = 5_000;
    private static final int QUIET_BLOCKS = 10;
    private static final long MAX_SETTLING_NS = TimeUnit.SECONDS.toNanos(20);
    private static final int BLOCKS = 10;
    private static final String ZERO_GARBAGE_PROVIDER = "wolfSSL";
    private static final int PERCENT = 100;
    private static final long ACQUIRE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final String API_KEY = "0123456789abcdef".repeat(4);

    private final DemoConfig config;
    private final PrintWriter out;
    private final OrderRequests requests = new OrderRequests();
    private final AnswerChecker checker = new AnswerChecker();
    private long nextNumber;

    DemoClient(final DemoConfig config, final PrintWriter out)
    {
        this.config = config;
        this.out = out;
    }

    /** Runs to the end; null, or what went wrong. */
    @Override
    public String call()
    {
        CpuPinning.pin(config.cpu());
        try (ClientPool pool = openPool())
        {
            final TlsSessionInfo tls = pool.slot(0).connection().tlsInfo();
            final boolean isGarbageFree = isGarbageFree(tls);
            final DemoReport report = new DemoReport(out, isGarbageFree);
            report.onConnected(tls);
            final List<OrderFlow> warmUp = flows(pool, WARM_UP_FOLLOW_UP_INTERVAL);
            warmUp.forEach((flow) -> run(flow, config.warmUpOrders() / warmUp.size()));
            final List<OrderFlow> settling = flows(pool, FOLLOW_UP_INTERVAL);
            if (isGarbageFree)
            {
                settling.forEach(this::settle);
            }
            report.onWarmedUp(warmUp, settling);

            final List<OrderFlow> flows = flows(pool, FOLLOW_UP_INTERVAL);
            final GarbageMeter garbage = new GarbageMeter();
            measure(flows, garbage);
            report.onMeasured(flows, garbage.totalBytes(), checker, pool.engine().counters());

            return report.trouble();
        }
    }

    /** A slot whose connection is ready, after a wait if need be. */
    static ClientSlot acquire(final ClientPool pool)
    {
        ClientSlot slot = pool.tryAcquire();
        if (null == slot)
        {
            slot = pool.acquire(pool.engine().nanoTime() + ACQUIRE_TIMEOUT_NS);
        }

        if (null == slot)
        {
            throw new IllegalStateException(
                "the venue cannot be reached any more: " + pool.slot(0).connection().stateReason());
        }

        return slot;
    }

    private ClientPool openPool()
    {
        return poolBuilder(config).build();
    }

    /** The pool's settings, whichever door its requests come through. */
    static ClientPoolBuilder poolBuilder(final DemoConfig config)
    {
        final ClientPoolBuilder builder = new ClientPoolBuilder();
        if (null != config.tls())
        {
            builder.tls(config.tls());
        }

        return builder
            .url((null == config.tls() ? "http" : "https") + "://127.0.0.1:" + config.port())
            .connections(config.connections())
            .requestTimeout(REQUEST_TIMEOUT)
            .defaultHeader("X-MBX-APIKEY", API_KEY)
            .defaultHeader("Content-Type", "application/json");
    }

    /** Whether the provider of TLS is one of those that make no garbage. */
    static boolean isGarbageFree(final TlsSessionInfo tls)
    {
        return null == tls || ZERO_GARBAGE_PROVIDER.equals(tls.provider());
    }

    private List<OrderFlow> flows(final ClientPool pool, final int followUpInterval)
    {
        final OrderFlow exchangeFlow = new ExchangeFlow(pool, requests, checker, followUpInterval);
        return 1 == config.connections() ?
            List.of(exchangeFlow) :
            List.of(exchangeFlow, new SendFlow(pool, requests, checker, followUpInterval));
    }

    /**
     * Sends orders until many in a row have made no garbage: when the JVM compiles a method for good, it allocates the
     * string constants of the method's class in the thread that runs it. A flow that itself makes garbage never gets
     * there, and is found out by the measurement.
     */
    private void settle(final OrderFlow flow)
    {
        final long startNs = System.nanoTime();
        int quietBlocks = 0;
        while (quietBlocks < QUIET_BLOCKS && System.nanoTime() - startNs < MAX_SETTLING_NS)
        {
            final GarbageMeter garbage = new GarbageMeter();
            garbage.start();
            run(flow, SETTLING_BLOCK);
            garbage.stop();
            quietBlocks = 0 == garbage.totalBytes() ? quietBlocks + 1 : 0;
        }
    }

    private void measure(final List<OrderFlow> flows, final GarbageMeter garbage)
    {
        long sent = 0;
        for (int block = 0; block < BLOCKS; block++)
        {
            final OrderFlow flow = flows.get(block * flows.size() / BLOCKS);
            final int count = share(config.orders(), block, BLOCKS);
            garbage.start();
            run(flow, count);
            garbage.stop();

            sent += count;
            printProgress((block + 1) * PERCENT / BLOCKS, sent, flow);
        }
    }

    private void run(final OrderFlow flow, final int count)
    {
        flow.run(nextNumber, count);
        nextNumber += count;
    }

    private void printProgress(final int percent, final long sent, final OrderFlow flow)
    {
        out.printf(Locale.ROOT, "%3d %%  %,d orders, p50 %s us so far (%s)%n",
            percent, sent, LatencyTable.us(flow.latencyNs().getValueAtPercentile(PERCENT / 2.0)), flow.name());
        out.flush();
    }

    /** The share of a whole that has that index, such that all shares add up to the whole. */
    static int share(final int whole, final int index, final int shares)
    {
        return (int)((long)whole * (index + 1) / shares - (long)whole * index / shares);
    }
}
