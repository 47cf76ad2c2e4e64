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
package io.peregrine.perf.cli.demo;

import org.agrona.DirectBuffer;

/**
 * Walks over the fields of a JSON object in place, without allocation, as far as the answers of a venue need it: values
 * are strings without escapes, or numbers and words; objects and arrays within the object are not understood.
 */
final class FlatJson
{
    private DirectBuffer buffer;
    private int position;
    private int limit;
    private int nameOffset;
    private int nameLength;
    private int valueOffset;
    private int valueLength;
    private boolean isWhole;

    /** Starts on an object. */
    void wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        this.buffer = buffer;
        limit = offset + length;
        position = offset;
        isWhole = false;
    }

    /** Goes to the next field; false when there is none, be it that the object ends or that it is malformed. */
    boolean next()
    {
        final byte before = take();
        if ('}' == before)
        {
            isWhole = position == limit;
            return false;
        }

        if ('{' != before && ',' != before || '"' != take())
        {
            return false;
        }

        nameOffset = position;
        nameLength = skipString();
        if (nameLength < 0 || ':' != take())
        {
            return false;
        }

        return takeValue();
    }

    /** Whether the walk has reached the end of an object that ends where its bytes end. */
    boolean isWhole()
    {
        return isWhole;
    }

    boolean isName(final DirectBuffer name)
    {
        return equals(nameOffset, nameLength, name);
    }

    /** Whether the value is that text, without its quotes if it has any. */
    boolean isValue(final DirectBuffer value)
    {
        return equals(valueOffset, valueLength, value);
    }

    private boolean takeValue()
    {
        final boolean isString = position < limit && '"' == buffer.getByte(position);
        if (isString)
        {
            position++;
        }

        valueOffset = position;
        valueLength = isString ? skipString() : skipWord();
        return valueLength >= 0;
    }

    /** Goes behind the quote that ends a string; length of the string, or -1 when it has none or has an escape. */
    private int skipString()
    {
        final int offset = position;
        while (position < limit)
        {
            final byte b = buffer.getByte(position++);
            if ('"' == b)
            {
                return position - 1 - offset;
            }

            if ('\\' == b)
            {
                return -1;
            }
        }

        return -1;
    }

    private int skipWord()
    {
        final int offset = position;
        while (position < limit && ',' != buffer.getByte(position) && '}' != buffer.getByte(position))
        {
            position++;
        }

        return position > offset ? position - offset : -1;
    }

    private byte take()
    {
        return position < limit ? buffer.getByte(position++) : 0;
    }

    private boolean equals(final int offset, final int length, final DirectBuffer text)
    {
        if (length != text.capacity())
        {
            return false;
        }

        for (int i = 0; i < length; i++)
        {
            if (text.getByte(i) != buffer.getByte(offset + i))
            {
                return false;
            }
        }

        return true;
    }
}
