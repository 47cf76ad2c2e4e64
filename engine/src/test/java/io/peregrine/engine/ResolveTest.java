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

import io.peregrine.codec.HttpUrl;
import io.peregrine.codec.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Names are looked up off the engine's thread, and all their addresses are tried. */
class ResolveTest
{
    private static final String HOST = "venue.test";

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final ScriptedNetwork network = scripted.network();
    private final ScriptedResolver resolver = scripted.resolver();
    private final Request request = Requests.get("/");

    @AfterEach
    void closeEngine()
    {
        scripted.close();
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldWaitForTheLookUpAsAStateOfItsOwn()
    {
        resolver.set(HOST, "10.0.0.1");
        resolver.holdUp();
        final HttpConnection connection = open(HOST);
        scripted.work();
        assertEquals(ConnectionState.RESOLVING, connection.state());
        resolver.release();
        scripted.work();

        assertEquals(ConnectionState.READY, connection.state());
        assertEquals(List.of("10.0.0.1"), tried());
    }

    @Test
    void shouldGiveUpALookUpThatDoesNotEnd()
    {
        resolver.holdUp();
        final HttpConnection connection = open(HOST);
        scripted.advance(Timeouts.DEFAULT.resolveNs());
        assertEquals(ConnectionState.RESOLVING, connection.state());
        scripted.advance(1);
        assertEquals(ConnectionState.BACKING_OFF, connection.state());
        assertEquals(ConnectionError.RESOLVE_TIMEOUT, connection.lastError());

        scripted.advance(TimeUnit.MINUTES.toNanos(1));
        assertEquals(1, resolver.lookUps(), "one at a time");
        resolver.set(HOST, "10.0.0.1");
        resolver.release();
        scripted.advance(TimeUnit.SECONDS.toNanos(5));
        assertEquals(ConnectionState.READY, connection.state());
    }

    @Test
    void shouldGoOnLookingUpANameThatDoesNotExist()
    {
        final HttpConnection connection = open(HOST);
        assertEquals(ConnectionError.RESOLVE_FAILED, scriptedWork(connection).lastError());
        assertEquals(ConnectionState.BACKING_OFF, connection.state());
        resolver.set(HOST, "10.0.0.1");
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(100));
        assertEquals(ConnectionState.READY, connection.state());
    }

    @Test
    void shouldTryAllAddressesWithTheFamiliesTakingTurns()
    {
        resolver.set(HOST, "10.0.0.1", "10.0.0.2", "10.0.0.3", "::1", "::2");
        network.usually((transport) -> transport.failsToConnect("refused"));
        open(HOST);
        scripted.work();

        assertEquals(List.of("10.0.0.1", "0:0:0:0:0:0:0:1", "10.0.0.2", "0:0:0:0:0:0:0:2", "10.0.0.3"), tried());
    }

    @Test
    void shouldLookUpAgainOnlyWhenTheAddressesAreOld()
    {
        resolver.set(HOST, "10.0.0.1");
        final HttpConnection connection = open(HOST);
        serve(scriptedWork(connection));
        resolver.set(HOST, "10.0.0.2");
        network.last().peerEnds();
        scripted.advance(EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS);
        assertEquals(1, resolver.lookUps());
        assertEquals(List.of("10.0.0.1", "10.0.0.1"), tried());

        serve(connection);
        scripted.clock().advance(ConnectionConfig.ADDRESS_MAX_AGE_DEFAULT_NS);
        network.last().peerEnds();
        scripted.work();
        assertEquals(2, resolver.lookUps());
        assertEquals(List.of("10.0.0.1", "10.0.0.1", "10.0.0.2"), tried());
    }

    @Test
    void shouldUseOldAddressesWhenALookUpFails()
    {
        resolver.set(HOST, "10.0.0.1");
        final HttpConnection connection = open(HOST);
        serve(scriptedWork(connection));
        resolver.remove(HOST);
        scripted.clock().advance(ConnectionConfig.ADDRESS_MAX_AGE_DEFAULT_NS);
        network.last().peerEnds();
        scripted.work();

        assertEquals(ConnectionState.READY, connection.state());
        assertEquals(List.of("10.0.0.1", "10.0.0.1"), tried());
        assertEquals(1, scripted.engine().counters().get(ConnectionError.RESOLVE_FAILED));
    }

    @ParameterizedTest
    @ValueSource(strings = { "127.0.0.1", "[::1]" })
    void shouldLookUpNoAddress(final String literal)
    {
        final HttpConnection connection = open(literal);
        scripted.work();

        assertTrue(connection.isReady());
        assertEquals(0, resolver.lookUps());
    }

    @Test
    void shouldShareALookUpAmongTheConnectionsOfAnEndpoint()
    {
        resolver.set(HOST, "10.0.0.1");
        resolver.holdUp();
        final Endpoint endpoint = endpoint(HOST);
        for (int i = 0; i < 8; i++)
        {
            scripted.engine().open(endpoint, (connection, previous, current) -> {});
        }
        resolver.release();
        scripted.work();

        assertEquals(8, network.openCount());
        assertEquals(1, resolver.lookUps());
    }

    private HttpConnection open(final String host)
    {
        return scripted.engine().open(endpoint(host), (connection, previous, current) -> {});
    }

    private Endpoint endpoint(final String host)
    {
        return scripted.engine().endpoint(
            ServerAddress.of(HttpUrl.parse("http://" + host)), ScriptedEngine.reconnecting());
    }

    private HttpConnection scriptedWork(final HttpConnection connection)
    {
        scripted.work();
        return connection;
    }

    private void serve(final HttpConnection connection)
    {
        network.last().peerAnswers(Requests.answer("x"));
        connection.exchange(request);
    }

    private List<String> tried()
    {
        return network.transports().stream()
            .map((transport) -> transport.address().getAddress().getHostAddress())
            .toList();
    }
}
