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
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * Drives a client through one round, and adds up what all threads of this JVM allocate meanwhile. A slow client ends
 * its warm-up and its round early, so that a run with all of them stays bounded.
 */
final class RoundDriver
{
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_WARM_UP_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long MAX_ROUND_NS = TimeUnit.SECONDS.toNanos(2);

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final BenchClient client;
    private final int bodyLength;
    private long garbageBytes;

    RoundDriver(final BenchClient client, final int bodyLength)
    {
        this.client = client;
        this.bodyLength = bodyLength;
        // Whatever the first measurement itself allocates.
        threads.getTotalThreadAllocatedBytes();
    }

    /** So many orders, or as many as four seconds hold. */
    void warmUp(final int count) throws Exception
    {
        final long startNs = System.nanoTime();
        for (int i = 0; i < count && System.nanoTime() - startNs < MAX_WARM_UP_NS; i++)
        {
            check(client.exchange());
        }
    }

    /** One order after another: so many, or as many as two seconds hold. */
    Histogram closedLoop(final int count) throws Exception
    {
        final Histogram histogram = FloorClient.newHistogram();
        final long startBytes = threads.getTotalThreadAllocatedBytes();
        final long firstNs = System.nanoTime();
        for (int i = 0; i < count; i++)
        {
            final long startNs = System.nanoTime();
            if (startNs - firstNs > MAX_ROUND_NS)
            {
                break;
            }
            check(client.exchange());
            FloorClient.record(histogram, System.nanoTime() - startNs);
        }
        garbageBytes = threads.getTotalThreadAllocatedBytes() - startBytes;

        return histogram;
    }

    /** At a fixed rate: a time counts from when its order was due, so that a stall is charged to all that it delays. */
    Histogram openLoop(final int count, final int ordersPerSecond) throws Exception
    {
        final Histogram histogram = FloorClient.newHistogram();
        final long startBytes = threads.getTotalThreadAllocatedBytes();
        final long firstNs = System.nanoTime();
        for (int i = 0; i < count; i++)
        {
            final long dueNs = firstNs + i * NS_PER_SECOND / ordersPerSecond;
            while (System.nanoTime() - dueNs < 0)
            {
                Thread.onSpinWait();
            }

            check(client.exchange());
            FloorClient.record(histogram, System.nanoTime() - dueNs);
        }
        garbageBytes = threads.getTotalThreadAllocatedBytes() - startBytes;

        return histogram;
    }

    /** What the last round made, in bytes. */
    long garbageBytes()
    {
        return garbageBytes;
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
