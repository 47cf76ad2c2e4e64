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

import io.peregrine.codec.HeaderName;
import io.peregrine.codec.RestResponse;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Checks that an answer is the one to its order, in place and without allocation. */
final class AnswerChecker
{
    /** The status that the venue gives to an order that it has accepted. */
    static final DirectBuffer NEW = DemoOrder.text("NEW");

    /** The status of an order that was canceled. */
    static final DirectBuffer CANCELED = DemoOrder.text("CANCELED");

    private static final int OK = 200;
    private static final HeaderName USED_WEIGHT = HeaderName.of("X-MBX-USED-WEIGHT-1M");
    private static final HeaderName ORDER_COUNT = HeaderName.of("X-MBX-ORDER-COUNT-10S");

    private static final String[] FIELDS = {"clientOrderId", "symbol", "side", "price", "quantity", "status"};
    private static final DirectBuffer[] FIELD_NAMES = new DirectBuffer[FIELDS.length];

    static
    {
        for (int i = 0; i < FIELDS.length; i++)
        {
            FIELD_NAMES[i] = DemoOrder.text(FIELDS[i]);
        }
    }

    private final DemoOrder order = new DemoOrder();
    private final DirectBuffer status = new UnsafeBuffer(0, 0);
    private final DirectBuffer[] expected =
        {order.clientOrderId(), order.symbol(), order.side(), order.price(), order.quantity(), status};
    private final FlatJson json = new FlatJson();
    private long usedWeight;
    private long orderCount;

    /** What is wrong with an answer concerning the order of that number, or null. */
    String findMismatch(final RestResponse response, final long number, final DirectBuffer orderStatus)
    {
        usedWeight = response.headerAsLong(USED_WEIGHT, usedWeight);
        orderCount = response.headerAsLong(ORDER_COUNT, orderCount);
        if (OK != response.status())
        {
            return "HTTP status";
        }

        order.number(number);
        status.wrap(orderStatus);
        json.wrap(response.buffer(), response.bodyOffset(), response.bodyLength());

        return findMismatch();
    }

    /** The last used weight that the venue told of; 0 before it has told of any. */
    long usedWeight()
    {
        return usedWeight;
    }

    /** The last count of orders that the venue told of; 0 before it has told of any. */
    long orderCount()
    {
        return orderCount;
    }

    private String findMismatch()
    {
        int seenFields = 0;
        while (json.next())
        {
            for (int i = 0; i < FIELDS.length; i++)
            {
                if (json.isName(FIELD_NAMES[i]))
                {
                    if (!json.isValue(expected[i]))
                    {
                        return FIELDS[i];
                    }

                    seenFields |= 1 << i;
                }
            }
        }

        if (!json.isWhole())
        {
            return "malformed JSON";
        }

        return (1 << FIELDS.length) - 1 == seenFields ? null : "missing field";
    }
}
