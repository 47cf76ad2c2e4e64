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
package io.peregrine.codec;

import com.sun.management.ThreadMXBean;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Proves that work in steady state allocates exactly nothing, on the thread that does it and on others that take part.
 * <p>
 * HotSpot itself allocates on a Java thread, once for each thing and sometimes late: when C2 first compiles a method,
 * it resolves the string constants of the class there. So a round that was not clean is followed by another; what the
 * work itself allocates is seen in every one.
 */
public final class AllocationGate
{
    /** Rounds that are not clean before the proof has failed. */
    public static final int MAX_ROUNDS = 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    private AllocationGate()
    {
    }

    /**
     * Warms up, then measures rounds until one is clean; fails with the bytes of every round when none is.
     *
     * @param warmUp         how often to do the work before measuring.
     * @param count          how often to do it in a round.
     * @param work           does it as often as it is told, on the calling thread.
     * @param otherThreadIds of living threads that take part in it.
     * @return how often the work was done, warming up included.
     */
    public static long assertNoGarbage(
        final int warmUp, final int count, final IntConsumer work, final long... otherThreadIds)
    {
        assertTrue(THREADS.isThreadAllocatedMemoryEnabled());
        work.accept(warmUp);

        final long[] clean = new long[1 + otherThreadIds.length];
        final List<long[]> rounds = new ArrayList<>();
        do
        {
            rounds.add(allocatedInRound(count, work, otherThreadIds));
        }
        while (!Arrays.equals(clean, rounds.getLast()) && rounds.size() < MAX_ROUNDS);

        assertArrayEquals(clean, rounds.getLast(), () -> "bytes allocated by each thread, doing it " + count +
            " times, in each round: " + rounds.stream().map(Arrays::toString).toList());

        return warmUp + (long)rounds.size() * count;
    }

    private static long[] allocatedInRound(final int count, final IntConsumer work, final long[] otherThreadIds)
    {
        final long[] allocated = new long[1 + otherThreadIds.length];
        for (int i = 0; i < otherThreadIds.length; i++)
        {
            allocated[1 + i] = -allocatedBy(otherThreadIds[i]);
        }

        // This thread's share is measured innermost, since asking for that of others may allocate.
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        work.accept(count);
        allocated[0] = THREADS.getCurrentThreadAllocatedBytes() - before;

        for (int i = 0; i < otherThreadIds.length; i++)
        {
            allocated[1 + i] += allocatedBy(otherThreadIds[i]);
        }

        return allocated;
    }

    private static long allocatedBy(final long threadId)
    {
        final long bytes = THREADS.getThreadAllocatedBytes(threadId);
        assertTrue(bytes >= 0, () -> "thread " + threadId + " has ended");

        return bytes;
    }
}
