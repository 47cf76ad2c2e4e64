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

import io.peregrine.codec.HttpException;
import io.peregrine.codec.Request;
import io.peregrine.codec.RequestError;
import io.peregrine.codec.ResponseLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static io.peregrine.engine.ConnectionState.BACKING_OFF;
import static io.peregrine.engine.ConnectionState.CONNECTING;
import static io.peregrine.engine.ConnectionState.POISONED;
import static io.peregrine.engine.ConnectionState.READY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Connecting, to one of several addresses, and connecting again. */
class HttpConnectionConnectTest
{
    private static final String URL = "http://127.0.0.1:8001/base";

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
    void shouldConnectWithoutBlockingTheDutyCycle()
    {
        network.next(ScriptedTransport::keepsConnecting);
        final HttpConnection connection = scripted.open(ConnectionConfig.DEFAULT, 1);
        final HttpConnection other = scripted.connect();
        network.last().peerSends(Requests.answer("x"));
        assertEquals("x", other.exchange(request).bodyAsString());
        assertEquals(CONNECTING, connection.state());

        network.get(0).finishesConnecting();
        scripted.work();
        assertEquals(READY, connection.state());
        assertNull(connection.connectError());
        assertNull(connection.connectErrorDetail());
        assertEquals(ScriptedEngine.addresses(1)[0], connection.remoteAddress());
    }

    @Test
    void shouldTimeOutToConnect()
    {
        network.next(ScriptedTransport::keepsConnecting);
        final HttpConnection connection = scripted.open(ConnectionConfig.DEFAULT, 1);
        scripted.advance(Timeouts.DEFAULT.connectNs());
        assertEquals(CONNECTING, connection.state());
        scripted.advance(1);

        assertEquals(POISONED, connection.state());
        assertEquals(ConnectionError.CONNECT_TIMEOUT, connection.connectError());
        assertTrue(connection.connectErrorDetail().contains("8001"), connection.connectErrorDetail());
        assertTrue(connection.isPoisoned());
        assertEquals(1, scripted.count(EngineCounter.CONNECT_ATTEMPTS));
        assertEquals(0, scripted.count(EngineCounter.CONNECTS));
    }

    @Test
    void shouldTryTheNextAddress()
    {
        network.next((transport) -> transport.failsToConnect("Connection refused"));
        network.next(ScriptedTransport::keepsConnecting);
        final HttpConnection connection = scripted.open(ConnectionConfig.DEFAULT, 3);
        scripted.work();
        assertEquals(CONNECTING, connection.state());
        assertEquals(ConnectionError.CONNECT_FAILED, connection.connectError());
        scripted.advance(Timeouts.DEFAULT.connectNs() + 1);

        assertEquals(READY, connection.state());
        assertEquals(ScriptedEngine.addresses(3)[2], connection.remoteAddress());
        assertEquals(ScriptedEngine.addresses(3)[0], network.get(0).address());
        assertEquals(ScriptedEngine.addresses(3)[1], network.get(1).address());
        assertEquals(3, scripted.count(EngineCounter.CONNECT_ATTEMPTS));
        assertEquals(1, scripted.count(EngineCounter.CONNECTS));
        assertEquals(0, connection.roundsInVain());
    }

    @Test
    void shouldGiveUpWhenEveryAddressRefuses()
    {
        network.usually((transport) -> transport.failsToConnect("Connection refused"));
        final HttpConnection connection = scripted.open(ConnectionConfig.DEFAULT, 3);
        scripted.work();

        assertEquals(POISONED, connection.state());
        assertEquals(3, network.size());
        assertEquals(1, connection.roundsInVain());
        connection.send(request, handler);
        assertEquals(ConnectionError.CONNECTION_POISONED, handler.only().error());
        assertEquals(Delivery.NOT_SENT, handler.only().delivery());
    }

    @Test
    void shouldTakeAnAttemptThatFailsAtOnce()
    {
        network.unreachable(true);
        final HttpConnection connection = scripted.open(ConnectionConfig.DEFAULT, 2);
        scripted.work();

        assertEquals(POISONED, connection.state());
        assertEquals(ConnectionError.CONNECT_FAILED, connection.connectError());
        assertEquals(2, scripted.engine().counters().get(ConnectionError.CONNECT_FAILED));
    }

    @Test
    void shouldStartFromTheAddressThatWorked()
    {
        network.next((transport) -> transport.failsToConnect("Connection refused"));
        final HttpConnection connection = scripted.open(ScriptedEngine.reconnecting(), 3);
        scripted.work();
        serve(connection);
        network.last().peerEnds();
        connection.send(request, handler);
        scripted.work();

        assertEquals(READY, connection.state());
        assertEquals(ScriptedEngine.addresses(3)[1], network.get(1).address());
        assertEquals(ScriptedEngine.addresses(3)[1], network.get(2).address());
    }

    @Test
    void shouldReconnectAtOnceThenBackOff()
    {
        final HttpConnection connection = scripted.connect(ScriptedEngine.reconnecting());
        serve(connection);
        network.usually((transport) -> transport.failsToConnect("Connection refused"));
        network.last().peerEnds();
        connection.send(request, handler);
        scripted.work();
        assertEquals(2, network.size(), "once at once");

        final int[] delaysMs = { 100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000 };
        for (int i = 0; i < delaysMs.length; i++)
        {
            assertEquals(BACKING_OFF, connection.state());
            assertEquals(i + 1, connection.roundsInVain());
            scripted.advance(TimeUnit.MILLISECONDS.toNanos(delaysMs[i]) - 1);
            assertEquals(i + 2, network.size(), "not before " + delaysMs[i] + " ms");
            scripted.advance(1);
            assertEquals(i + 3, network.size(), "after " + delaysMs[i] + " ms");
        }

        assertEquals(ConnectionError.IDLE_CONNECTION_ENDED, handler.only().error(), "a look came before the send");
        assertEquals(ConnectionError.CONNECT_FAILED, connection.lastError());
        network.usually((transport) -> {});
        scripted.advance(TimeUnit.SECONDS.toNanos(5));
        assertEquals(READY, connection.state());
        assertFalse(connection.isPoisoned());
        assertNull(connection.connectError());
    }

    @Test
    void shouldStartTheBackOffAnewOnceTheConnectionServed()
    {
        final HttpConnection connection = afterThreeRoundsInVain();
        serve(connection);
        network.last().peerEnds();
        connection.send(request, handler);
        scripted.work();

        assertEquals(READY, connection.state(), "reconnected at once");
        assertEquals(0, connection.roundsInVain());
    }

    @Test
    void shouldStartTheBackOffAnewOnceTheConnectionGrewOld()
    {
        final HttpConnection connection = afterThreeRoundsInVain();
        scripted.advance(ReconnectPolicy.DEFAULT.maxDelayNs() + 1);
        network.last().peerEnds();
        scripted.advance(EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS);

        assertEquals(READY, connection.state());
        assertEquals(0, connection.roundsInVain());
    }

    @Test
    void shouldNotHammerAServerThatAcceptsAndDrops()
    {
        final HttpConnection connection = afterThreeRoundsInVain();
        network.last().peerEnds();
        final int connectsBefore = network.size();
        scripted.advance(EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS);

        assertEquals(BACKING_OFF, connection.state());
        assertEquals(4, connection.roundsInVain());
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(800) - 1);
        assertEquals(connectsBefore, network.size());
        scripted.advance(1);
        assertEquals(connectsBefore + 1, network.size());
    }

    @Test
    void shouldRefuseToSendWhileReconnecting()
    {
        final HttpConnection connection = scripted.connect(ScriptedEngine.reconnecting());
        network.usually(ScriptedTransport::keepsConnecting);
        network.last().peerAnswers("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        connection.exchange(request);
        connection.send(request, handler);
        assertEquals(ConnectionError.NOT_CONNECTED, handler.only().error());

        scripted.work();
        assertEquals(CONNECTING, connection.state());
        network.last().finishesConnecting();
        scripted.work();
        network.last().peerAnswers(Requests.answer("new"));
        assertEquals("new", connection.exchange(request).bodyAsString());
        assertEquals(1, connection.exchangesServed());
    }

    @Test
    void shouldCloseInEveryState()
    {
        network.next(ScriptedTransport::keepsConnecting);
        scripted.open(ScriptedEngine.reconnecting(), 1).close();
        network.next((transport) -> transport.failsToConnect("Connection refused"));
        final HttpConnection backingOff = scripted.open(ScriptedEngine.reconnecting(), 1);
        scripted.work();
        assertEquals(BACKING_OFF, backingOff.state());
        backingOff.close();
        scripted.connect().close();
        scripted.advance(TimeUnit.SECONDS.toNanos(60));

        assertEquals(3, network.size(), "a closed connection does not reconnect");
        assertEquals(0, network.openCount());
        assertEquals(0, scripted.engine().connectionCount());
    }

    @Test
    void shouldBuildWithEveryOption()
    {
        final HttpConnection connection = new HttpConnectionBuilder(scripted.engine())
            .disableNagle(false)
            .tcpKeepalive(Duration.ofSeconds(20))
            .recvBufferSize(70_000)
            .sendBufferSize(80_000)
            .connectTimeout(Duration.ofSeconds(1))
            .requestTimeout(Duration.ofMillis(30))
            .receiveBufferLength(16 * 1024)
            .responseLimits(ResponseLimits.DEFAULT.maxBodyLength(10))
            .connect(URL);

        assertEquals(
            new SocketOptions(false, TimeUnit.SECONDS.toNanos(20), 70_000, 80_000), network.last().socketOptions());
        assertEquals(ScriptedEngine.addresses(1)[0].getPort(), network.last().address().getPort());
        connection.send(request, handler);
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(30) + 1);
        assertEquals(ConnectionError.REQUEST_TIMEOUT, handler.only().error());
        assertEquals(POISONED, connection.state(), "a single connection does not reconnect");
    }

    @Test
    void shouldDisableNagleUnlessTold()
    {
        new HttpConnectionBuilder(scripted.engine()).connect(URL);
        assertEquals(SocketOptions.DEFAULT, network.last().socketOptions());
        assertTrue(SocketOptions.DEFAULT.isNagleDisabled());
    }

    @Test
    void shouldCloseWhatCannotConnect()
    {
        network.usually((transport) -> transport.failsToConnect("Connection refused"));
        final ExchangeException ex = assertThrows(ExchangeException.class, this::connect);
        assertEquals(ConnectionError.CONNECT_FAILED, ex.error());
        assertEquals(Delivery.NOT_SENT, ex.delivery());
        assertEquals(0, scripted.engine().connectionCount());

        network.usually(ScriptedTransport::keepsConnecting);
        assertEquals(ConnectionError.CONNECT_TIMEOUT, assertThrows(ExchangeException.class, this::connect).error());
        assertEquals(0, scripted.engine().connectionCount());
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldSayWhyWhenTheServerAcceptsAndDrops()
    {
        network.usually(ScriptedTransport::peerEnds);
        final ExchangeException ex = assertThrows(ExchangeException.class, () ->
        {
            // The look at idle connections falls into the cycle that connects, sooner or later.
            for (int i = 0; i < 100; i++)
            {
                connect();
            }
        });

        assertEquals(ConnectionError.IDLE_CONNECTION_ENDED, ex.error());
    }

    @Test
    void shouldRefuseWhatIsNoServer()
    {
        assertEquals(
            RequestError.INVALID_URL,
            assertThrows(HttpException.class, () -> connect("127.0.0.1")).error());
        assertEquals(
            ConnectionError.RESOLVE_FAILED,
            assertThrows(HttpException.class, () -> connect("http://no-such-host.invalid")).error());
        assertEquals(0, network.size());
    }

    @Test
    void shouldRefuseNonsensicalOptions()
    {
        final HttpConnectionBuilder builder = new HttpConnectionBuilder(scripted.engine());
        assertThrows(IllegalArgumentException.class, () -> builder.connectTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.requestTimeout(Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class, () -> builder.tcpKeepalive(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.recvBufferSize(0));
        assertThrows(IllegalArgumentException.class, () -> builder.sendBufferSize(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.receiveBufferLength(0));
        assertThrows(IllegalArgumentException.class, () -> builder.receiveBufferLength(100).connect(URL));
        assertThrows(IllegalArgumentException.class, () -> builder.resolveTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.writeTimeout(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.firstByteTimeout(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> builder.addressMaxAge(Duration.ofNanos(-1)));
        assertThrows(IllegalArgumentException.class, () -> builder.validateAfterInactivity(Duration.ofNanos(-1)));
        assertEquals(0, scripted.engine().connectionCount());
    }

    private HttpConnection afterThreeRoundsInVain()
    {
        for (int i = 0; i < 3; i++)
        {
            network.next((transport) -> transport.failsToConnect("Connection refused"));
        }
        final HttpConnection connection = scripted.open(ScriptedEngine.reconnecting(), 1);
        scripted.work();
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(100));
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(200));
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(400));
        assertEquals(READY, connection.state());
        assertEquals(3, connection.roundsInVain());

        return connection;
    }

    private void serve(final HttpConnection connection)
    {
        network.last().peerAnswers(Requests.answer("served"));
        assertEquals("served", connection.exchange(request).bodyAsString());
    }

    private HttpConnection connect()
    {
        return connect(URL);
    }

    private HttpConnection connect(final String url)
    {
        return new HttpConnectionBuilder(scripted.engine()).connect(url);
    }
}
