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
 * What a Keep-Alive field announces (RFC 2068 section 19.7.1.1, of which only the parameters are still in use): how
 * long the server keeps the connection while nothing happens, and how many requests more it takes. Whatever is
 * malformed is passed over, since the field is a hint only.
 */
final class KeepAliveField
{
    /** The parameter was not given. */
    static final long UNKNOWN = -1;

    private static final HeaderName TIMEOUT = HeaderName.of("timeout");
    private static final HeaderName MAX = HeaderName.of("max");

    private long timeoutSeconds;
    private long max;

    void reset()
    {
        timeoutSeconds = UNKNOWN;
        max = UNKNOWN;
    }

    void set(final KeepAliveField other)
    {
        timeoutSeconds = other.timeoutSeconds;
        max = other.max;
    }

    long timeoutSeconds()
    {
        return timeoutSeconds;
    }

    long max()
    {
        return max;
    }

    void parse(final DirectBuffer buffer, final int offset, final int limit)
    {
        int elementOffset = offset;
        while (elementOffset < limit)
        {
            final int elementLimit = ListElement.limit(buffer, elementOffset, limit);
            final long element = ListElement.trim(buffer, elementOffset, elementLimit);
            onParameter(buffer, Slice.offset(element), Slice.offset(element) + Slice.length(element));
            elementOffset = elementLimit + 1;
        }
    }

    private void onParameter(final DirectBuffer buffer, final int offset, final int limit)
    {
        int equals = offset;
        while (equals < limit && '=' != buffer.getByte(equals))
        {
            equals++;
        }

        final long value = DecimalParser.parse(buffer, equals + 1, limit);
        if (value < 0)
        {
            return;
        }

        if (TIMEOUT.equalsIgnoreCase(buffer, offset, equals - offset))
        {
            timeoutSeconds = value;
        }
        else if (MAX.equalsIgnoreCase(buffer, offset, equals - offset))
        {
            max = value;
        }
    }
}
