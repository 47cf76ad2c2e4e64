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

/**
 * The orders of the venue by client order id. It keeps the last orders up to a fixed number and forgets the oldest; all
 * of them are made at the start, so that a simulator neither grows nor allocates however long it runs.
 */
final class OrderBook
{
    private final Order[] buckets;
    private final Order[] ordersByAge;
    private final int mask;
    private long nextOrderId = 1;

    OrderBook(final int capacity)
    {
        final int bucketCount = Integer.highestOneBit(Math.max(1, capacity)) << 1;
        buckets = new Order[bucketCount];
        mask = bucketCount - 1;
        ordersByAge = new Order[capacity];
        for (int i = 0; i < capacity; i++)
        {
            ordersByAge[i] = new Order();
        }
    }

    /** The order with the client order id of the one given, or null. */
    Order find(final Order wanted)
    {
        Order order = buckets[wanted.clientOrderIdHash() & mask];
        while (null != order && !order.hasSameClientOrderId(wanted))
        {
            order = order.nextInBucket();
        }

        return order;
    }

    /** Keeps a copy of an order whose client order id is new; returns the copy. */
    Order add(final Order accepted, final long transactTimeMs)
    {
        final Order order = ordersByAge[(int)(nextOrderId % ordersByAge.length)];
        if (order.orderId() > 0)
        {
            forget(order);
        }

        order.copyFrom(accepted);
        order.orderId(nextOrderId++);
        order.transactTimeMs(transactTimeMs);

        final int bucket = order.clientOrderIdHash() & mask;
        order.nextInBucket(buckets[bucket]);
        buckets[bucket] = order;
        return order;
    }

    private void forget(final Order order)
    {
        final int bucket = order.clientOrderIdHash() & mask;
        Order previous = null;
        for (Order other = buckets[bucket]; other != order; other = other.nextInBucket())
        {
            previous = other;
        }

        if (null == previous)
        {
            buckets[bucket] = order.nextInBucket();
        }
        else
        {
            previous.nextInBucket(order.nextInBucket());
        }
    }
}
