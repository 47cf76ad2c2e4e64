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

import io.peregrine.codec.BodyRegion;
import io.peregrine.codec.HeaderName;
import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Writes the requests of an order straight into the transmit buffer; nothing is allocated. */
final class OrderRequests
{
    private static final String ORDER_PATH = "/api/v3/order";
    private static final String CLIENT_ORDER_ID = "clientOrderId";
    private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");

    private static final DirectBuffer JSON_CLIENT_ORDER_ID = DemoOrder.text("{\"clientOrderId\":\"");
    private static final DirectBuffer JSON_SYMBOL = DemoOrder.text("\",\"symbol\":\"");
    private static final DirectBuffer JSON_SIDE = DemoOrder.text("\",\"side\":\"");
    private static final DirectBuffer JSON_PRICE = DemoOrder.text("\",\"type\":\"LIMIT\",\"price\":\"");
    private static final DirectBuffer JSON_QUANTITY = DemoOrder.text("\",\"quantity\":\"");
    private static final DirectBuffer JSON_END = DemoOrder.text("\"}");

    private final DemoOrder order = new DemoOrder();

    /** Places the order of that number. */
    Request place(final RequestWriter writer, final long number)
    {
        order.number(number);
        final BodyRegion body = writer.post(ORDER_PATH).header(TIMESTAMP, System.currentTimeMillis()).beginBody();
        final MutableDirectBuffer buffer = body.buffer();
        int limit = body.offset();
        limit += put(buffer, limit, JSON_CLIENT_ORDER_ID);
        limit += put(buffer, limit, order.clientOrderId());
        limit += put(buffer, limit, JSON_SYMBOL);
        limit += put(buffer, limit, order.symbol());
        limit += put(buffer, limit, JSON_SIDE);
        limit += put(buffer, limit, order.side());
        limit += put(buffer, limit, JSON_PRICE);
        limit += put(buffer, limit, order.price());
        limit += put(buffer, limit, JSON_QUANTITY);
        limit += put(buffer, limit, order.quantity());
        limit += put(buffer, limit, JSON_END);

        return body.endBody(limit - body.offset()).finish();
    }

    /** Asks for the order of that number. */
    Request query(final RequestWriter writer, final long number)
    {
        return writer.get(ORDER_PATH)
            .query(CLIENT_ORDER_ID, order.number(number).clientOrderIdSequence())
            .header(TIMESTAMP, System.currentTimeMillis())
            .finish();
    }

    /** Cancels the order of that number. */
    Request cancel(final RequestWriter writer, final long number)
    {
        return writer.delete(ORDER_PATH)
            .query(CLIENT_ORDER_ID, order.number(number).clientOrderIdSequence())
            .header(TIMESTAMP, System.currentTimeMillis())
            .finish();
    }

    private static int put(final MutableDirectBuffer buffer, final int offset, final DirectBuffer text)
    {
        buffer.putBytes(offset, text, 0, text.capacity());
        return text.capacity();
    }
}
