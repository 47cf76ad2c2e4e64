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

import io.peregrine.perf.venue.RawClient.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class VenueOrderTest
{
    private static final long NOW_MS = 784_111_777_000L;
    private static final int MAX_ORDERS = 8;

    private RunningVenue venue;
    private RawClient client;

    @BeforeEach
    void connect() throws IOException
    {
        venue = new RunningVenue(new VenueConfig().epochClockMs(() -> NOW_MS).maxOrders(MAX_ORDERS));
        client = venue.connect();
    }

    @AfterEach
    void disconnect() throws IOException
    {
        client.close();
        venue.close();
    }

    @Test
    void shouldAcceptAnOrderAndEchoIt() throws IOException
    {
        final Response response = client.exchange(Requests.order("o-1"));

        assertEquals(200, response.status());
        assertEquals(orderAnswer("o-1", 1, "NEW"), response.body());
        assertEquals("application/json", response.field("Content-Type"));
        assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", response.field("Date"));
        assertEquals("1", response.field("X-MBX-USED-WEIGHT-1M"));
        assertEquals("1", response.field("X-MBX-ORDER-COUNT-10S"));
        assertFalse(response.isLast());
    }

    @Test
    void shouldQueryAndCancelAnOrderOnce() throws IOException
    {
        client.exchange(Requests.order("a"));

        assertEquals(orderAnswer("a", 1, "NEW"), client.exchange(Requests.query("a")).body());
        assertEquals(orderAnswer("a", 1, "CANCELED"), client.exchange(Requests.cancel("a")).body());
        assertEquals(orderAnswer("a", 1, "CANCELED"), client.exchange(Requests.query("a")).body());
        thenIsRefused(404, -2011, client.exchange(Requests.cancel("a")));
    }

    @Test
    void shouldSayThatAnOrderIsUnknown() throws IOException
    {
        thenIsRefused(404, -2013, client.exchange(Requests.query("nobody")));
        thenIsRefused(404, -2011, client.exchange(Requests.cancel("nobody")));
    }

    @Test
    void shouldRefuseADuplicateClientOrderId() throws IOException
    {
        client.exchange(Requests.order("twin"));

        final Response response = client.exchange(Requests.order("twin"));
        thenIsRefused(409, -2010, response);
        assertEquals(200, client.exchange(Requests.order("other")).status());
    }

    @Test
    void shouldForgetTheOldestOrders() throws IOException
    {
        for (int i = 0; i <= MAX_ORDERS; i++)
        {
            assertEquals(200, client.exchange(Requests.order("order-" + i)).status());
        }

        assertEquals(404, client.exchange(Requests.query("order-0")).status());
        assertEquals(200, client.exchange(Requests.query("order-1")).status());
        assertEquals(200, client.exchange(Requests.query("order-" + MAX_ORDERS)).status());
    }

    @Test
    void shouldUndoPercentEncodingInTheQuery() throws IOException
    {
        client.exchange(Requests.order("a/b"));

        assertEquals(200, client.exchange(Requests.query("%61%2Fb&timestamp=1")).status());
        assertEquals(200, client.exchange(Requests.get("/api/v3/order?x&y=1&clientOrderId=a/b")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "?", "?clientOrderId", "?clientOrderId=", "?clientOrderId=%6", "?clientOrderId=%zz",
        "?clientOrderId=%22", "?clientOrderId=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void shouldRefuseAQueryWithoutAClientOrderId(final String query) throws IOException
    {
        thenIsRefused(400, -1102, client.exchange(Requests.get("/api/v3/order" + query)));
        thenIsRefused(400, -1102, client.exchange(Requests.request("DELETE", "/api/v3/order" + query, "")));
    }

    @Test
    void shouldRefuseAQueryWithTwoClientOrderIds() throws IOException
    {
        thenIsRefused(400, -1101, client.exchange(Requests.query("a&clientOrderId=b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "[]", "7", "null", "\"text\"", "{", "}", "{\"symbol\"}", "{\"symbol\":", "{\"symbol\":\"BTC",
        "{\"symbol\":\"BTC\"", "{\"x\":[1,{\"y\":2}", "{} {}", "{},", "{'symbol':1}", "{\"a\":tru}", "\u00ff{}"})
    void shouldRefuseWhatIsNotOneJsonObjectAndServeOn(final String body) throws IOException
    {
        thenIsRefused(400, -1100, client.exchange(Requests.post(body)));
        assertEquals(200, client.exchange(Requests.order("after")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"clientOrderId", "symbol", "side", "type", "quantity", "price"})
    void shouldRefuseAnOrderThatLacksAField(final String field) throws IOException
    {
        final String body = Requests.orderJson("lacking").replace('"' + field + '"', "\"unknown\"");

        final Response response = client.exchange(Requests.post(body));
        thenIsRefused(400, -1102, response);
        assertTrue(response.body().contains('\'' + field + '\''), response.body());
        assertEquals(404, client.exchange(Requests.query("lacking")).status());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
        "\"BUY\"|\"HOLD\"", "\"BUY\"|\"buy\"", "\"LIMIT\"|\"STOP\"", "\"0.01000000\"|\"0.00\"",
        "\"0.01000000\"|\"-1\"", "\"0.01000000\"|\"1.2.3\"", "\"0.01000000\"|\"1.\"", "\"0.01000000\"|\"1e3\"",
        "\"64250.10\"|\".5\"", "\"64250.10\"|\"\"", "\"64250.10\"|null", "\"64250.10\"|true",
        "\"64250.10\"|{}", "\"64250.10\"|[1]", "\"BTCUSDT\"|\"BTC USDT\"", "\"BTCUSDT\"|\"\\u0022\"",
        "\"BTCUSDT\"|\"\\u20ac\"", "\"BTCUSDT\"|\"AAAAAAAAAAAAAAAAAAAAA\""})
    void shouldRefuseAMalformedField(final String value, final String malformed) throws IOException
    {
        final String body = Requests.orderJson("malformed").replace(value, malformed);
        thenIsRefused(400, -1102, client.exchange(Requests.post(body)));
        assertEquals(200, client.exchange(Requests.order("after")).status());
    }

    @Test
    void shouldRefuseAFieldThatComesTwice() throws IOException
    {
        final String body = Requests.orderJson("x").replace("{", "{\"price\":1,");
        thenIsRefused(400, -1101, client.exchange(Requests.post(body)));
    }

    @Test
    void shouldTakeNumbersSpacesAndFieldsThatItDoesNotKnow() throws IOException
    {
        final String body = Requests.orderJson("n")
            .replace("\"64250.10\"", " 64250.5 , \"extra\" : [ { \"price\" : null } , 1 , true ]\r\n")
            .replace("\"0.01000000\"", "3");

        final Response response = client.exchange(Requests.post(body));
        assertEquals(200, response.status(), response.body());
        assertTrue(response.body().contains("\"price\":\"64250.5\",\"quantity\":\"3\""), response.body());
    }

    @Test
    void shouldNeedNoPriceForAMarketOrder() throws IOException
    {
        final String body = Requests.orderJson("m").replace("LIMIT", "MARKET").replace(",\"price\":\"64250.10\"", "");

        final Response response = client.exchange(Requests.post(body));
        assertEquals(200, response.status(), response.body());
        assertTrue(response.body().contains("\"price\":\"0\""), response.body());
    }

    @Test
    void shouldAnswerPingAndTime() throws IOException
    {
        assertEquals("{}", client.exchange(Requests.PING).body());
        assertEquals("{\"serverTime\":" + NOW_MS + "}", client.exchange(Requests.get("/api/v3/time")).body());
    }

    @Test
    void shouldRefuseUnknownPathsAndMethods() throws IOException
    {
        thenIsRefused(404, -1000, client.exchange(Requests.get("/api/v3/orders")));
        thenIsRefused(404, -1000, client.exchange(Requests.get("/")));
        thenIsRefused(501, -1000, client.exchange(Requests.request("BREW", "/api/v3/ping", "")));

        final Response response = client.exchange(Requests.request("DELETE", "/api/v3/ping", ""));
        thenIsRefused(405, -1000, response);
        assertEquals("GET, HEAD, OPTIONS", response.field("Allow"));
    }

    @Test
    void shouldAnswerHeadLikeGetWithoutABody() throws IOException
    {
        final Response full = client.exchange(Requests.get("/api/v3/time"));
        client.send(Requests.request("HEAD", "/api/v3/time", "") + Requests.PING);

        final Response response = client.readHead();
        assertEquals(200, response.status());
        assertEquals(Integer.toString(full.body().length()), response.field("Content-Length"));
        assertEquals("{}", client.read().body());
    }

    @ParameterizedTest
    @CsvSource({"/api/v3/order,204", "/api/v3/ping,204", "*,204", "/nowhere,404"})
    void shouldAnswerOptions(final String target, final int status) throws IOException
    {
        final Response response = client.exchange(Requests.request("OPTIONS", target, ""));
        assertEquals(status, response.status());
        assertEquals(204 == status, null != response.field("Allow"));
        assertEquals(204 == status, null == response.field("Content-Length"));
        assertEquals("{}", client.exchange(Requests.PING).body());
    }

    private static String orderAnswer(final String clientOrderId, final int orderId, final String status)
    {
        return "{\"clientOrderId\":\"" + clientOrderId + "\",\"symbol\":\"BTCUSDT\",\"side\":\"BUY\"," +
            "\"type\":\"LIMIT\",\"price\":\"64250.10\",\"quantity\":\"0.01000000\",\"orderId\":" + orderId +
            ",\"status\":\"" + status + "\",\"transactTime\":" + NOW_MS + "}";
    }

    private static void thenIsRefused(final int status, final int code, final Response response)
    {
        assertEquals(status, response.status(), response.body());
        assertTrue(response.body().startsWith("{\"code\":" + code + ",\"msg\":\""), response.body());
        assertFalse(response.isLast());
    }
}
