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

import io.peregrine.codec.HttpMethod;
import io.peregrine.codec.ReadState;
import io.peregrine.codec.ResponseLimits;
import io.peregrine.codec.ResponseReader;
import io.peregrine.codec.RestResponse;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

class AnswerCheckerTest
{
    private static final long NUMBER = 4711;

    private final ResponseReader reader = new ResponseReader(ResponseReader.CAPACITY_DEFAULT, ResponseLimits.DEFAULT);
    private final AnswerChecker checker = new AnswerChecker();
    private final DemoOrder order = new DemoOrder().number(NUMBER);

    @Test
    void shouldAcceptTheAnswerToItsOrder()
    {
        assertNull(check(200, goodJson()));
        assertEquals(7, checker.usedWeight());
        assertEquals(3, checker.orderCount());
    }

    @Test
    void shouldNoticeAnotherOrder()
    {
        assertEquals("clientOrderId", checker.findMismatch(response(200, goodJson()), NUMBER + 1, AnswerChecker.NEW));
    }

    @ParameterizedTest
    @CsvSource({
        "demo-, demo+, clientOrderId",
        "USDT, USDC, symbol",
        "SELL, BUY, side",
        "price\":\", price\":\"1, price",
        "quantity\":\", quantity\":\"0, quantity",
        "NEW, CANCELED, status",
        "status, state, missing field",
        "price, prize, missing field"})
    void shouldNoticeEachField(final String part, final String replacement, final String mismatch)
    {
        assertEquals(mismatch, check(200, goodJson().replace(part, replacement)));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 400, 429, 500})
    void shouldNoticeTheStatus(final int status)
    {
        assertEquals("HTTP status", check(status, goodJson()));
    }

    @Test
    void shouldNoticeEveryTruncation()
    {
        final String json = goodJson();
        for (int length = 0; length < json.length(); length++)
        {
            assertNotNull(check(200, json.substring(0, length)), "length " + length);
        }
        assertNotNull(check(200, json + " "));
    }

    private String goodJson()
    {
        return "{\"clientOrderId\":\"" + text(order.clientOrderId()) + "\",\"symbol\":\"" + text(order.symbol()) +
            "\",\"side\":\"" + text(order.side()) + "\",\"price\":\"" + text(order.price()) + "\",\"quantity\":\"" +
            text(order.quantity()) + "\",\"orderId\":12,\"status\":\"NEW\",\"transactTime\":1}";
    }

    private String check(final int status, final String json)
    {
        return checker.findMismatch(response(status, json), NUMBER, AnswerChecker.NEW);
    }

    private RestResponse response(final int status, final String json)
    {
        final byte[] bytes = ("HTTP/1.1 " + status + " x\r\nx-mbx-used-weight-1m: 7\r\nX-MBX-ORDER-COUNT-10S: 3\r\n" +
            "Content-Length: " + json.length() + "\r\n\r\n" + json).getBytes(StandardCharsets.US_ASCII);
        reader.expect(HttpMethod.POST);
        reader.read(new UnsafeBuffer(bytes), 0, bytes.length);
        assertEquals(ReadState.COMPLETE, reader.state());

        return reader.response();
    }

    private static String text(final DirectBuffer buffer)
    {
        return buffer.getStringWithoutLengthAscii(0, buffer.capacity());
    }
}
