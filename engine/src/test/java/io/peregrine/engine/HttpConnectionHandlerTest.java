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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.atomic.AtomicReference;

import static io.peregrine.engine.ConnectionState.CLOSED;
import static io.peregrine.engine.ConnectionState.IN_FLIGHT;
import static io.peregrine.engine.ConnectionState.POISONED;
import static io.peregrine.engine.ConnectionState.READY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What handlers and owners may do, and when. */
class HttpConnectionHandlerTest
{
    private static final int RESENDS = 50;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final RecordingHandler handler = new RecordingHandler();
    private final Request request = Requests.get("/");

    @AfterEach
    void closeEngine()
    {
        scripted.close();
        assertEquals(0, scripted.network().openCount());
    }

    @Test
    void shouldSendAgainFromTheHandler()
    {
        final HttpConnection connection = scripted.connect();
        handler.andThen(() ->
        {
            if (handler.outcomes().size() < RESENDS)
            {
                connection.send(request, handler.outcomes().size(), handler);
            }
        });
        connection.send(request, 0, handler);
        for (int i = 0; i < RESENDS; i++)
        {
            assertEquals(i + 1, peer().writes());
            peer().peerSends(Requests.answer("answer " + i));
            scripted.work();
            assertEquals(i, handler.outcomes().get(i).correlationId());
            assertEquals("answer " + i, handler.outcomes().get(i).body());
        }

        assertEquals(RESENDS, handler.outcomes().size());
        assertEquals(READY, connection.state());
        assertEquals(Requests.text(request).repeat(RESENDS), peer().written());
    }

    @Test
    void shouldTakeTheAnswerToARequestThatTheHandlerSent()
    {
        final HttpConnection connection = scripted.connect();
        final RecordingHandler second = new RecordingHandler();
        handler.andThen(() -> connection.send(request, 2, second));
        connection.send(request, 1, handler);
        peer().peerSends(Requests.answer("first"));
        scripted.work();
        assertEquals(IN_FLIGHT, connection.state());
        assertEquals(0, second.outcomes().size());

        peer().peerSends(Requests.answer("second"));
        scripted.work();
        assertEquals("first", handler.only().body());
        assertEquals("second", second.only().body());
    }

    @Test
    void shouldRefuseToSendFromTheHandlerOfAFailure()
    {
        final HttpConnection connection = scripted.connect(ScriptedEngine.reconnecting());
        final RecordingHandler second = new RecordingHandler();
        handler.andThen(() -> connection.send(request, 2, second));
        connection.send(request, 1, handler);
        peer().peerEnds();
        scripted.work();

        assertEquals(Delivery.UNKNOWN, handler.only().delivery());
        assertEquals(ConnectionError.CONNECTION_POISONED, second.only().error());
        assertEquals(Delivery.NOT_SENT, second.only().delivery());
    }

    @Test
    void shouldStayUsableWhenAHandlerThrows()
    {
        final HttpConnection connection = scripted.connect();
        final HttpConnection other = scripted.connect();
        final RecordingHandler otherHandler = new RecordingHandler();
        handler.andThen(() ->
        {
            throw new IllegalArgumentException("thrown by a handler");
        });
        connection.send(request, handler);
        other.send(request, otherHandler);
        scripted.network().transports().forEach((transport) -> transport.peerSends(Requests.answer("x")));

        final Throwable thrown = assertThrows(IllegalArgumentException.class, scripted::work);
        assertEquals("thrown by a handler", thrown.getMessage());
        scripted.work();

        assertEquals("x", handler.only().body());
        assertEquals("x", otherHandler.only().body());
        assertEquals(READY, connection.state());
        scripted.network().get(0).peerSends(Requests.answer("y"));
        assertEquals("y", connection.exchange(request).bodyAsString());
    }

    @Test
    void shouldStayConsistentWhenTheHandlerOfAFailureThrows()
    {
        final HttpConnection connection = scripted.connect();
        handler.andThen(() ->
        {
            throw new IllegalArgumentException("thrown by a handler");
        });
        connection.send(request, handler);
        peer().peerEnds();
        assertThrows(IllegalArgumentException.class, scripted::work);
        scripted.work();

        assertEquals(POISONED, connection.state());
        assertTrue(peer().isClosed());
        assertEquals(1, handler.outcomes().size());
    }

    @Test
    void shouldAbandonAnExchangeWhenTheHandlerOfAnotherThrows()
    {
        final HttpConnection other = scripted.connect();
        final HttpConnection connection = scripted.connect();
        handler.andThen(() ->
        {
            throw new IllegalArgumentException("thrown by a handler");
        });
        other.send(request, handler);
        scripted.network().get(0).peerSends(Requests.answer("x"));

        assertThrows(IllegalArgumentException.class, () -> connection.exchange(request));
        assertEquals(POISONED, connection.state());
        assertEquals(1, scripted.engine().counters().get(ConnectionError.CLOSED_LOCALLY));
    }

    @Test
    void shouldRefuseToWaitInAHandler()
    {
        final HttpConnection connection = scripted.connect();
        final HttpConnection other = scripted.connect();
        final AtomicReference<Throwable> exchangeThrown = new AtomicReference<>();
        final AtomicReference<Throwable> workThrown = new AtomicReference<>();
        handler.andThen(() ->
        {
            exchangeThrown.set(assertThrows(IllegalStateException.class, () -> other.exchange(request)));
            workThrown.set(assertThrows(IllegalStateException.class, () -> scripted.engine().doWork()));
        });
        connection.send(request, handler);
        scripted.network().get(0).peerSends(Requests.answer("x"));
        scripted.work();

        assertInstanceOf(IllegalStateException.class, exchangeThrown.get());
        assertInstanceOf(IllegalStateException.class, workThrown.get());
        assertEquals(READY, other.state());
        assertEquals("", peer().written());
    }

    @Test
    void shouldFailTheExchangeWhenClosed()
    {
        final HttpConnection connection = scripted.connect();
        connection.send(request, 5, handler);
        connection.close();

        assertEquals(ConnectionError.CLOSED_LOCALLY, handler.only().error());
        assertEquals(Delivery.UNKNOWN, handler.only().delivery());
        assertEquals(5, handler.only().correlationId());
        assertEquals(CLOSED, connection.state());
        assertEquals(0, scripted.engine().connectionCount());
        assertEquals(1, scripted.engine().counters().get(ConnectionError.CLOSED_LOCALLY));

        connection.close();
        scripted.work();
        assertEquals(1, handler.outcomes().size());
        assertThrows(IllegalStateException.class, () -> connection.send(request, handler));
        assertThrows(IllegalStateException.class, () -> connection.exchange(request));
    }

    @Test
    void shouldFailAnUnsentExchangeAsNotSentWhenClosed()
    {
        final HttpConnection connection = scripted.connect();
        peer().takes(0);
        connection.send(request, handler);
        connection.close();

        assertEquals(ConnectionError.CLOSED_LOCALLY, handler.only().error());
        assertEquals(Delivery.NOT_SENT, handler.only().delivery());
    }

    @Test
    void shouldCloseFromTheHandlers()
    {
        final HttpConnection first = scripted.connect();
        final HttpConnection second = scripted.connect();
        final RecordingHandler secondHandler = new RecordingHandler();
        handler.andThen(() ->
        {
            first.close();
            second.close();
        });
        first.send(request, handler);
        second.send(request, secondHandler);
        scripted.network().get(0).peerSends(Requests.answer("x"));
        scripted.work();

        assertEquals("x", handler.only().body());
        assertEquals(ConnectionError.CLOSED_LOCALLY, secondHandler.only().error());
        assertEquals(0, scripted.engine().connectionCount());
        assertEquals(0, scripted.network().openCount());
    }

    @Test
    void shouldCloseTheEngineFromAHandlerWhileAnExchangeWaits()
    {
        final HttpConnection first = scripted.connect();
        final HttpConnection second = scripted.connect();
        handler.andThen(scripted::close);
        first.send(request, handler);
        scripted.network().get(0).peerSends(Requests.answer("x"));

        final ExchangeException ex = assertThrows(ExchangeException.class, () -> second.exchange(request));
        assertEquals(ConnectionError.CLOSED_LOCALLY, ex.error());
        assertEquals(Delivery.UNKNOWN, ex.delivery());
        assertThrows(IllegalStateException.class, () -> scripted.engine().doWork());
    }

    @Test
    void shouldOpenAConnectionFromAHandler()
    {
        final HttpConnection connection = scripted.connect();
        final AtomicReference<HttpConnection> opened = new AtomicReference<>();
        handler.andThen(() -> opened.set(scripted.open(ConnectionConfig.DEFAULT, 1)));
        connection.send(request, handler);
        peer().peerSends(Requests.answer("x"));
        scripted.work();

        assertEquals(READY, opened.get().state());
    }

    @Test
    void shouldRefuseAnotherThread() throws InterruptedException
    {
        final HttpConnection connection = scripted.connect();
        final String written = peer().written();

        assertInstanceOf(IllegalStateException.class, thrownElsewhere(() -> connection.send(request, handler)));
        assertInstanceOf(IllegalStateException.class, thrownElsewhere(() -> connection.exchange(request)));
        assertInstanceOf(IllegalStateException.class, thrownElsewhere(connection::close));
        assertInstanceOf(IllegalStateException.class, thrownElsewhere(() -> scripted.engine().doWork()));
        assertInstanceOf(IllegalStateException.class, thrownElsewhere(scripted::close));

        assertEquals(written, peer().written());
        assertEquals(READY, connection.state());
        assertNull(thrownElsewhere(connection::isPoisoned), "may be looked at");
        peer().peerSends(Requests.answer("still mine"));
        assertEquals("still mine", connection.exchange(request).bodyAsString());
    }

    @Test
    void shouldTellTheListenerOfEachState()
    {
        final StringBuilder states = new StringBuilder();
        final HttpConnection[] connection = new HttpConnection[1];
        connection[0] = scripted.engine().open(
            scripted.engine().endpoint(ScriptedEngine.server(1), ScriptedEngine.reconnecting()),
            (source, previous, current) ->
            {
                assertSame(current, source.state());
                states.append(previous).append("->").append(current).append(' ');
            });
        scripted.work();
        connection[0].send(request, handler);
        peer().peerSends(Requests.answer("x"));
        scripted.work();
        connection[0].send(request, handler);
        peer().peerEnds();
        scripted.work();
        connection[0].close();

        assertEquals("INIT->CONNECTING CONNECTING->READY READY->IN_FLIGHT IN_FLIGHT->READY READY->IN_FLIGHT " +
            "IN_FLIGHT->POISONED POISONED->BACKING_OFF BACKING_OFF->CONNECTING CONNECTING->READY READY->CLOSED ",
            states.toString());
    }

    private static Throwable thrownElsewhere(final Runnable action) throws InterruptedException
    {
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread thread = new Thread(() ->
        {
            try
            {
                action.run();
            }
            catch (final RuntimeException ex)
            {
                thrown.set(ex);
            }
        });
        thread.start();
        thread.join();

        return thrown.get();
    }

    private ScriptedTransport peer()
    {
        return scripted.network().last();
    }
}
