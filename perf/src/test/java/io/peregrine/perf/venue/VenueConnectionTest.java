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
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class VenueConnectionTest
{
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

    private RunningVenue venue;
    private RawClient client;

    @BeforeEach
    void connect() throws IOException
    {
        venue = new RunningVenue(new VenueConfig());
        client = venue.connect();
    }

    @AfterEach
    void disconnect() throws IOException
    {
        client.close();
        venue.close();
    }

    @Test
    void shouldAnswerTheSameWhereverTheRequestIsCut() throws IOException
    {
        try (RawClient pacer = venue.connect())
        {
            final int length = Requests.order("cut-100").length();
            for (int cut = 1; cut < length; cut++)
            {
                final String clientOrderId = "cut-" + (100 + cut);
                final String request = Requests.order(clientOrderId);
                client.send(request.substring(0, cut));

                // The loop visits each connection in turn: after two answers it has read what was sent before them.
                pacer.exchange(Requests.PING);
                pacer.exchange(Requests.PING);

                final Response response = client.exchange(request.substring(cut));
                assertEquals(200, response.status(), "cut at " + cut);
                assertTrue(response.body().contains('"' + clientOrderId + '"'), response.body());
            }
        }
    }

    @Test
    void shouldReadARequestThatComesByteByByte() throws IOException
    {
        for (final char b : Requests.order("slow").toCharArray())
        {
            client.send(String.valueOf(b));
        }

        assertEquals(200, client.read().status());
    }

    @Test
    void shouldAnswerPipelinedRequestsInOrder() throws IOException
    {
        client.send(Requests.order("p") + Requests.query("p") + Requests.cancel("p") + Requests.query("p"));

        assertTrue(client.read().body().contains("NEW"));
        assertTrue(client.read().body().contains("NEW"));
        assertTrue(client.read().body().contains("CANCELED"));
        assertTrue(client.read().body().contains("CANCELED"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8})
    void shouldAnswerInOrderWhenTheSocketTakesNoMore(final int bystanders) throws Exception
    {
        final int count = 4000;
        final StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            requests.append(Requests.order("deep-" + i));
        }

        final List<RawClient> others = new ArrayList<>();
        try (RunningVenue tight = new RunningVenue(new VenueConfig().sendBufferLength(2048));
            RawClient slowReader = tight.connectSlowReader())
        {
            // With some more connections the loop asks a selector.
            for (int i = 0; i < bystanders; i++)
            {
                others.add(tight.connect());
            }

            final Thread writer = Thread.ofVirtual().start(() -> sendUnchecked(slowReader, requests.toString()));
            for (int i = 0; i < count; i++)
            {
                final String body = slowReader.read().body();
                assertTrue(body.startsWith("{\"clientOrderId\":\"deep-" + i + '"'), body);
            }

            writer.join();
        }
        finally
        {
            closeAll(others);
        }
    }

    @Test
    void shouldServeManyConnectionsAtATime() throws IOException
    {
        final List<RawClient> clients = new ArrayList<>();
        try
        {
            for (int i = 0; i < 20; i++)
            {
                clients.add(venue.connect());
            }

            for (int round = 0; round < 3; round++)
            {
                for (final RawClient each : clients)
                {
                    each.send(Requests.PING);
                }

                for (final RawClient each : clients)
                {
                    assertEquals(200, each.read().status());
                }
            }
        }
        finally
        {
            closeAll(clients);
        }

        assertEquals(200, client.exchange(Requests.PING).status());
    }

    @Test
    void shouldCloseWhenAsked() throws IOException
    {
        final Response response = client.exchange(Requests.request("GET", "/api/v3/ping", "Connection: x, Close\r\n"));

        assertEquals(200, response.status());
        assertTrue(response.isLast());
        assertTrue(client.isAtEnd());
    }

    @Test
    void shouldIgnoreWhatFollowsTheLastRequest() throws IOException
    {
        client.send(Requests.request("GET", "/api/v3/ping", "Connection: close\r\n") + Requests.order("late"));

        assertEquals(200, client.read().status());
        assertTrue(client.isAtEnd());
        try (RawClient other = venue.connect())
        {
            assertEquals(404, other.exchange(Requests.query("late")).status());
        }
    }

    @Test
    void shouldFollowTheRulesOfHttp10() throws IOException
    {
        final Response kept =
            client.exchange("GET /api/v3/ping HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        assertEquals("keep-alive", kept.field("Connection"));

        final Response last = client.exchange("GET /api/v3/ping HTTP/1.0\r\n\r\n");
        assertEquals(200, last.status());
        assertTrue(last.isLast());
        assertTrue(client.isAtEnd());
    }

    @Test
    void shouldAnswerAClientThatHasEndedItsOutput() throws IOException
    {
        client.send(Requests.PING + Requests.order("half"));
        client.endOutput();

        assertEquals(200, client.read().status());
        assertEquals(200, client.read().status());
        assertTrue(client.isAtEnd());
    }

    @Test
    void shouldCloseAfterTheAgreedNumberOfRequests() throws IOException
    {
        try (RunningVenue brief = new RunningVenue(new VenueConfig().keepAliveRequests(3));
            RawClient briefClient = brief.connect();
            RawClient otherClient = brief.connect())
        {
            briefClient.send(Requests.PING.repeat(4));
            assertFalse(briefClient.read().isLast());
            assertFalse(briefClient.read().isLast());
            assertTrue(briefClient.read().isLast());
            assertTrue(briefClient.isAtEnd());
            assertFalse(otherClient.exchange(Requests.PING).isLast());
        }
    }

    @Test
    void shouldTurnAwayConnectionsBeyondTheLimit() throws IOException
    {
        try (RunningVenue small = new RunningVenue(new VenueConfig().maxConnections(1));
            RawClient first = small.connect())
        {
            assertEquals(200, first.exchange(Requests.PING).status());
            try (RawClient second = small.connect())
            {
                assertTrue(second.isAtEnd());
            }

            assertEquals(200, first.exchange(Requests.PING).status());
        }
    }

    @Test
    void shouldReadAChunkedBody() throws IOException
    {
        final String json = Requests.orderJson("chunks");
        final String head = Requests.request("POST", "/api/v3/order", CHUNKED);
        final String body = "1\r\n" + json.charAt(0) + "\r\n" +
            Integer.toHexString(json.length() - 1) + " ; name=value\r\n" + json.substring(1) + "\r\n" +
            "0\r\nTrailer: ignored\r\n\r\n";

        client.send(head + body + Requests.query("chunks"));

        assertEquals(200, client.read().status());
        assertTrue(client.read().body().contains("NEW"));
    }

    @Test
    void shouldReadABodyOfVerySmallChunks() throws IOException
    {
        final String json = Requests.orderJson("dust") + " ".repeat(VenueConfig.BODY_LENGTH_LIMIT - 200);
        final StringBuilder request = new StringBuilder(Requests.request("POST", "/api/v3/order", CHUNKED));
        for (final char b : json.toCharArray())
        {
            request.append("1\r\n").append(b).append("\r\n");
        }

        client.send(request.append("0\r\n\r\n").toString());

        assertEquals(200, client.read().status());
        assertEquals(200, client.exchange(Requests.query("dust")).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n", "g\r\n", "1;\n", "1\rx", "1\r\nab", "1\r\na\rb", "0\r\nx\ny", "0\r\n\rx"})
    void shouldRefuseAMalformedChunk(final String chunk) throws IOException
    {
        thenIsRefusedAndClosed(400, Requests.request("POST", "/api/v3/order", CHUNKED) + chunk);
    }

    @ParameterizedTest
    @CsvSource({"4001,413", "ffffffff,413", "1000000000000,413"})
    void shouldRefuseAChunkThatIsTooLarge(final String size, final int status) throws IOException
    {
        thenIsRefusedAndClosed(status, Requests.request("POST", "/api/v3/order", CHUNKED) + size + "\r\n");
    }

    @Test
    void shouldSendContinueToAClientThatWaitsForIt() throws IOException
    {
        final String json = Requests.orderJson("patient");
        final String fields = "Expect: 100-continue\r\nContent-Length: " + json.length() + "\r\n";
        client.send(Requests.request("POST", "/api/v3/order", fields));

        assertEquals(100, client.read().status());
        assertEquals(200, client.exchange(json).status());
        assertEquals(200, client.exchange(Requests.PING).status());
    }

    @Test
    void shouldAcceptAnAbsoluteTargetAndAnEmptyLineBeforeTheRequest() throws IOException
    {
        assertEquals("{}", client.exchange("\r\n" + Requests.get("http://venue:80/api/v3/ping?x=1")).body());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /api/v3/ping HTTP/1.1\n\n",
        "GET  /api/v3/ping HTTP/1.1\r\n",
        "GET /api/v3/ping\r\n",
        " GET /api/v3/ping HTTP/1.1\r\n",
        "G(T /api/v3/ping HTTP/1.1\r\n",
        "GET /api/v3/p\u00fcng HTTP/1.1\r\n",
        "GET /api/v3/ping HTTP/1.1 \r\n",
        "GET /api/v3/ping HTTP/x.1\r\n",
        "GET /api/v3/ping http/1.1\r\n",
        "\r\n\r\nGET /",
        "GET / HTTP/1.1\r\nHost : venue\r\n",
        "GET / HTTP/1.1\r\nHost\r\n",
        "GET / HTTP/1.1\r\n: venue\r\n",
        "GET / HTTP/1.1\r\nHost: venue\r\n folded\r\n",
        "GET / HTTP/1.1\r\nHost: ve\u0000nue\r\n",
        "GET / HTTP/1.1\r\nHost: ve\rnue\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length:\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n",
        "POST / HTTP/1.1\r\nContent-Length: +1\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"})
    void shouldRefuseAMalformedRequestAndClose(final String request) throws IOException
    {
        thenIsRefusedAndClosed(400, request);
    }

    @ParameterizedTest
    @CsvSource({"Transfer-Encoding: gzip,501", "X: y,411", "Content-Length: 16385,413",
        "Content-Length: 99999999999999999999999,413"})
    void shouldRefuseABodyThatItCannotTake(final String field, final int status) throws IOException
    {
        thenIsRefusedAndClosed(status, Requests.request("POST", "/api/v3/order", field + "\r\n") + "body");
    }

    @Test
    void shouldTakeTheLongestBodyAndHead() throws IOException
    {
        final String json = Requests.orderJson("long");
        final String body = json + " ".repeat(VenueConfig.BODY_LENGTH_LIMIT - json.length());
        final String fields = "Content-Length: " + body.length() + "\r\nX: \r\n";
        final String head = Requests.request("POST", "/api/v3/order", fields);
        final String padding = "x".repeat(VenueConfig.HEAD_LENGTH_LIMIT - head.length());

        assertEquals(200, client.exchange(head.replace("X: ", "X: " + padding) + body).status());
        assertEquals(200, client.exchange(Requests.PING).status());
        thenIsRefusedAndClosed(431, head.replace("X: ", "X: x" + padding) + body);
    }

    @Test
    void shouldRefuseARequestLineThatIsTooLong() throws IOException
    {
        thenIsRefusedAndClosed(414, "GET /" + "x".repeat(VenueConfig.HEAD_LENGTH_LIMIT));
    }

    @Test
    void shouldRefuseAnotherVersion() throws IOException
    {
        thenIsRefusedAndClosed(505, "GET /api/v3/ping HTTP/2.0\r\n");
    }

    @Test
    void shouldLetTheClientReadTheRefusalWhileItStillSends() throws IOException
    {
        client.send(Requests.request("POST", "/api/v3/order", "Content-Length: 1000000\r\n"));
        assertEquals(413, client.read().status());
        client.send("x".repeat(100_000));
        assertTrue(client.isAtEnd());
    }

    private void thenIsRefusedAndClosed(final int status, final String request) throws IOException
    {
        final Response response = client.exchange(request);
        assertEquals(status, response.status(), response.body());
        assertTrue(response.body().startsWith("{\"code\":-1000,\"msg\":\""), response.body());
        assertTrue(response.isLast());
        assertNull(response.field("X-MBX-USED-WEIGHT-1M"));
        assertTrue(client.isAtEnd());
        try (RawClient other = venue.connect())
        {
            assertEquals(200, other.exchange(Requests.PING).status());
        }
    }

    private static void closeAll(final List<RawClient> clients) throws IOException
    {
        for (final RawClient each : clients)
        {
            each.close();
        }
    }

    private static void sendUnchecked(final RawClient sender, final String bytes)
    {
        try
        {
            sender.send(bytes);
        }
        catch (final IOException ignore)
        {
            // The reader misses an answer then and fails.
        }
    }
}
