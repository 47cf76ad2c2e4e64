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

import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OrderRequestsTest
{
    private final RequestWriter writer =
        new RequestWriter("venue").wrap(new UnsafeBuffer(new byte[4096]), 0, 4096);
    private final OrderRequests requests = new OrderRequests();

    @Test
    void shouldPlaceAnOrder()
    {
        final String text = text(requests.place(writer, 1));

        assertTrue(text.startsWith("POST /api/v3/order HTTP/1.1\r\nHost: venue\r\nX-Timestamp: "), text);
        assertTrue(text.endsWith("\r\n\r\n{\"clientOrderId\":\"demo-000000000001\",\"symbol\":\"ETHUSDT\"," +
            "\"side\":\"SELL\",\"type\":\"LIMIT\",\"price\":\"50079.19\",\"quantity\":\"4.745\"}"), text);
    }

    @Test
    void shouldQueryAndCancelAnOrder()
    {
        final String target = " /api/v3/order?clientOrderId=demo-000000000123 HTTP/1.1\r\n";

        assertTrue(text(requests.query(writer, 123)).startsWith("GET" + target));
        assertTrue(text(requests.cancel(writer, 123)).startsWith("DELETE" + target));
    }

    @Test
    void shouldPlaceManyDifferentOrdersOfPositiveQuantity()
    {
        final DemoOrder order = new DemoOrder();
        final Set<String> prices = new HashSet<>();
        for (int number = 0; number < 100_000; number++)
        {
            order.number(number);
            prices.add(order.price().getStringWithoutLengthAscii(0, order.price().capacity()));
            final String quantity = order.quantity().getStringWithoutLengthAscii(0, order.quantity().capacity());
            assertTrue(Double.parseDouble(quantity) > 0, quantity);
        }

        assertEquals(100_000, prices.size());
    }

    private static String text(final Request request)
    {
        return request.buffer().getStringWithoutLengthAscii(request.offset(), request.length());
    }
}
