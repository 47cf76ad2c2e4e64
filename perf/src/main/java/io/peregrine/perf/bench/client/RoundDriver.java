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
package io.peregrine.perf.bench.client;

import com.sun.management.ThreadMXBean;
import io.peregrine.perf.floor.FloorClient;
import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.floor.TurnPlan;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** Drives a client through its turns, and adds up what all threads of this JVM allocate meanwhile. */
final class RoundDriver
{
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final BenchClient client;
    private final int bodyLength;

    RoundDriver(final BenchClient client, final int bodyLength)
    {
        this.client = client;
        this.bodyLength = bodyLength;
    }

    /** The warm-up takes no longer than what is measured. */
    Turn turn(final TurnPlan plan) throws Exception
    {
        final long warmUpNs = System.nanoTime();
        for (int i = 0; i < plan.warmUp() && System.nanoTime() - warmUpNs < plan.maxNs(); i++)
        {
            check(client.exchange());
        }

        final Histogram histogram = FloorClient.newHistogram();
        final long startBytes = threads.getTotalThreadAllocatedBytes();
        if (0 == plan.ordersPerSecond())
        {
            closedLoop(plan, histogram);
        }
        else
        {
            openLoop(plan, histogram);
        }

        // Before there is an object to hold it.
        final long garbageBytes = threads.getTotalThreadAllocatedBytes() - startBytes;
        return new Turn(histogram, garbageBytes);
    }

    private void closedLoop(final TurnPlan plan, final Histogram histogram) throws Exception
    {
        final long firstNs = System.nanoTime();
        long startNs = firstNs;
        for (int i = 0; i < plan.count() && startNs - firstNs <= plan.maxNs(); i++)
        {
            startNs = System.nanoTime();
            check(client.exchange());
            FloorClient.record(histogram, System.nanoTime() - startNs);
        }
    }

    /** A time counts from when its order was due, so that a stall is charged to all that it delays. */
    private void openLoop(final TurnPlan plan, final Histogram histogram) throws Exception
    {
        final long firstNs = System.nanoTime();
        for (int i = 0; i < plan.count() && System.nanoTime() - firstNs <= plan.maxNs(); i++)
        {
            final long dueNs = firstNs + i * NS_PER_SECOND / plan.ordersPerSecond();
            while (System.nanoTime() - dueNs < 0)
            {
                Thread.onSpinWait();
            }

            check(client.exchange());
            FloorClient.record(histogram, System.nanoTime() - dueNs);
        }
    }

    private void check(final int answerBodyLength) throws IOException
    {
        if (bodyLength != answerBodyLength)
        {
            throw new IOException(answerBodyLength < 0 ? "the server answered " + -answerBodyLength :
                "a body of " + answerBodyLength + " bytes instead of " + bodyLength);
        }
    }
}
