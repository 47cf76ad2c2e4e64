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
package io.peregrine.pool.ring;

import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What goes in comes out, whole and in order, or is refused for want of room. */
@Timeout(60)
class AnswerRingTest
{
    private static final int CAPACITY = 4096;
    private static final int LINE_LENGTH = 64;
    private static final int STEPS = 200_000;

    private final AnswerRing ring = new AnswerRing(CAPACITY);
    private final UnsafeBuffer message = new UnsafeBuffer(new byte[CAPACITY]);
    private final List<String> read = new ArrayList<>();

    @Test
    void shouldReadWhatWasCommitted()
    {
        assertTrue(ring.isEmpty());
        final int index = ring.claim(8);
        ring.buffer().putLong(index, 47);
        assertTrue(ring.isEmpty());
        ring.commit(3, 8);
        assertFalse(ring.isEmpty());

        ring.read(this::onMessage, 10);
        assertEquals(List.of("3:8:47"), read);
        assertTrue(ring.isEmpty());
    }

    @Test
    void shouldRefuseACapacityThatIsNoPowerOfTwo()
    {
        assertThrows(IllegalArgumentException.class, () -> new AnswerRing(CAPACITY + LINE_LENGTH));
        assertThrows(IllegalArgumentException.class, () -> new AnswerRing(0));
    }

    @Test
    void shouldForgetAClaimWithoutACommit()
    {
        ring.buffer().putLong(ring.claim(200), 1);
        write(1, 8, 2);
        ring.read(this::onMessage, 10);
        assertEquals(List.of("1:8:2"), read);
    }

    @Test
    void shouldReadNoMoreThanTheLimit()
    {
        for (int i = 0; i < 5; i++)
        {
            write(1, 8, i);
        }

        ring.read(this::onMessage, 2);
        assertEquals(List.of("1:8:0", "1:8:1"), read);
        ring.read(this::onMessage, 10);
        assertEquals(5, read.size());
    }

    @Test
    void shouldRefuseWhatHasNoRoomUntilItWasRead()
    {
        final int lines = CAPACITY / LINE_LENGTH;
        for (int i = 0; i < lines - 1; i++)
        {
            assertTrue(write(1, 8, i));
        }

        assertFalse(write(1, 8, lines), "one line is always free");
        assertEquals(AnswerRing.INSUFFICIENT_CAPACITY, ring.claim(1));
        ring.read(this::onMessage, 1);
        assertTrue(write(1, 8, lines));
        assertFalse(write(1, 8, lines));

        ring.read(this::onMessage, lines);
        assertEquals(lines, read.size());
        assertEquals("1:8:" + lines, read.get(lines - 1));
    }

    @Test
    void shouldCountAMessageAsReadWhoseHandlerThrows()
    {
        write(1, 8, 1);
        write(1, 8, 2);
        assertThrows(IllegalStateException.class, () -> ring.read(
            (kind, buffer, index, length) ->
            {
                throw new IllegalStateException("handler");
            },
            10));
        ring.read(this::onMessage, 10);
        assertEquals(List.of("1:8:2"), read);
    }

    /** Bytes of old messages lie wherever the next ones will: none may be taken for a length. */
    @ParameterizedTest
    @ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8 })
    void shouldAgreeWithAQueue(final long seed)
    {
        final Random random = new Random(seed);
        final Deque<String> expected = new ArrayDeque<>();
        message.setMemory(0, CAPACITY, (byte)0xff);
        for (int i = 0; i < STEPS; i++)
        {
            if (random.nextInt(100) < 55)
            {
                final int length = 8 + random.nextInt(ring.maxMessageLength() - 7);
                if (write(i & 3, length, i))
                {
                    expected.add((i & 3) + ":" + length + ":" + i);
                }
                else
                {
                    assertTrue(lengthOf(expected) + 2 * ring.maxMessageLength() + 3 * LINE_LENGTH > CAPACITY);
                }
            }
            else
            {
                read.clear();
                ring.read(this::onMessage, 1 + random.nextInt(3));
                read.forEach((text) -> assertEquals(expected.poll(), text));
            }
        }

        read.clear();
        ring.read(this::onMessage, Integer.MAX_VALUE);
        assertEquals(List.copyOf(expected), read);
        assertTrue(ring.isEmpty());
    }

    private static int lengthOf(final Deque<String> messages)
    {
        return messages.stream().mapToInt((text) -> Integer.parseInt(text.split(":")[1]) + LINE_LENGTH + 8).sum();
    }

    private boolean write(final int kind, final int length, final long value)
    {
        message.putLong(0, value);
        message.putByte(length - 1, 8 == length ? message.getByte(length - 1) : (byte)kind);
        return ring.write(kind, message, 0, length);
    }

    private void onMessage(final int kind, final MutableDirectBuffer buffer, final int index, final int length)
    {
        if (length > 8)
        {
            assertEquals(kind, buffer.getByte(index + length - 1));
        }

        read.add(kind + ":" + length + ":" + buffer.getLong(index));
    }
}
