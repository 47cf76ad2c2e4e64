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

/** Finds one parameter in the query part of a target, percent-encoding undone (RFC 3986 section 2.1). */
final class QueryString
{
    private QueryString()
    {
    }

    /** Puts the parameter named after the field into the order; null, or why it is refused. */
    static VenueError read(
        final byte[] buffer,
        final int offset,
        final int limit,
        final OrderField field,
        final byte[] name,
        final Order order)
    {
        order.clear();
        int pairOffset = offset;
        while (pairOffset < limit)
        {
            final int ampersand = HttpText.indexOf(buffer, pairOffset, limit, (byte)'&');
            final int pairLimit = ampersand < 0 ? limit : ampersand;
            final int equalsSign = HttpText.indexOf(buffer, pairOffset, pairLimit, (byte)'=');
            if (equalsSign >= 0 && HttpText.equals(buffer, pairOffset, equalsSign, name))
            {
                if (order.has(field))
                {
                    return VenueError.DUPLICATE_FIELD;
                }

                if (!decode(buffer, equalsSign + 1, pairLimit, field, order))
                {
                    return field.error();
                }
            }

            pairOffset = pairLimit + 1;
        }

        return field.isValid(order.text(), order.offset(field), order.limit(field)) ? null : field.error();
    }

    private static boolean decode(
        final byte[] buffer, final int offset, final int limit, final OrderField field, final Order order)
    {
        int i = offset;
        while (i < limit)
        {
            byte b = buffer[i++];
            if (b == '%')
            {
                if (limit - i < 2)
                {
                    return false;
                }

                final int high = HttpText.hexDigit(buffer[i++]);
                final int low = HttpText.hexDigit(buffer[i++]);
                if (high < 0 || low < 0)
                {
                    return false;
                }

                b = (byte)(high << 4 | low);
            }

            if (!order.append(field, b))
            {
                return false;
            }
        }

        return true;
    }
}
