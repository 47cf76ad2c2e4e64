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

import io.peregrine.codec.AllocationGate;
import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.MemoryServer;
import io.peregrine.tls.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Duty cycles in which nothing happens allocate nothing, whatever their connections wait for. */
@Timeout(120)
class EngineAllocationTest
{
    private static final int CONNECTIONS = 4;
    private static final int WARM_UP_CYCLES = 50_000;
    private static final int CYCLES = 200_000;
    private static final String HOST = "localhost";

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final CountingTransports transports = new CountingTransports(new EngineContext().transportFactory());

    @Test
    void shouldNotAllocateWhenLookingAtIdleConnections() throws IOException
    {
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x"));
            HttpEngine engine = engineThatAlwaysLooks())
        {
            for (int i = 0; i < CONNECTIONS; i++)
            {
                new HttpConnectionBuilder(engine).connect(server.url());
            }
            assertNoGarbageWhileReading(engine);
            assertEquals(CONNECTIONS, engine.connectionCount());
        }
    }

    @Test
    void shouldNotAllocateWhenLookingAtIdleConnectionsOverTls() throws IOException
    {
        final CertificateAuthority authority = CertificateAuthority.ec("Venue root");
        try (TlsLoopbackServer server = new TlsLoopbackServer(
            MemoryServer.context(authority.leaf().dns(HOST).issue(), null), null, false,
            TlsLoopbackServer.answering(Requests.answer("x").getBytes(ISO_8859_1)));
            HttpEngine engine = engineThatAlwaysLooks())
        {
            new HttpConnectionBuilder(engine)
                .tls(Provider.WOLFSSL.config().trustPem(CertificateAuthority.pem(authority.certificate())).build())
                .connect(server.url(HOST));
            assertNoGarbageWhileReading(engine);
            assertEquals(1, engine.connectionCount());
        }
    }

    @Test
    void shouldNotAllocateWhileAnAnswerIsAwaited() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer(LoopbackServer.Session::awaitEnd);
            HttpEngine engine = engineThatAlwaysLooks())
        {
            final HttpConnection connection = new HttpConnectionBuilder(engine).connect(server.url());
            final RecordingHandler handler = new RecordingHandler();
            connection.send(
                Requests.get("/"), 1, engine.nanoTime() + TimeUnit.SECONDS.toNanos(100), handler);
            assertNoGarbageWhileReading(engine);
            assertEquals(ConnectionState.IN_FLIGHT, connection.state());
            connection.close();
            assertEquals(ConnectionError.CLOSED_LOCALLY, handler.only().error());
        }
    }

    @Test
    void shouldNotAllocateWhileBackingOff()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher))
        {
            final HttpConnection connection = scripted.connect(ScriptedEngine.reconnecting());
            scripted.network().unreachable(true);
            scripted.network().last().peerResets();
            scripted.advance(TimeUnit.SECONDS.toNanos(1));
            assertEquals(ConnectionState.BACKING_OFF, connection.state());
            assertNoGarbage(scripted.engine());
            assertEquals(ConnectionState.BACKING_OFF, connection.state());
        }
    }

    private HttpEngine engineThatAlwaysLooks()
    {
        return watcher.watch(new HttpEngine(
            new EngineContext().transportFactory(transports).idleLookIntervalNs(1)));
    }

    private void assertNoGarbageWhileReading(final HttpEngine engine)
    {
        final long readsBefore = transports.reads();
        final long cycles = assertNoGarbage(engine);
        assertTrue(transports.reads() - readsBefore >= cycles, "a read in each cycle");
    }

    private static long assertNoGarbage(final HttpEngine engine)
    {
        return AllocationGate.assertNoGarbage(WARM_UP_CYCLES, CYCLES, (count) ->
        {
            for (int i = 0; i < count; i++)
            {
                engine.doWork();
            }
        });
    }
}
