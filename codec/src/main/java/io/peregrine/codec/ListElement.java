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

/** Walks a comma-separated field value of tokens (RFC 9110 section 5.6.1); an element may be empty. */
final class ListElement
{
    private ListElement()
    {
    }

    /** Offset of the comma that ends the element that starts at offset, or limit. */
    static int limit(final DirectBuffer buffer, final int offset, final int limit)
    {
        int position = offset;
        while (position < limit && ',' != buffer.getByte(position))
        {
            position++;
        }

        return position;
    }

    /** The element without the white space around it, as a {@link Slice}. */
    static long trim(final DirectBuffer buffer, final int offset, final int limit)
    {
        int first = offset;
        int end = limit;
        while (first < end && isWhiteSpace(buffer.getByte(first)))
        {
            first++;
        }
        while (end > first && isWhiteSpace(buffer.getByte(end - 1)))
        {
            end--;
        }

        return Slice.of(first, end - first);
    }

    private static boolean isWhiteSpace(final byte b)
    {
        return ' ' == b || '\t' == b;
    }
}
