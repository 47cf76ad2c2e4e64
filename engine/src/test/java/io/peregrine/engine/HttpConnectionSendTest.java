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

import io.peregrine.codec.HttpMethod;
import io.peregrine.codec.HttpUrl;
import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.nio.ByteBuffer;

import static io.peregrine.engine.ConnectionState.IN_FLIGHT;
import static io.peregrine.engine.ConnectionState.POISONED;
import static io.peregrine.engine.ConnectionState.READY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What send gives to the kernel, and what a failure says of it. */
class HttpConnectionSendTest
{
    private static final String ANSWER = Requests.answer("done");

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final RecordingHandler handler = new RecordingHandler();
    private final Request request = Requests.post("/order", "{\"qty\":1}");

    @AfterEach
    void closeEngine()
    {
        scripted.close();
        assertEquals(0, scripted.network().openCount());
    }

    @Test
    void shouldWriteInTheSameCall()
    {
        final HttpConnection connection = scripted.connect();

        for (int i = 0; i < 3; i++)
        {
            final String writtenBefore = peer().written();
            connection.send(request, i, handler);

            assertEquals(writtenBefore + Requests.text(request), peer().written());
            assertEquals(i + 1, peer().writes());
            assertEquals(IN_FLIGHT, connection.state());
            assertEquals(request.length(), connection.bytesWritten());

            peer().peerSends(ANSWER);
            scripted.work();
            assertEquals(i, handler.outcomes().getLast().correlationId());
            assertEquals(READY, connection.state());
            assertEquals(ANSWER.length(), connection.bytesRead());
        }

        assertEquals(3, connection.exchangesServed());
    }

    @Test
    void shouldUseCorrelationIdZeroWhenNoneIsGiven()
    {
        scripted.connect().send(request, handler);
        peer().peerSends(ANSWER);
        scripted.work();

        assertEquals(0, handler.only().correlationId());
    }

    @Test
    void shouldFinishAWriteThatStopsAtAnyByte()
    {
        for (int length = 0; length < request.length(); length++)
        {
            final RecordingHandler outcome = new RecordingHandler();
            final HttpConnection connection = scripted.connect();
            peer().takes(length);
            connection.send(request, outcome);
            scripted.engine().doWork();
            scripted.engine().doWork();
            assertEquals(Requests.text(request).substring(0, length), peer().written());
            assertEquals(length, connection.bytesWritten());

            peer().takesEverything();
            scripted.engine().doWork();
            assertEquals(Requests.text(request), peer().written());

            peer().peerSends(ANSWER);
            scripted.work();
            assertEquals("done", outcome.only().body());
            assertTrue(connection.isReady(), "after " + length);
            connection.close();
        }
    }

    @Test
    void shouldWriteNothingOfMemoryThatRequestsAreExpectedFrom()
    {
        final HttpConnection connection = scripted.connect();
        connection.expectRequestsFrom(request.buffer());
        scripted.work();
        assertEquals("", peer().written());
        assertEquals(READY, connection.state());

        peer().takes(1);
        connection.send(request, handler);
        connection.expectRequestsFrom(Requests.post("/other", "{}").buffer());
        peer().takesEverything();
        scripted.work();
        assertEquals(Requests.text(request), peer().written());
    }

    @Test
    void shouldWriteByteByByte()
    {
        final HttpConnection connection = scripted.connect();
        peer().takes(1);
        connection.send(request, handler);
        for (int length = 1; length < request.length(); length++)
        {
            assertEquals(length, peer().written().length());
            peer().takes(1);
            scripted.engine().doWork();
        }
        assertEquals(Requests.text(request), peer().written());
        assertEquals(request.length(), peer().writes());

        scripted.engine().doWork();
        assertEquals(request.length(), peer().writes(), "nothing is written twice");
        assertEquals(request.length(), scripted.count(EngineCounter.BYTES_WRITTEN));
    }

    @Test
    void shouldSayNotSentWhenTheFirstWriteFails()
    {
        final HttpConnection connection = scripted.connect();
        peer().failsToWriteAfter(0);
        connection.send(request, 7, handler);

        assertFailed(connection, ConnectionError.WRITE_FAILED, Delivery.NOT_SENT, 0);
        assertEquals(7, handler.only().correlationId());
    }

    @Test
    void shouldSayUnknownWhenALaterWriteFails()
    {
        for (int length = 1; length < request.length(); length++)
        {
            handler.outcomes().clear();
            final HttpConnection connection = scripted.connect();
            peer().failsToWriteAfter(length);
            connection.send(request, handler);
            assertEquals(IN_FLIGHT, connection.state());
            scripted.work();

            assertFailed(connection, ConnectionError.WRITE_FAILED, Delivery.UNKNOWN, length);
            connection.close();
        }
    }

    @Test
    void shouldTakeTheAnswerThatCameBeforeAWriteFailed()
    {
        final HttpConnection connection = scripted.connect();
        peer().failsToWriteAfter(10);
        connection.send(request, handler);
        peer().peerSends(Requests.answer("413 Content Too Large", ""));
        scripted.work();

        assertEquals(413, handler.only().status());
        assertEquals(ConnectionState.RETIRED, connection.state());
    }

    @Test
    void shouldSayNotSentWhenNothingWasTakenBeforeTheDeadline()
    {
        final HttpConnection connection = scripted.connect();
        peer().takes(0);
        connection.send(request, handler);
        scripted.advance(Timeouts.DEFAULT.requestNs() + 1);

        assertFailed(connection, ConnectionError.REQUEST_TIMEOUT, Delivery.NOT_SENT, 0);
    }

    @Test
    void shouldNotCountAWriteThatTookNothingAsWork()
    {
        final HttpConnection connection = scripted.connect();
        peer().takes(5);
        connection.send(request, handler);

        assertEquals(0, scripted.engine().doWork());
        peer().takes(5);
        assertEquals(1, scripted.engine().doWork());
        assertEquals(0, scripted.engine().doWork());
    }

    @Test
    void shouldNotTakeForAnAnswerWhatCameBeforeTheFirstByteWasWritten()
    {
        final HttpConnection connection = scripted.connect();
        peer().takes(0);
        connection.send(request, handler);
        peer().peerSends(ANSWER);
        peer().takesEverything();
        scripted.work();

        assertFailed(connection, ConnectionError.UNSOLICITED_BYTES, Delivery.NOT_SENT, 0);
    }

    @Test
    void shouldNotTakeBytesForAnAnswerBeforeAnyOfTheRequestWasSent()
    {
        final HttpConnection connection = scripted.connect();
        peer().takes(0);
        connection.send(request, handler);
        peer().peerSends(ANSWER);
        scripted.work();

        assertFailed(connection, ConnectionError.UNSOLICITED_BYTES, Delivery.NOT_SENT, 0);
        assertEquals(ANSWER.length(), handler.only().bytesRead());
    }

    @Test
    void shouldRefuseToSendOnAPoisonedConnection()
    {
        final HttpConnection connection = scripted.connect();
        peer().failsToWriteAfter(0);
        connection.send(request, handler);
        handler.outcomes().clear();

        connection.send(request, 8, handler);

        final RecordingHandler.Outcome outcome = handler.only();
        assertEquals(ConnectionError.CONNECTION_POISONED, outcome.error());
        assertEquals(Delivery.NOT_SENT, outcome.delivery());
        assertEquals(8, outcome.correlationId());
        assertEquals("", peer().written());

        final ExchangeException ex = assertThrows(ExchangeException.class, () -> connection.exchange(request));
        assertEquals(ConnectionError.CONNECTION_POISONED, ex.error());
        assertEquals(Delivery.NOT_SENT, ex.delivery());
        assertEquals(0, ex.bytesWritten());
        assertEquals(0, ex.bytesRead());
        assertEquals(2, scripted.engine().counters().get(ConnectionError.CONNECTION_POISONED));
        assertEquals(1, scripted.network().size(), "no connection was made for it");
    }

    @Test
    void shouldRefuseToSendBeforeConnected()
    {
        scripted.network().next(ScriptedTransport::keepsConnecting);
        final HttpConnection connection = scripted.open(ConnectionConfig.DEFAULT, 1);
        connection.send(request, handler);

        assertEquals(ConnectionError.NOT_CONNECTED, handler.only().error());
        assertEquals(Delivery.NOT_SENT, handler.only().delivery());
        assertFalse(connection.isPoisoned());
        assertEquals("", peer().written());
    }

    @Test
    void shouldRefuseASecondExchangeAtATime()
    {
        final HttpConnection connection = scripted.connect();
        connection.send(request, handler);

        assertThrows(IllegalStateException.class, () -> connection.send(request, handler));
        assertThrows(IllegalStateException.class, () -> connection.exchange(request));
        assertEquals(Requests.text(request), peer().written());

        peer().peerSends(ANSWER);
        scripted.work();
        assertEquals("done", handler.only().body());
    }

    @Test
    void shouldRefuseAStaleRequest()
    {
        final HttpConnection connection = scripted.connect();
        final RequestWriter writer = new RequestWriter(HttpUrl.parse("http://venue.test"))
            .wrap(new UnsafeBuffer(new byte[256]), 0, 256);
        final Request stale = writer.get("/").finish();
        writer.get("/other");

        assertThrows(IllegalStateException.class, () -> connection.send(stale, handler));
        assertTrue(connection.isReady());
        assertEquals("", peer().written());
        assertEquals(0, handler.outcomes().size());
    }

    @Test
    void shouldSendFromAnyMemoryAtAnyOffset()
    {
        final HttpConnection connection = scripted.connect();
        final RequestWriter writer = new RequestWriter(HttpUrl.parse("http://venue.test"));
        writer.wrap(new UnsafeBuffer(new byte[512], 100, 300), 50, 200);
        assertSent(connection, writer.get("/array").finish());
        writer.wrap(new UnsafeBuffer(ByteBuffer.allocateDirect(512), 100, 300), 50, 200);
        assertSent(connection, writer.get("/direct").finish());
        writer.wrap(new UnsafeBuffer(ByteBuffer.allocate(512).position(9).slice(), 1, 300), 50, 200);
        assertSent(connection, writer.get("/heap").finish());
        writer.wrap(new ExpandableArrayBuffer(512), 50, 200);
        assertSent(connection, writer.get("/expandable").finish());
    }

    @Test
    void shouldExchange()
    {
        final HttpConnection connection = scripted.connect();
        peer().peerSendsEachByte(ANSWER);

        // The first idle look is due only later, so the answer can be scripted before the request.
        assertEquals("done", connection.exchange(request).bodyAsString());
        assertEquals(Requests.text(request), peer().written());
        assertEquals(1, scripted.count(EngineCounter.ANSWERS));
    }

    @Test
    void shouldEndAnExchangeAtItsDeadline()
    {
        final HttpConnection connection = scripted.connect();
        final long startNs = scripted.engine().nanoTime();
        final ExchangeException ex = assertThrows(ExchangeException.class, () -> connection.exchange(request));

        assertEquals(ConnectionError.REQUEST_TIMEOUT, ex.error());
        assertEquals(Delivery.UNKNOWN, ex.delivery());
        assertEquals(request.length(), ex.bytesWritten());
        final long elapsedNs = scripted.engine().nanoTime() - startNs;
        assertEquals(Timeouts.DEFAULT.requestNs(), elapsedNs, 2 * ScriptedEngine.IDLE_STEP_NS);
    }

    @Test
    void shouldNotReadABodyBehindTheAnswerToHead()
    {
        final HttpConnection connection = scripted.connect();
        connection.send(Requests.of(HttpMethod.HEAD, "/"), handler);
        peer().peerSends("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
        scripted.work();

        assertEquals("", handler.only().body());
        assertTrue(connection.isReady());
    }

    private void assertSent(final HttpConnection connection, final Request toSend)
    {
        final int writtenBefore = peer().written().length();
        final String text = Requests.text(toSend);
        connection.send(toSend, handler);
        assertEquals(text, peer().written().substring(writtenBefore));
        peer().peerSends(ANSWER);
        scripted.work();
        assertTrue(connection.isReady());
    }

    private void assertFailed(
        final HttpConnection connection,
        final ConnectionError error,
        final Delivery delivery,
        final int bytesWritten)
    {
        final RecordingHandler.Outcome outcome = handler.only();
        assertEquals(error, outcome.error());
        assertEquals(delivery, outcome.delivery());
        assertEquals(bytesWritten, outcome.bytesWritten());
        assertNull(outcome.body());
        assertEquals(POISONED, connection.state());
        assertTrue(connection.isPoisoned());
        assertTrue(peer().isClosed());
        assertEquals(Requests.text(request).substring(0, bytesWritten), peer().written());
    }

    private ScriptedTransport peer()
    {
        return scripted.network().last();
    }
}
