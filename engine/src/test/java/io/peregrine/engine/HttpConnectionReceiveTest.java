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

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.Request;
import io.peregrine.codec.ResponseError;
import io.peregrine.codec.ResponseLimits;
import io.peregrine.codec.RestResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.concurrent.TimeUnit;

import static io.peregrine.engine.ConnectionState.POISONED;
import static io.peregrine.engine.ConnectionState.READY;
import static io.peregrine.engine.ConnectionState.RETIRED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What arrives, cut and ended in every way, and what becomes of the connection. */
class HttpConnectionReceiveTest
{
    private static final String LENGTH_ANSWER =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 8\r\n\r\n{\"id\":1}";
    private static final String CHUNKED_ANSWER =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"i\r\n5\r\nd\":1}\r\n0\r\n\r\n";
    private static final String INTERIM_ANSWER =
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n{\"id\":1}";

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final RecordingHandler handler = new RecordingHandler();
    private final Request request = Requests.get("/price");

    @AfterEach
    void closeEngine()
    {
        scripted.close();
        assertEquals(0, scripted.network().openCount());
    }

    @ParameterizedTest
    @ValueSource(strings = { LENGTH_ANSWER, CHUNKED_ANSWER, INTERIM_ANSWER })
    void shouldReadTheSameWhereverTheReadStops(final String answer)
    {
        final HttpConnection connection = scripted.connect();
        for (int offset = 1; offset < answer.length(); offset++)
        {
            handler.outcomes().clear();
            connection.send(request, handler);
            peer().peerSends(answer.substring(0, offset));
            scripted.work();
            assertEquals(0, handler.outcomes().size());
            peer().peerSends(answer.substring(offset));
            scripted.work();

            assertEquals("{\"id\":1}", handler.only().body());
            assertEquals(READY, connection.state(), "split at " + offset);
            assertEquals(answer.length(), connection.bytesRead());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { LENGTH_ANSWER, CHUNKED_ANSWER, INTERIM_ANSWER })
    void shouldReadByteByByte(final String answer)
    {
        final HttpConnection connection = scripted.connect();
        connection.send(request, handler);
        peer().peerSendsEachByte(answer);
        scripted.work();

        assertEquals("{\"id\":1}", handler.only().body());
        assertEquals(READY, connection.state());
        assertEquals(answer.length(), scripted.count(EngineCounter.BYTES_READ));
    }

    @ParameterizedTest
    @ValueSource(strings = { LENGTH_ANSWER, CHUNKED_ANSWER })
    void shouldSayUnknownWhereverTheStreamEnds(final String answer)
    {
        final int headLength = answer.indexOf("\r\n\r\n") + 4;
        for (int length = 0; length < answer.length(); length++)
        {
            final HttpConnection connection = sent();
            peer().peerSends(answer.substring(0, length));
            peer().peerEnds();
            scripted.work();

            final ErrorCode expected = 0 == length ? ResponseError.CLOSED_BEFORE_RESPONSE :
                length < headLength ? ResponseError.TRUNCATED_HEAD : ResponseError.TRUNCATED_BODY;
            assertFailed(connection, expected);
            assertEquals(length, handler.only().bytesRead());
            connection.close();
        }
    }

    @Test
    void shouldSayUnknownWhereverTheStreamBreaks()
    {
        for (int length = 0; length < LENGTH_ANSWER.length(); length++)
        {
            final HttpConnection connection = sent();
            peer().peerSends(LENGTH_ANSWER.substring(0, length));
            peer().peerResets();
            scripted.work();

            assertFailed(connection, ConnectionError.READ_FAILED);
            connection.close();
        }
    }

    @Test
    void shouldSayUnknownWhenAnInterimAnswerIsAllThatComes()
    {
        final HttpConnection connection = sent();
        peer().peerSends("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        peer().peerEnds();
        scripted.work();

        assertFailed(connection, ResponseError.TRUNCATED_HEAD);
    }

    @Test
    void shouldPoisonWhenTheAnswerIsMalformed()
    {
        final HttpConnection connection = sent();
        peer().peerSends("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
        scripted.work();

        assertFailed(connection, ResponseError.CONFLICTING_CONTENT_LENGTH);
        assertEquals(1, scripted.engine().counters().get(ResponseError.CONFLICTING_CONTENT_LENGTH));
    }

    @Test
    void shouldPoisonWhenTheBodyIsTooLarge()
    {
        final ConnectionConfig config = ConnectionConfig.DEFAULT;
        final HttpConnection connection = scripted.connect(new ConnectionConfig(
            config.timeouts(),
            config.receiveBufferLength(),
            ResponseLimits.DEFAULT.maxBodyLength(7),
            config.socketOptions(),
            config.reconnectPolicy(),
            config.retirementPolicy(),
            config.addressMaxAgeNs(),
            config.validateAfterInactivityNs(),
            config.tls()));
        connection.send(request, handler);
        peer().peerSends(LENGTH_ANSWER);
        scripted.work();

        assertFailed(connection, ResponseError.BODY_TOO_LARGE);
    }

    @Test
    void shouldTimeOutWhenNothingComes()
    {
        final HttpConnection connection = sent();
        scripted.advance(Timeouts.DEFAULT.requestNs());
        assertEquals(0, handler.outcomes().size());
        scripted.advance(1);

        assertFailed(connection, ConnectionError.REQUEST_TIMEOUT);
        assertEquals(1, scripted.engine().counters().get(ConnectionError.REQUEST_TIMEOUT));
    }

    @Test
    void shouldTimeOutWhenTheServerDrips()
    {
        final HttpConnection connection = sent();
        final long secondNs = TimeUnit.SECONDS.toNanos(1);
        int seconds = 0;
        while (handler.outcomes().isEmpty())
        {
            peer().peerSends(LENGTH_ANSWER.substring(seconds, seconds + 1));
            scripted.advance(secondNs);
            seconds++;
        }

        assertFailed(connection, ConnectionError.REQUEST_TIMEOUT);
        assertEquals(TimeUnit.NANOSECONDS.toSeconds(Timeouts.DEFAULT.requestNs()) + 1, seconds);
    }

    @Test
    void shouldTakeAnAnswerThatIsThereWhenTheDeadlineIsFoundPassed()
    {
        sent();
        peer().peerSends(LENGTH_ANSWER);
        scripted.advance(2 * Timeouts.DEFAULT.requestNs());

        assertEquals(200, handler.only().status());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nConnection: keep-alive, Close\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok\r\n" })
    void shouldRetireAConnectionThatMayNotBeUsedAgain(final String answer)
    {
        final HttpConnection connection = sent();
        peer().peerSends(answer);
        scripted.work();

        assertEquals("ok", handler.only().body());
        assertRetired(connection);

        handler.outcomes().clear();
        connection.send(request, handler);
        assertEquals(ConnectionError.NOT_CONNECTED, handler.only().error());
        assertEquals(Delivery.NOT_SENT, handler.only().delivery());
    }

    @Test
    void shouldKeepAnOldServersConnectionThatSaysKeepAlive()
    {
        final HttpConnection connection = sent();
        peer().peerSends("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nok");
        scripted.work();

        assertEquals("ok", handler.only().body());
        assertEquals(READY, connection.state());
    }

    @Test
    void shouldReadABodyThatEndsWithTheStream()
    {
        final HttpConnection connection = sent();
        peer().peerSends("HTTP/1.1 200 OK\r\n\r\nno");
        scripted.work();
        assertEquals(0, handler.outcomes().size());
        peer().peerSends(" length");
        peer().peerEnds();
        scripted.work();

        assertEquals("no length", handler.only().body());
        assertRetired(connection);
    }

    @Test
    void shouldRetireWhenAnsweredBeforeTheRequestIsWritten()
    {
        final HttpConnection connection = scripted.connect();
        peer().takes(20);
        connection.send(request, handler);
        peer().peerSends(Requests.answer("413 Content Too Large", ""));
        scripted.work();

        assertEquals(413, handler.only().status());
        assertRetired(connection);
        assertEquals(20, peer().written().length(), "the rest is not written any more");
    }

    @Test
    void shouldLetTheViewGoStaleWhenTheHandlerReturns()
    {
        final HttpConnection connection = scripted.connect();
        final RestResponse[] kept = new RestResponse[1];
        connection.send(request, new ResponseHandler()
        {
            @Override
            public void onResponse(final long correlationId, final RestResponse response)
            {
                assertTrue(response.isValid());
                kept[0] = response;
            }

            @Override
            public void onFailure(final long correlationId, final ExchangeFailure failure)
            {
                throw new AssertionError(failure.toString());
            }
        });
        peer().peerSends(LENGTH_ANSWER);
        scripted.work();

        assertFalse(kept[0].isValid());
        assertThrows(IllegalStateException.class, () -> kept[0].status());
        assertThrows(IllegalStateException.class, () -> kept[0].bodyAsString());
    }

    @Test
    void shouldKeepTheViewOfAnExchangeUntilTheNextSend()
    {
        final HttpConnection connection = scripted.connect();
        peer().peerSends(LENGTH_ANSWER);
        final RestResponse response = connection.exchange(request);
        final long generation = response.generation();
        scripted.work();
        assertEquals("{\"id\":1}", response.bodyAsString());

        connection.send(request, handler);
        assertThrows(IllegalStateException.class, response::status);

        peer().peerSends(LENGTH_ANSWER);
        scripted.work();
        peer().peerSends(CHUNKED_ANSWER);
        final RestResponse next = connection.exchange(request);
        assertSame(response, next);
        assertTrue(next.generation() > generation);

        connection.invalidateResponse();
        assertThrows(IllegalStateException.class, next::status);
    }

    @Test
    void shouldKeepTheViewOfAnExchangeThatRetiredTheConnection()
    {
        final HttpConnection connection = scripted.connect(ScriptedEngine.reconnecting());
        peer().peerAnswers("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok");
        final RestResponse response = connection.exchange(request);
        scripted.work();

        assertTrue(connection.isReady());
        assertEquals(2, scripted.network().size());
        assertEquals("ok", response.bodyAsString());
    }

    private HttpConnection sent()
    {
        handler.outcomes().clear();
        final HttpConnection connection = scripted.connect();
        connection.send(request, handler);
        return connection;
    }

    private void assertFailed(final HttpConnection connection, final ErrorCode error)
    {
        final RecordingHandler.Outcome outcome = handler.only();
        assertEquals(error, outcome.error());
        assertEquals(Delivery.UNKNOWN, outcome.delivery());
        assertEquals(request.length(), outcome.bytesWritten());
        assertEquals(POISONED, connection.state());
        assertTrue(connection.isPoisoned());
        assertTrue(peer().isClosed());
    }

    private void assertRetired(final HttpConnection connection)
    {
        assertEquals(RETIRED, connection.state());
        assertFalse(connection.isPoisoned());
        assertTrue(peer().isClosed());
        assertEquals(1, scripted.count(EngineCounter.RETIREMENTS));
    }

    private ScriptedTransport peer()
    {
        return scripted.network().last();
    }
}
