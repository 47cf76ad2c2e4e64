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

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How often, and how evenly, connections are made anew; what a send notices; how connections end in good order. */
class HealingTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long DELAY_NS = TimeUnit.MILLISECONDS.toNanos(100);

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final ScriptedNetwork network = scripted.network();
    private final RecordingHandler handler = new RecordingHandler();
    private final Request request = Requests.get("/");

    @AfterEach
    void closeEngine()
    {
        scripted.close();
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldNotExceedTheConnectBudgetOfTheEndpoint()
    {
        final ReconnectPolicy policy =
            new ReconnectPolicy(DELAY_NS, DELAY_NS).withBudget(new ReconnectPolicy.Budget(5, SECOND_NS));
        final Endpoint endpoint = scripted.engine().endpoint(
            ScriptedEngine.server(1), ScriptedEngine.configured(policy, RetirementPolicy.NEVER, Timeouts.DEFAULT));
        for (int i = 0; i < 8; i++)
        {
            scripted.engine().open(endpoint, (connection, previous, current) -> {});
        }
        scripted.work();
        assertEquals(8, network.size(), "first connections are not reconnects");

        network.usually((transport) -> transport.failsToConnect("refused"));
        network.transports().forEach(ScriptedTransport::peerEnds);
        int sizeASecondAgo = network.size();
        for (int second = 0; second < 20; second++)
        {
            for (int i = 0; i < 1000; i++)
            {
                scripted.advance(SECOND_NS / 1000);
            }
            assertTrue(network.size() - sizeASecondAgo <= 5, "in a second: " + (network.size() - sizeASecondAgo));
            sizeASecondAgo = network.size();
        }

        assertEquals(8 + 20 * 5, network.size(), 5, "and what is granted is used");
    }

    @Test
    void shouldVaryTheDelays()
    {
        final ReconnectPolicy policy = new ReconnectPolicy(DELAY_NS, DELAY_NS).withJitter(0.5);
        network.usually((transport) -> transport.failsToConnect("refused"));
        final HttpConnection connection = open(policy);
        final Set<Long> delaysNs = new HashSet<>();
        for (int i = 0; i < 50; i++)
        {
            scripted.work();
            final long delayNs = connection.nextAttemptNs() - scripted.clock().nanoTime();
            assertTrue(delayNs > DELAY_NS / 2 && delayNs <= DELAY_NS, "delay " + delayNs);
            delaysNs.add(delayNs);
            scripted.clock().advance(delayNs);
        }

        assertTrue(delaysNs.size() > 40, "all different: " + delaysNs);
    }

    @Test
    void shouldGiveUpWhenToldTo()
    {
        network.usually((transport) -> transport.failsToConnect("refused"));
        final HttpConnection connection = open(ReconnectPolicy.DEFAULT.withMaxRounds(3));
        scripted.advance(3600 * SECOND_NS);
        scripted.advance(3600 * SECOND_NS);
        scripted.advance(3600 * SECOND_NS);
        scripted.advance(3600 * SECOND_NS);

        assertEquals(3, network.size());
        assertEquals(ConnectionState.POISONED, connection.state());
        assertEquals(ConnectionError.CONNECT_FAILED, connection.lastError());
        connection.send(request, handler);
        assertEquals(ConnectionError.CONNECTION_POISONED, handler.only().error());
    }

    @Test
    void shouldSendNothingOnAConnectionThatHasEnded()
    {
        final HttpConnection connection = connect();
        network.last().peerEnds();
        connection.send(request, handler);

        assertEquals(ConnectionError.IDLE_CONNECTION_ENDED, handler.only().error());
        assertEquals(Delivery.NOT_SENT, handler.only().delivery());
        assertEquals(Phase.ACQUIRE, handler.only().phase());
        assertEquals("", network.last().written());
        scripted.advance(DELAY_NS);
        assertEquals(ConnectionState.READY, connection.state(), "healed");
    }

    @Test
    void shouldNotTakeATimeoutOfTheServerForAnAnswer()
    {
        final HttpConnection connection = connect();
        network.last().peerSends("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        connection.send(request, handler);

        assertEquals(ConnectionError.UNSOLICITED_BYTES, handler.only().error());
        assertEquals(Delivery.NOT_SENT, handler.only().delivery());
    }

    @Test
    void shouldNotUseAConnectionAgainOnceTheServerGaveUpWaiting()
    {
        final HttpConnection connection = connect();
        connection.send(request, handler);
        network.last().peerSends("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n");
        scripted.work();
        assertEquals(408, handler.only().status(), "it may have crossed the request, or be the answer");
        assertEquals(2, network.size());
        assertTrue(network.get(0).isClosed(), "so that the next request does not get the answer to this one");
    }

    @Test
    void shouldNotGiveTheRestOfOneAnswerToTheNextRequest()
    {
        final HttpConnection connection = connect();
        network.last().peerAnswers(Requests.answer("first"));
        assertEquals("first", connection.exchange(request).bodyAsString());
        network.last().peerSends(Requests.answer("never asked for"));
        connection.send(request, handler);

        assertEquals(ConnectionError.UNSOLICITED_BYTES, handler.only().error());
        assertEquals(Delivery.NOT_SENT, handler.only().delivery());
        assertEquals(1, handler.only().connectionUses());
    }

    @Test
    void shouldNotLookBeforeASendThatFollowsClosely()
    {
        final HttpConnection connection = scripted.connect();
        network.last().peerAnswers(Requests.answer("first"));
        connection.send(request, handler);
        scripted.work();
        final int reads = network.last().reads();
        connection.send(request, handler);
        assertEquals(reads, network.last().reads());

        network.last().peerSends(Requests.answer("second"));
        scripted.work();
        scripted.clock().advance(ConnectionConfig.VALIDATE_AFTER_INACTIVITY_DEFAULT_NS);
        final int readsBefore = network.last().reads();
        connection.send(request, handler);
        assertEquals(readsBefore + 1, network.last().reads());
    }

    @Test
    void shouldTellItsStory()
    {
        final HttpConnection connection = connect();
        scripted.advance(1234);
        assertEquals(1234, connection.ageNs());
        assertNull(connection.lastError());
        network.usually((transport) -> transport.failsToConnect("refused"));
        network.last().peerEnds();
        scripted.advance(EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS);

        assertEquals(ConnectionState.BACKING_OFF, connection.state());
        assertEquals(ConnectionError.IDLE_CONNECTION_ENDED, connection.lastError());
        assertEquals(1, connection.roundsInVain(), "it had proven nothing yet");
        assertEquals(scripted.clock().nanoTime() + DELAY_NS, connection.nextAttemptNs());
    }

    @Test
    void shouldLetTheExchangeUnderWayEndBeforeItCloses()
    {
        final HttpConnection busy = connect();
        final ScriptedTransport busyPeer = network.last();
        final HttpConnection idle = connect();
        busy.send(request, handler);
        busy.drain();
        idle.drain();
        assertTrue(idle.isClosed());
        assertEquals(ConnectionState.IN_FLIGHT, busy.state());

        handler.andThen(() -> busy.send(request, 2, new RecordingHandler().andThen(() -> {})));
        busyPeer.peerSends(Requests.answer("last"));
        scripted.work();
        assertEquals("last", handler.only().body());
        assertTrue(busy.isClosed());

        final RecordingHandler late = new RecordingHandler();
        busy.send(request, late);
        assertEquals(ConnectionError.CLOSED_LOCALLY, late.only().error());
        assertEquals(Delivery.NOT_SENT, late.only().delivery());
    }

    @Test
    void shouldStayClosedWhenAListenerClosesIt()
    {
        for (final ConnectionState closing : List.of(
            ConnectionState.CONNECTING, ConnectionState.READY, ConnectionState.IN_FLIGHT, ConnectionState.RETIRED))
        {
            final RecordingHandler outcome = new RecordingHandler();
            final HttpConnection connection = scripted.engine().open(
                scripted.engine().endpoint(ScriptedEngine.server(1), ScriptedEngine.reconnecting()),
                (source, previous, current) ->
                {
                    if (closing == current)
                    {
                        source.close();
                    }
                });
            scripted.work();
            if (connection.isReady())
            {
                network.last().failsToWriteAfter(ConnectionState.IN_FLIGHT == closing ? 0 : Integer.MAX_VALUE);
                network.last().peerAnswers("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                connection.send(request, outcome);
                scripted.work();
                assertEquals(1, outcome.outcomes().size(), closing::name);
            }

            assertEquals(ConnectionState.CLOSED, connection.state(), closing::name);
            assertEquals(0, scripted.engine().connectionCount());
        }
    }

    @Test
    void shouldCloseTheEngineInGoodOrder()
    {
        final HttpConnection connection = connect();
        connection.send(request, handler);
        network.last().peerSends(Requests.answer("in time"));
        scripted.engine().close(scripted.clock().nanoTime() + SECOND_NS);

        assertEquals("in time", handler.only().body());
        assertTrue(scripted.engine().isClosed());
    }

    @Test
    void shouldNotWaitLongerThanTheDeadlineOfTheClose()
    {
        final HttpConnection connection = connect();
        connection.send(request, handler);
        final long startNs = scripted.clock().nanoTime();
        scripted.engine().close(startNs + SECOND_NS);

        assertEquals(ConnectionError.CLOSED_LOCALLY, handler.only().error());
        assertEquals(Delivery.UNKNOWN, handler.only().delivery());
        assertEquals(SECOND_NS, scripted.clock().nanoTime() - startNs, ScriptedEngine.IDLE_STEP_NS);
    }

    @Test
    void shouldRefuseNonsensicalPolicies()
    {
        assertThrows(IllegalArgumentException.class, () -> new ReconnectPolicy.Budget(0, 1));
        assertThrows(IllegalArgumentException.class, () -> new ReconnectPolicy.Budget(1, 0));
        assertThrows(IllegalArgumentException.class, () -> ReconnectPolicy.DEFAULT.withJitter(1));
        assertThrows(IllegalArgumentException.class, () -> ReconnectPolicy.DEFAULT.withMaxRounds(-1));
        assertThrows(IllegalArgumentException.class, () -> ReconnectPolicy.DEFAULT.withBudget(null));
    }

    private HttpConnection connect()
    {
        return scripted.connect(ScriptedEngine.reconnecting());
    }

    private HttpConnection open(final ReconnectPolicy policy)
    {
        return scripted.open(ScriptedEngine.configured(policy, RetirementPolicy.NEVER, Timeouts.DEFAULT), 1);
    }
}
