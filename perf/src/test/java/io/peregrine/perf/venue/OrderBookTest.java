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

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

class OrderBookTest
{
    private static final int CAPACITY = 7;

    @Test
    void shouldRememberExactlyTheLastOrders()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        final OrderBook book = new OrderBook(CAPACITY);
        final Map<Integer, Long> model = new LinkedHashMap<>()
        {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(final Map.Entry<Integer, Long> eldest)
            {
                return size() > CAPACITY;
            }
        };

        for (int i = 0; i < 10_000; i++)
        {
            final int id = random.nextInt(3 * CAPACITY);
            final Order found = book.find(order(id));
            assertEquals(model.get(id), null == found ? null : found.orderId(), "seed " + seed);
            if (null == found)
            {
                model.put(id, book.add(order(id), i).orderId());
            }
        }
    }

    private static Order order(final int id)
    {
        final Order order = new Order();
        order.clear();
        for (final byte b : HttpText.ascii("id-" + id))
        {
            order.append(OrderField.CLIENT_ORDER_ID, b);
        }

        return order;
    }
}
