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

import io.peregrine.perf.machine.IdleProcessors;
import io.peregrine.perf.machine.NearCores;
import io.peregrine.perf.machine.QuietCores;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class CoreWatchTest
{
    private static final NearCores ANY_DISTANCE = new NearCores(0, Long.MAX_VALUE - 1);
    private static final NearCores NO_DISTANCE = new NearCores(0, 0);
    private static final double ANY_WORK = Double.MAX_VALUE;
    private static final int LOOKS_BEFORE_A_TURN = 6;

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void shouldNotWaitWhereNobodyEchoes() throws IOException
    {
        try (CoreWatch cores = watch(NO_DISTANCE, false))
        {
            cores.await(far(), calls::incrementAndGet);

            assertEquals(0, calls.get());
            cores.look();
            assertTrue(cores.look(), "nobody can tell that they were disturbed");
        }
    }

    @Test
    void shouldWakeTheServerUntilTheTimeIsUpWhenItDoesNotEcho() throws IOException
    {
        try (CoreWatch cores = watch(ANY_DISTANCE, true))
        {
            cores.await(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20), calls::incrementAndGet);

            assertTrue(calls.get() > 0);
            assertFalse(cores.look());
        }
    }

    @Test
    void shouldGoOnWithATurnAtOnceWhenTheTimeIsUp() throws IOException
    {
        try (CoreWatch cores = watch(ANY_DISTANCE, true))
        {
            cores.await(System.nanoTime(), calls::incrementAndGet);

            assertEquals(0, calls.get());
        }
    }

    @Test
    void shouldWaitForAMomentThatIsUndisturbed() throws IOException
    {
        try (CoreWatch cores = watch(ANY_DISTANCE, true); Echo echo = new Echo(cores))
        {
            echo.start();
            cores.await(far(), calls::incrementAndGet);

            assertTrue(echo.pieces() >= LOOKS_BEFORE_A_TURN, () -> echo.pieces() + " pieces of work");
            assertTrue(cores.look(), "it was before and is behind");
        }
    }

    private static CoreWatch watch(final NearCores range, final boolean isEchoed) throws IOException
    {
        return new CoreWatch(range, new QuietCores(ANY_WORK), IdleProcessors.asTheSystemHasIt(), isEchoed);
    }

    private static long far()
    {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    }

    /** Answers what is asked in the file, as a server does that spins. */
    private static final class Echo implements AutoCloseable
    {
        private static final int ASKED_OFFSET = 0;
        private static final int ECHOED_OFFSET = 128;

        private final MappedByteBuffer mapped;
        private final Thread thread;
        private volatile int pieces;

        Echo(final CoreWatch cores)
        {
            mapped = IoUtil.mapExistingFile(cores.file().toFile(), "echo");
            final UnsafeBuffer words = new UnsafeBuffer(mapped);
            thread = new Thread(() ->
            {
                while (!Thread.currentThread().isInterrupted())
                {
                    final long asked = words.getLongAcquire(ASKED_OFFSET);
                    if (asked != words.getLong(ECHOED_OFFSET))
                    {
                        pieces += (int)(asked & 1);
                        words.putLongRelease(ECHOED_OFFSET, asked);
                    }
                }
            }, "echo");
        }

        /** An odd word asks for one. */
        int pieces()
        {
            return pieces;
        }

        void start()
        {
            thread.start();
        }

        @Override
        public void close()
        {
            thread.interrupt();
            while (thread.isAlive())
            {
                Thread.onSpinWait();
            }
            IoUtil.unmap(mapped);
        }
    }
}
