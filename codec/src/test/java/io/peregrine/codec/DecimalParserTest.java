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

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Few digits are read as one word, many one by one; what stands around them is never part of the number. */
class DecimalParserTest
{
    private static final String AROUND = "9876543210";
    private static final int BYTE_VALUES = 256;
    private static final long SEED = 0xDEC1;

    @Test
    void shouldParseNumbersOfEachLength()
    {
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++)
        {
            final long value = random.nextLong() >>> 1 + random.nextInt(Long.SIZE - 1);
            assertEquals(value, parse(Long.toString(value)));
            assertEquals(value, parse("00" + value));
        }
    }

    @Test
    void shouldRefuseEachByteThatIsNoDigitWhereverItStands()
    {
        for (int length = 1; length <= AROUND.length(); length++)
        {
            for (int i = 0; i < length; i++)
            {
                for (int b = 0; b < BYTE_VALUES; b++)
                {
                    final String digits = "1".repeat(i) + (char)b + "1".repeat(length - i - 1);
                    final boolean isDigit = b >= '0' && b <= '9';
                    assertEquals(isDigit ? Long.parseLong(digits) : DecimalParser.MALFORMED, parse(digits));
                }
            }
        }
    }

    @Test
    void shouldTellTooManyDigitsFromNone()
    {
        assertEquals(Long.MAX_VALUE, parse(Long.toString(Long.MAX_VALUE)));
        assertEquals(DecimalParser.OVERFLOW, parse("9223372036854775808"));
        assertEquals(DecimalParser.MALFORMED, parse(""));
    }

    /** With digits on both sides, and alone, where no word fits around a short number. */
    private static long parse(final String digits)
    {
        final int offset = AROUND.length();
        final long within = DecimalParser.parse(
            new UnsafeBuffer((AROUND + digits + AROUND).getBytes(ISO_8859_1)), offset, offset + digits.length());
        final long alone = DecimalParser.parse(
            new UnsafeBuffer(digits.getBytes(ISO_8859_1)), 0, digits.length());
        assertEquals(alone, within, digits);

        return alone;
    }
}
