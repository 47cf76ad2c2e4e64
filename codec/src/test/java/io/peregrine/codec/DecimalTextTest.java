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

import java.nio.charset.StandardCharsets;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class DecimalTextTest
{
    private static final long SEED = 0xDEC1;
    private static final int PADDING = 2;

    private final byte[] bytes = "x".repeat(32).getBytes(StandardCharsets.US_ASCII);

    @Test
    void shouldWriteNumbersAroundEachPowerOfTen()
    {
        for (long power = 1; power < 1_000_000_000_000_000_000L; power *= 10)
        {
            for (long value = power - 2; value <= power + 2; value++)
            {
                assertWritten(value);
                assertWritten(-value);
            }
        }
        assertWritten(Long.MAX_VALUE);
        assertWritten(Long.MIN_VALUE);
        assertWritten(Long.MIN_VALUE + 1);
    }

    @Test
    void shouldWriteAllNumbersOfFewDigitsAndRandomOnesOfMany()
    {
        for (int value = -100_000; value < 100_000; value++)
        {
            assertWritten(value);
        }
        final Random random = new Random(SEED);
        for (int i = 0; i < 1_000_000; i++)
        {
            assertWritten(random.nextLong() >> random.nextInt(Long.SIZE));
        }
    }

    @Test
    void shouldNotWriteOutsideTheArray()
    {
        for (long value = 1; value > 0; value *= 10)
        {
            thenIsRefusedOutsideTheArray(value);
            thenIsRefusedOutsideTheArray(-value);
        }
        thenIsRefusedOutsideTheArray(Long.MIN_VALUE);
    }

    private void thenIsRefusedOutsideTheArray(final long value)
    {
        final int length = DecimalText.length(value);
        final int lastOffset = bytes.length - writtenLength(value, length);
        for (final int offset : new int[]{ Integer.MIN_VALUE, -1, lastOffset + 1, bytes.length, Integer.MAX_VALUE })
        {
            assertThrows(IndexOutOfBoundsException.class, () -> DecimalText.put(bytes, offset, length, value));
        }
    }

    /** Fewer digits than a word has are stored as a whole word. */
    private static int writtenLength(final long value, final int length)
    {
        return Math.max(length, (value < 0 ? 1 : 0) + Long.BYTES);
    }

    private void assertWritten(final long value)
    {
        final String expected = Long.toString(value);
        final int length = DecimalText.length(value);
        final int end = PADDING + writtenLength(value, length);
        DecimalText.put(bytes, PADDING, length, value);
        if (expected.length() != length || !expected.equals(new String(
            bytes, PADDING, length, StandardCharsets.US_ASCII)) ||
            'x' != bytes[PADDING - 1] || 'x' != bytes[end])
        {
            assertEquals(expected, new String(bytes, StandardCharsets.US_ASCII), "seed " + SEED);
        }
        for (int i = PADDING; i < end; i++)
        {
            bytes[i] = 'x';
        }
    }
}
