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

import org.agrona.DirectBuffer;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

/** Parses a value that may hold nothing but decimal digits; no sign, no white space. */
final class DecimalParser
{
    /** The value is empty or has a byte that is not a digit. */
    static final long MALFORMED = -1;

    /** The digits are more than a long can hold. */
    static final long OVERFLOW = -2;

    private static final long LARGEST_TENTH = Long.MAX_VALUE / 10;

    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long TEN_TO_HIGH_BIT = 0x7676_7676_7676_7676L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private DecimalParser()
    {
    }

    /** The number, {@link #MALFORMED} or {@link #OVERFLOW}. */
    static long parse(final DirectBuffer buffer, final int offset, final int limit)
    {
        if (offset >= limit)
        {
            return MALFORMED;
        }

        return limit - offset <= Long.BYTES && limit >= Long.BYTES ?
            parseWord(buffer.getLong(limit - Long.BYTES, LITTLE_ENDIAN), limit - offset) :
            parseEach(buffer, offset, limit);
    }

    /** Up to eight digits at once, which are the highest bytes of a word, the last one highest. */
    private static long parseWord(final long word, final int length)
    {
        final int others = Byte.SIZE * (Long.BYTES - length);
        final long digits = (word ^ ZEROS) >>> others << others;
        if (0 != ((digits + TEN_TO_HIGH_BIT | digits) & HIGH_BITS))
        {
            return MALFORMED;
        }

        final long pairs = digits * 10 + (digits >>> 8) & 0x00FF_00FF_00FF_00FFL;
        final long quads = pairs * 100 + (pairs >>> 16) & 0x0000_FFFF_0000_FFFFL;
        return quads * 10_000 + (quads >>> 32) & 0xFFFF_FFFFL;
    }

    private static long parseEach(final DirectBuffer buffer, final int offset, final int limit)
    {
        long value = 0;
        boolean isOverflow = false;
        for (int i = offset; i < limit; i++)
        {
            final int digit = buffer.getByte(i) - '0';
            if (digit < 0 || digit > 9)
            {
                return MALFORMED;
            }

            isOverflow |= value > LARGEST_TENTH;
            value = value * 10 + digit;
            isOverflow |= value < 0;
        }

        return isOverflow ? OVERFLOW : value;
    }
}
