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

import java.util.Arrays;

/** One order: its text fields side by side in one array, and what the venue adds to them. Reused for life. */
final class Order
{
    private static final OrderField[] FIELDS = OrderField.values();
    private static final int[] OFFSETS = new int[FIELDS.length];
    private static final byte[] MARKET = HttpText.ascii("MARKET");

    static
    {
        int offset = 0;
        for (final OrderField field : FIELDS)
        {
            OFFSETS[field.ordinal()] = offset;
            offset += field.lengthLimit();
        }
    }

    private final byte[] text = new byte[OrderField.TOTAL_LENGTH_LIMIT];
    private final int[] limits = new int[FIELDS.length];
    private long orderId;
    private long transactTimeMs;
    private boolean isCanceled;
    private Order nextInBucket;

    /** No field has a value from here on. */
    void clear()
    {
        System.arraycopy(OFFSETS, 0, limits, 0, OFFSETS.length);
        orderId = 0;
        transactTimeMs = 0;
        isCanceled = false;
    }

    void copyFrom(final Order other)
    {
        System.arraycopy(other.text, 0, text, 0, text.length);
        System.arraycopy(other.limits, 0, limits, 0, limits.length);
        orderId = other.orderId;
        transactTimeMs = other.transactTimeMs;
        isCanceled = other.isCanceled;
    }

    byte[] text()
    {
        return text;
    }

    int offset(final OrderField field)
    {
        return OFFSETS[field.ordinal()];
    }

    int limit(final OrderField field)
    {
        return limits[field.ordinal()];
    }

    boolean has(final OrderField field)
    {
        return limit(field) > offset(field);
    }

    /** Adds one byte to a field; false when the field is full. */
    boolean append(final OrderField field, final byte b)
    {
        final int limit = limit(field);
        if (limit == offset(field) + field.lengthLimit())
        {
            return false;
        }

        text[limit] = b;
        limits[field.ordinal()] = limit + 1;
        return true;
    }

    /** What is wrong with the first field that is missing or malformed, or null; a market order needs no price. */
    VenueError findError()
    {
        for (final OrderField field : FIELDS)
        {
            final boolean isOptional = OrderField.PRICE == field && !has(field) && isMarket();
            if (!isOptional && !field.isValid(text, offset(field), limit(field)))
            {
                return field.error();
            }
        }

        return null;
    }

    long orderId()
    {
        return orderId;
    }

    void orderId(final long value)
    {
        orderId = value;
    }

    long transactTimeMs()
    {
        return transactTimeMs;
    }

    void transactTimeMs(final long value)
    {
        transactTimeMs = value;
    }

    boolean isCanceled()
    {
        return isCanceled;
    }

    void isCanceled(final boolean value)
    {
        isCanceled = value;
    }

    Order nextInBucket()
    {
        return nextInBucket;
    }

    void nextInBucket(final Order value)
    {
        nextInBucket = value;
    }

    boolean hasSameClientOrderId(final Order other)
    {
        final int offset = offset(OrderField.CLIENT_ORDER_ID);
        return Arrays.equals(
            text, offset, limit(OrderField.CLIENT_ORDER_ID),
            other.text, offset, other.limit(OrderField.CLIENT_ORDER_ID));
    }

    int clientOrderIdHash()
    {
        int hash = 1;
        for (int i = offset(OrderField.CLIENT_ORDER_ID); i < limit(OrderField.CLIENT_ORDER_ID); i++)
        {
            hash = 31 * hash + text[i];
        }

        return hash ^ (hash >>> 16);
    }

    private boolean isMarket()
    {
        return HttpText.equals(text, offset(OrderField.TYPE), limit(OrderField.TYPE), MARKET);
    }
}
