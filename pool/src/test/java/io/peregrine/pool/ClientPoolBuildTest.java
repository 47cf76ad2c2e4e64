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
package io.peregrine.pool;

import io.peregrine.codec.HttpException;
import io.peregrine.codec.RequestError;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.ReconnectPolicy;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedEngine;
import io.peregrine.engine.ScriptedNetwork;
import io.peregrine.engine.ScriptedTransport;
import io.peregrine.engine.SocketOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A pool is built whole, or not at all. */
class ClientPoolBuildTest
{
    private static final String URL = "http://127.0.0.1:8001";

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final ScriptedNetwork network = scripted.network();

    @AfterEach
    void closeEngine()
    {
        assertEquals(0, scripted.engine().connectionCount());
        scripted.close();
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldConnectEverySlot()
    {
        try (ClientPool pool = builder().connections(4).build())
        {
            assertEquals(4, pool.size());
            assertEquals(4, pool.available());
            assertEquals(4, network.openCount());
            assertSame(scripted.engine(), pool.engine());
            for (int i = 0; i < pool.size(); i++)
            {
                assertTrue(pool.slot(i).connection().isReady());
                assertEquals(8001, network.get(i).address().getPort());
            }
        }
    }

    @Test
    void shouldHaveOneConnectionUnlessTold()
    {
        try (ClientPool pool = builder().build())
        {
            assertEquals(1, pool.size());
        }
    }

    @Test
    void shouldConnectAllSlotsAtTheSameTime()
    {
        final long startNs = scripted.engine().nanoTime();
        network.usually(ScriptedTransport::keepsConnecting);
        final ClientPoolBuilder builder = builder().connections(5).connectTimeout(Duration.ofMillis(50));
        assertThrows(ExchangeException.class, builder::build);

        assertEquals(5, network.size());
        assertTrue(scripted.engine().nanoTime() - startNs < TimeUnit.MILLISECONDS.toNanos(55));
    }

    @Test
    void shouldFailWholeWhenOneConnectionIsRefused()
    {
        for (int failing = 0; failing < 4; failing++)
        {
            for (int i = 0; i < failing; i++)
            {
                network.next((transport) -> {});
            }
            network.next((transport) -> transport.failsToConnect("Connection refused"));
            final ExchangeException ex = assertThrows(ExchangeException.class, builder().connections(4)::build);

            assertEquals(ConnectionError.CONNECT_FAILED, ex.error());
            assertEquals(Delivery.NOT_SENT, ex.delivery());
            assertTrue(ex.getMessage().contains("Connection refused"), ex.getMessage());
            assertEquals(0, network.openCount());
            assertEquals(0, scripted.engine().connectionCount());
        }
    }

    @Test
    void shouldFailWholeWhenOneConnectionTimesOut()
    {
        network.next((transport) -> {}).next((transport) -> {}).next(ScriptedTransport::keepsConnecting);
        final ExchangeException ex = assertThrows(ExchangeException.class, builder().connections(3)::build);

        assertEquals(ConnectionError.CONNECT_TIMEOUT, ex.error());
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldFailWholeWhenTheServerAcceptsAndDrops()
    {
        network.next(ScriptedTransport::keepsConnecting);
        network.usually(ScriptedTransport::peerEnds);
        final ExchangeException ex = assertThrows(
            ExchangeException.class, builder().connections(3).connectTimeout(Duration.ofMillis(50))::build);

        // The one that never connects holds the build up for long enough to see the others end.
        assertTrue(
            ConnectionError.IDLE_CONNECTION_ENDED == ex.error() || ConnectionError.CONNECT_TIMEOUT == ex.error(),
            ex.getMessage());
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldSayWhyWhenAConnectionEndsBeforeTheOthersAreMade()
    {
        network.next((transport) -> {});
        network.next(ScriptedTransport::peerEnds);
        network.next(ScriptedTransport::keepsConnecting);
        network.usually((transport) -> transport.failsToConnect("Connection refused"));
        final ExchangeException ex = assertThrows(ExchangeException.class, builder().connections(3)::build);

        assertTrue(ex.error() instanceof ConnectionError, ex.getMessage());
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldLeaveNothingOpenWhenOptionsAreRefused()
    {
        assertThrows(IllegalArgumentException.class, builder().receiveBufferLength(100)::build);
        assertEquals(
            RequestError.INVALID_HEADER_NAME,
            assertThrows(HttpException.class, builder().defaultHeader("X Y", "z")::build).error());
        assertEquals(
            RequestError.INVALID_TARGET,
            assertThrows(HttpException.class, builder().basePath("no-slash")::build).error());
        assertThrows(IllegalArgumentException.class, () -> builder().connections(0));
        assertThrows(IllegalArgumentException.class, () -> builder().transmitBufferLength(0));
        assertThrows(IllegalArgumentException.class, () -> builder().reconnectPolicy(ReconnectPolicy.NEVER));
        assertEquals(0, network.size());
    }

    @Test
    void shouldRefuseWhatIsNoServer()
    {
        assertEquals(
            RequestError.INVALID_URL,
            assertThrows(HttpException.class, new ClientPoolBuilder(scripted.engine())::build).error());
        assertEquals(
            RequestError.INVALID_URL,
            assertThrows(HttpException.class, () -> builder().url("http://127.0.0.1/?a=b")).error());
        assertEquals(
            RequestError.INVALID_URL,
            assertThrows(HttpException.class, () -> builder().url("ftp://127.0.0.1")).error());
        assertEquals(
            ConnectionError.RESOLVE_FAILED,
            assertThrows(HttpException.class, builder().url("http://no-such-host.invalid")::build).error());
    }

    @Test
    void shouldGiveEveryRequestBasePathAndDefaultHeaders()
    {
        try (ClientPool pool = builder()
            .url(URL + "/api/")
            .defaultHeader("X-Key", "k")
            .defaultHeader("Accept", "application/json")
            .build())
        {
            final ClientSlot slot = pool.tryAcquire();
            network.last().peerSends(Requests.answer("x"));
            slot.exchange(slot.writer().get("/v3/time").finish());

            assertEquals("GET /api/v3/time HTTP/1.1\r\nHost: 127.0.0.1:8001\r\n" +
                "X-Key: k\r\nAccept: application/json\r\n\r\n", network.last().written());
        }
        try (ClientPool pool = builder().url(URL + "/api").basePath("/other").build())
        {
            final ClientSlot slot = pool.tryAcquire();
            network.last().peerSends(Requests.answer("x"));
            slot.exchange(slot.writer().get("/v3/time").finish());
            assertTrue(network.last().written().startsWith("GET /other/v3/time "), network.last().written());
        }
    }

    @Test
    void shouldPassSocketOptionsOn()
    {
        try (ClientPool pool = builder().disableNagle(false).sendBufferSize(70_000).build())
        {
            assertEquals(new SocketOptions(false, 0, 0, 70_000), network.last().socketOptions());
            assertEquals(1, pool.available());
        }
    }

    @Test
    void shouldBoundRequestsByTheTransmitBuffer()
    {
        try (ClientPool pool = builder().transmitBufferLength(64).build())
        {
            final ClientSlot slot = pool.tryAcquire();
            final HttpException ex = assertThrows(
                HttpException.class, () -> slot.writer().post("/").body(new byte[100]).finish());
            assertEquals(RequestError.REQUEST_TOO_LARGE, ex.error());
            assertEquals("", network.last().written());
        }
    }

    @Test
    void shouldShareOneEngineBetweenPools()
    {
        try (ClientPool pool = builder().connections(2).build())
        {
            try (ClientPool other = builder().url("http://127.0.0.1:8002").connections(3).build())
            {
                assertSame(pool.engine(), other.engine());
                assertEquals(5, scripted.engine().connectionCount());
            }

            assertEquals(2, scripted.engine().connectionCount());
            assertEquals(2, pool.available());
        }
    }

    @Test
    void shouldTakeAnEngineThatIsClosedFirst()
    {
        try (ClientPool pool = builder().connections(2).build())
        {
            scripted.close();
            assertEquals(0, pool.available());
            assertThrows(IllegalStateException.class, pool::doWork);
        }
    }

    private ClientPoolBuilder builder()
    {
        return new ClientPoolBuilder(scripted.engine()).url(URL);
    }
}
