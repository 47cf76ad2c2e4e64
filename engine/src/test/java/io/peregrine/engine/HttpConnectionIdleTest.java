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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;

import static io.peregrine.engine.ConnectionState.READY;
import static io.peregrine.engine.ConnectionState.RETIRED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An idle connection that ends is noticed when it ends, not when somebody wants it. */
class HttpConnectionIdleTest
{
    private static final long INTERVAL_NS = EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS;
    private static final int STEPS = 1000;
    private static final int CYCLES = 64;

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

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 7, 32 })
    void shouldNoticeAnEndWithinTheInterval(final int connectionCount)
    {
        final ArrayList<HttpConnection> connections = connect(connectionCount);
        for (int i = 0; i < connectionCount; i++)
        {
            scripted.network().get(i).peerEnds();
            runForTheInterval();
            assertEquals(RETIRED, connections.get(i).state());
        }

        assertEquals(connectionCount, scripted.engine().counters().get(ConnectionError.IDLE_CONNECTION_ENDED));
        assertEquals(connectionCount, scripted.count(EngineCounter.RETIREMENTS));
    }

    @Test
    void shouldLookAtEachConnectionOnceInAnInterval()
    {
        final int connectionCount = 8;
        connect(connectionCount);
        for (final ScriptedTransport transport : scripted.network().transports())
        {
            final int readsBefore = transport.reads();
            runForTheInterval();
            assertEquals(1, transport.reads() - readsBefore, 1);
        }
    }

    @Test
    void shouldNoticeUnsolicitedBytes()
    {
        final HttpConnection connection = scripted.connect();
        peer().peerSends("HTTP/1.1 408 Request Timeout\r\n\r\n");
        runForTheInterval();

        assertEquals(RETIRED, connection.state());
        assertFalse(connection.isPoisoned());
        assertEquals(1, scripted.engine().counters().get(ConnectionError.UNSOLICITED_BYTES));
        assertTrue(connection.stateReason().contains("idle"), connection.stateReason());
    }

    @Test
    void shouldNoticeAReset()
    {
        final HttpConnection connection = scripted.connect();
        peer().peerResets();
        runForTheInterval();

        assertEquals(RETIRED, connection.state());
    }

    @Test
    void shouldNoticeAnExtraAnswerThatComesInASegmentOfItsOwn()
    {
        final HttpConnection connection = scripted.connect(ScriptedEngine.reconnecting());
        connection.send(request, handler);
        peer().peerSends(Requests.answer("mine"));
        scripted.engine().doWork();
        assertEquals("mine", handler.only().body());

        peer().peerSends(Requests.answer("nobody's"));
        runForTheInterval();
        scripted.work();
        assertEquals(2, scripted.network().size());

        handler.outcomes().clear();
        connection.send(request, handler);
        peer().peerSends(Requests.answer("mine too"));
        scripted.work();
        assertEquals("mine too", handler.only().body());
    }

    @Test
    void shouldReplaceAnIdleConnectionThatEndedAfterItWasUsed()
    {
        final HttpConnection connection = scripted.connect(ScriptedEngine.reconnecting());
        peer().peerAnswers(Requests.answer("a"));
        connection.exchange(request);
        peer().peerEnds();
        runForTheInterval();

        assertEquals(READY, connection.state());
        assertEquals(2, scripted.network().size());
        assertEquals(0, connection.exchangesServed());
        assertTrue(scripted.network().get(0).isClosed());
    }

    @Test
    void shouldNotLookAtAConnectionThatAwaitsAnAnswer()
    {
        final HttpConnection connection = scripted.connect();
        connection.send(request, handler);
        for (int i = 0; i < CYCLES; i++)
        {
            final int readsBefore = peer().reads();
            scripted.clock().advance(INTERVAL_NS);
            scripted.engine().doWork();
            assertEquals(1, peer().reads() - readsBefore, "the exchange's own read alone");
        }
        peer().peerSends(Requests.answer("whole"));
        scripted.work();

        assertEquals("whole", handler.only().body());
    }

    private ArrayList<HttpConnection> connect(final int count)
    {
        final ArrayList<HttpConnection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++)
        {
            connections.add(scripted.connect());
        }
        // Looks were spread over fewer connections until now.
        runForTheInterval();

        return connections;
    }

    /**
     * As a busy thread would: many cycles in an interval, and one more for each look, which waits for the next
     * cycle.
     */
    private void runForTheInterval()
    {
        for (int i = 0; i <= STEPS + scripted.engine().connectionCount(); i++)
        {
            scripted.clock().advance(INTERVAL_NS / STEPS);
            scripted.engine().doWork();
        }
    }

    private ScriptedTransport peer()
    {
        return scripted.network().last();
    }
}
