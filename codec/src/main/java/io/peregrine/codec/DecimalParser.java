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

/** Parses a value that may hold nothing but decimal digits; no sign, no white space. */
final class DecimalParser
{
    /** The value is empty or has a byte that is not a digit. */
    static final long MALFORMED = -1;

    /** The digits are more than a long can hold. */
    static final long OVERFLOW = -2;

    private static final long LARGEST_TENTH = Long.MAX_VALUE / 10;

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
