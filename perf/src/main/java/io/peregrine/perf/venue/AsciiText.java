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
package io.peregrine.perf.venue;

/** ASCII text that is put together in an array of a fixed length and used again. */
final class AsciiText
{
    private static final int MAX_DIGITS = 20;

    private final byte[] bytes;
    private int length;

    AsciiText(final int capacity)
    {
        bytes = new byte[capacity];
    }

    byte[] bytes()
    {
        return bytes;
    }

    int length()
    {
        return length;
    }

    AsciiText clear()
    {
        length = 0;
        return this;
    }

    AsciiText append(final byte[] text)
    {
        return append(text, 0, text.length);
    }

    AsciiText append(final byte[] buffer, final int offset, final int limit)
    {
        System.arraycopy(buffer, offset, bytes, length, limit - offset);
        length += limit - offset;
        return this;
    }

    AsciiText append(final char character)
    {
        bytes[length++] = (byte)character;
        return this;
    }

    /** Appends a number that is not negative. */
    AsciiText append(final long number)
    {
        int digits = 1;
        for (long rest = number; rest >= 10 && digits < MAX_DIGITS; rest /= 10)
        {
            digits++;
        }

        long rest = number;
        for (int i = length + digits - 1; i >= length; i--)
        {
            bytes[i] = (byte)('0' + rest % 10);
            rest /= 10;
        }

        length += digits;
        return this;
    }
}
