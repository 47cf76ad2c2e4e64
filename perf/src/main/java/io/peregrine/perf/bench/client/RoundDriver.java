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
import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.floor.TurnPlan;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Drives a client through its turns, and adds up what all threads of this JVM allocate meanwhile. */
final class RoundDriver
{
    private static final long NS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ThreadMXBean threads = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final BenchClient client;
    private final int bodyLength;
    private final CoreLooks looks;
    private long[] samplesNs = {};
    private int unmeasured;

    RoundDriver(final BenchClient client, final int bodyLength, final CoreLooks looks)
    {
        this.client = client;
        this.bodyLength = bodyLength;
        this.looks = looks;
    }

    /** The warm-up takes no longer than what is measured. Times are put down as they come, as in the program in C. */
    Turn turn(final TurnPlan plan) throws Exception
    {
        if (samplesNs.length < plan.count())
        {
            samplesNs = new long[plan.count()];
        }

        looks.begin(plan.count());
        unmeasured = 0;
        final long warmUpNs = System.nanoTime();
        for (int i = 0; i < plan.warmUp() && System.nanoTime() - warmUpNs < plan.maxNs(); i++)
        {
            check(client.exchange());
        }

        final long startBytes = threads.getTotalThreadAllocatedBytes();
        final int count = 0 == plan.ordersPerSecond() ? closedLoop(plan) : openLoop(plan);
        // Before there is an object to hold it.
        final long allBytes = threads.getTotalThreadAllocatedBytes() - startBytes;
        // Orders that were not measured have left their share.
        final long garbageBytes = allBytes * count / (count + unmeasured);
        return new Turn(Arrays.copyOf(samplesNs, count), looks.ns(), garbageBytes);
    }

    private int closedLoop(final TurnPlan plan) throws Exception
    {
        final long firstNs = System.nanoTime();
        long startNs = firstNs;
        int count = 0;
        boolean isLookDue = true;
        while (count < plan.count() && startNs - firstNs <= plan.maxNs())
        {
            // An order behind a look is not measured: what the look has displaced is its to fetch again.
            if (isLookDue && looks.look())
            {
                check(client.exchange());
                unmeasured++;
            }
            startNs = System.nanoTime();
            check(client.exchange());
            samplesNs[count++] = System.nanoTime() - startNs;
            isLookDue = 0 == count % Turn.LOOK_ORDERS;
        }
        looks.look();

        return count;
    }

    /** A time counts from when its order was due, so that a stall is charged to all that it delays. */
    private int openLoop(final TurnPlan plan) throws Exception
    {
        final long firstNs = System.nanoTime();
        int count = 0;
        while (count < plan.count() && System.nanoTime() - firstNs <= plan.maxNs())
        {
            final long dueNs = firstNs + count * NS_PER_SECOND / plan.ordersPerSecond();
            while (System.nanoTime() - dueNs < 0)
            {
                Thread.onSpinWait();
            }

            check(client.exchange());
            samplesNs[count++] = System.nanoTime() - dueNs;
        }

        return count;
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
