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

import org.junit.jupiter.api.Test;

import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The gate lets a late first time pass, and nothing that comes with the work. */
class AllocationGateTest
{
    private static final int WARM_UP = 10;
    private static final int COUNT = 100;
    private static final int PIECE_LENGTH = 64;

    private int rounds;
    private volatile byte[] garbage;

    @Test
    void shouldCountWhatWasDone()
    {
        assertEquals(WARM_UP + COUNT, AllocationGate.assertNoGarbage(WARM_UP, COUNT, (count) -> rounds++));
        assertEquals(2, rounds);
    }

    @Test
    void shouldForgiveWhatIsAllocatedOnce()
    {
        final long done = AllocationGate.assertNoGarbage(WARM_UP, COUNT, (count) ->
        {
            rounds++;
            allocate(2 == rounds ? 1 : 0);
        });

        assertEquals(WARM_UP + 2 * COUNT, done);
    }

    @Test
    void shouldTellTheBytesOfEveryRound()
    {
        final AssertionError error = assertThrows(AssertionError.class,
            () -> AllocationGate.assertNoGarbage(WARM_UP, COUNT, (count) -> allocate(1)));

        final String everyRound = Collections.nCopies(AllocationGate.MAX_ROUNDS, "[80]").toString();
        assertTrue(error.getMessage().contains(everyRound), error.getMessage());
    }

    @Test
    void shouldSeeWhatAnotherThreadAllocates() throws InterruptedException
    {
        final CountDownLatch end = new CountDownLatch(1);
        final Thread other = new Thread(() ->
        {
            while (end.getCount() > 0)
            {
                allocate(1);
            }
        });
        other.start();
        try
        {
            final AssertionError error = assertThrows(AssertionError.class, () ->
                AllocationGate.assertNoGarbage(WARM_UP, COUNT, this::awaitMoreGarbage, other.threadId()));
            assertTrue(error.getMessage().contains("[0, "), error.getMessage());
        }
        finally
        {
            end.countDown();
            other.join(TimeUnit.SECONDS.toMillis(20));
        }

        assertThrows(AssertionError.class, () ->
            AllocationGate.assertNoGarbage(WARM_UP, COUNT, (count) -> {}, other.threadId()), "a thread that has ended");
    }

    private void awaitMoreGarbage(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final byte[] before = garbage;
            while (before == garbage)
            {
                Thread.onSpinWait();
            }
        }
    }

    private void allocate(final int pieces)
    {
        for (int i = 0; i < pieces; i++)
        {
            garbage = new byte[PIECE_LENGTH];
        }
    }
}
