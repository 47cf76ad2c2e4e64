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
package io.peregrine.engine;

import io.peregrine.codec.Request;
import io.peregrine.codec.ResponseError;
import io.peregrine.codec.RestResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Over real sockets, what the scripted tests show in memory. */
@Timeout(60)
class LoopbackConnectionTest
{
    private static final int LARGE_BODY_LENGTH = 3 * 1024 * 1024;
    private static final int SMALL_SOCKET_BUFFER = 4 * 1024;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final HttpEngine engine = watcher.watch(new HttpEngine(new EngineContext()));
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void closeEngine()
    {
        engine.close();
    }

    @Test
    void shouldReuseOneSocket() throws IOException
    {
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x")))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine).connect(server.url());
            for (int i = 0; i < 100; i++)
            {
                assertEquals("x", connection.exchange(Requests.get("/" + i)).bodyAsString());
            }

            assertEquals(1, server.connectionCount());
            assertEquals(100, server.requests(0).size());
            assertEquals(100, connection.exchangesServed());
            for (int i = 0; i < 100; i++)
            {
                assertEquals(Requests.text(Requests.get("/" + i)), server.requests(0).get(i));
            }
        }
    }

    @Test
    void shouldSetEverySocketOption() throws IOException
    {
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x")))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine)
                .disableNagle(true)
                .tcpKeepalive(Duration.ofMillis(1))
                .recvBufferSize(SMALL_SOCKET_BUFFER)
                .sendBufferSize(SMALL_SOCKET_BUFFER)
                .connect(server.url());
            assertEquals(200, connection.exchange(Requests.get("/")).status());
        }
    }

    @Test
    void shouldWriteMoreThanTheKernelTakesAtOnce() throws IOException
    {
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x")))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine)
                .sendBufferSize(SMALL_SOCKET_BUFFER)
                .connect(server.url());
            final Request request = Requests.post("/large", "0123456789abcdef".repeat(LARGE_BODY_LENGTH / 16));
            connection.send(request, handler);
            assertTrue(connection.bytesWritten() < request.length(), "the kernel took all at once");
            awaitOutcome();

            assertEquals("x", handler.only().body());
            assertEquals(Requests.text(request), server.requests(0).getFirst());
            assertEquals(request.length(), engine.counters().get(EngineCounter.BYTES_WRITTEN));
            assertTrue(connection.isReady());
        }
    }

    @Test
    void shouldReadMoreThanTheKernelHoldsAtOnce() throws IOException
    {
        final String body = "0123456789abcdef".repeat(1024 * 1024 / 16);
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer(body)))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine)
                .recvBufferSize(SMALL_SOCKET_BUFFER)
                .receiveBufferLength(body.length() + 1024)
                .connect(server.url());
            for (int i = 0; i < 3; i++)
            {
                assertEquals(body, connection.exchange(Requests.get("/")).bodyAsString());
            }
            assertEquals(1, server.connectionCount());
        }
    }

    @Test
    void shouldSayWhenTheServerRefuses() throws IOException
    {
        final String url = LoopbackServer.refusingUrl();
        final ExchangeException ex = assertThrows(
            ExchangeException.class, () -> new HttpConnectionBuilder(engine).connect(url));

        assertEquals(ConnectionError.CONNECT_FAILED, ex.error());
        assertEquals(Delivery.NOT_SENT, ex.delivery());
        assertTrue(ex.getMessage().contains("refused"), ex.getMessage());
        assertEquals(0, engine.connectionCount());
    }

    @Test
    void shouldSayUnknownWhenTheServerResets() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer((session) ->
        {
            session.readRequest();
            session.reset();
        }))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine).connect(server.url());
            final ExchangeException ex = assertThrows(
                ExchangeException.class, () -> connection.exchange(Requests.get("/")));

            assertEquals(ConnectionError.READ_FAILED, ex.error());
            assertEquals(Delivery.UNKNOWN, ex.delivery());
            assertTrue(connection.isPoisoned());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void shouldSayUnknownWhenTheServerEndsTheStream() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer((session) ->
        {
            session.readRequest();
            session.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        }))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine).connect(server.url());
            final ExchangeException ex = assertThrows(
                ExchangeException.class, () -> connection.exchange(Requests.get("/")));

            assertEquals(ResponseError.TRUNCATED_BODY, ex.error());
            assertEquals(Delivery.UNKNOWN, ex.delivery());
            assertNotEquals(0, ex.bytesRead());
        }
    }

    @Test
    void shouldNeverSayNotSentWhenTheServerStopsListeningHalfWay() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer((session) ->
        {
            session.readSome();
            session.send(Requests.answer("413 Content Too Large", "too large"));
        }))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine)
                .sendBufferSize(SMALL_SOCKET_BUFFER)
                .connect(server.url());
            final Request request = Requests.post("/large", "0123456789abcdef".repeat(LARGE_BODY_LENGTH / 16));
            connection.send(request, handler);
            awaitOutcome();

            // Which of them it is depends on whether the reset overtakes the answer.
            final RecordingHandler.Outcome outcome = handler.only();
            assertTrue(413 == outcome.status() || Delivery.UNKNOWN == outcome.delivery(), outcome.toString());
            assertFalse(connection.isReady());
        }
    }

    @Test
    void shouldReadABodyThatEndsWithTheStream() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer((session) ->
        {
            session.readRequest();
            session.send("HTTP/1.0 200 OK\r\n\r\n");
            session.send("no length");
            session.end();
            session.awaitEnd();
        }))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine).connect(server.url());
            final RestResponse response = connection.exchange(Requests.get("/"));

            assertEquals("no length", response.bodyAsString());
            assertEquals(ConnectionState.RETIRED, connection.state());
        }
    }

    @Test
    void shouldNoticeThatTheServerEndsAnIdleConnection() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer((session) ->
        {
            session.readRequest();
            session.send(Requests.answer("x"));
        }))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine).connect(server.url());
            connection.exchange(Requests.get("/"));
            while (connection.isReady())
            {
                engine.doWork();
            }

            assertEquals(ConnectionState.RETIRED, connection.state());
            assertEquals(1, engine.counters().get(ConnectionError.IDLE_CONNECTION_ENDED));
        }
    }

    @Test
    void shouldTimeOutOnTheRealClock() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer(LoopbackServer.Session::awaitEnd))
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine)
                .requestTimeout(Duration.ofMillis(20))
                .connect(server.url());
            final long startNs = System.nanoTime();
            final ExchangeException ex = assertThrows(
                ExchangeException.class, () -> connection.exchange(Requests.get("/")));

            assertEquals(ConnectionError.REQUEST_TIMEOUT, ex.error());
            assertTrue(System.nanoTime() - startNs >= Duration.ofMillis(20).toNanos());
        }
    }

    private void awaitOutcome()
    {
        while (handler.outcomes().isEmpty())
        {
            engine.doWork();
        }
    }
}
