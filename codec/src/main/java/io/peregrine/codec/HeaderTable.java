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

/**
 * Where the names and values of one head stand in the receive buffer: two packed slices a field, in the order
 * received.
 */
final class HeaderTable
{
    private final long[] names;
    private final long[] values;
    private int size;

    HeaderTable(final int capacity)
    {
        names = new long[capacity];
        values = new long[capacity];
    }

    void clear()
    {
        size = 0;
    }

    /** Takes clearing back: as many fields as there were, none of which was overwritten since. */
    void restore(final int formerSize)
    {
        size = formerSize;
    }

    int size()
    {
        return size;
    }

    boolean isFull()
    {
        return names.length == size;
    }

    void add(final int nameOffset, final int nameLength, final int valueOffset, final int valueLength)
    {
        add(Slice.of(nameOffset, nameLength), Slice.of(valueOffset, valueLength));
    }

    void add(final long name, final long value)
    {
        names[size] = name;
        values[size] = value;
        size++;
    }

    /** Index of the first field of that name at or behind fromIndex, or -1. */
    int find(final DirectBuffer buffer, final HeaderName name, final int fromIndex)
    {
        for (int i = fromIndex; i < size; i++)
        {
            final long slice = names[i];
            if (name.equalsIgnoreCase(buffer, Slice.offset(slice), Slice.length(slice)))
            {
                return i;
            }
        }

        return -1;
    }

    long name(final int index)
    {
        return names[index];
    }

    long value(final int index)
    {
        return values[index];
    }
}
