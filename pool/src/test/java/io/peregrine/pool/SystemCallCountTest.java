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

import io.peregrine.codec.ResponseLimits;
import io.peregrine.engine.CountingTransports;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.LoopbackServer;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedEngine;
import io.peregrine.engine.ScriptedTransport;
import io.peregrine.engine.TlsLoopbackServer;
import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.MemoryServer;
import io.peregrine.tls.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * An exchange costs one write, and one read when the answer arrives whole; a duty cycle reads the connections that
 * await an answer, and each idle one once in an interval: nothing may creep in.
 */
@Timeout(60)
class SystemCallCountTest
{
    private static final int EXCHANGES = 1000;
    private static final int CONNECTIONS = 100;
    private static final int MANY_CONNECTIONS = 1000;
    private static final int TICKETS_MAX = 2;
    private static final long INACTIVITY_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LONG_INTERVAL_NS = TimeUnit.HOURS.toNanos(1);

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    @Test
    void shouldWriteOnceAndReadOnceWhenTheAnswerIsThere()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = new ClientPoolBuilder(scripted.engine()).url("http://127.0.0.1:8001").build())
        {
            final ScriptedTransport peer = scripted.network().last();
            final RecordingHandler handler = new RecordingHandler();
            for (int i = 0; i < EXCHANGES; i++)
            {
                final int readsBefore = peer.reads();
                final ClientSlot slot = pool.tryAcquire();
                slot.send(slot.writer().get("/" + i).finish(), handler);
                assertEquals(i + 1, peer.writes());
                peer.peerSends(Requests.answer("x"));
                assertEquals(1, pool.doWork());
                assertEquals(1, peer.reads() - readsBefore);
                scripted.clock().advance(1000);
            }

            assertEquals(EXCHANGES, handler.outcomes().size());
            assertEquals(EXCHANGES, peer.writes());
        }
    }

    @Test
    void shouldWriteOnceAndReadOnceForAnExchangeThatWaits()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = new ClientPoolBuilder(scripted.engine()).url("http://127.0.0.1:8001").build();
            ClientSlot slot = pool.tryAcquire())
        {
            final ScriptedTransport peer = scripted.network().last();
            final int looks = peer.reads();
            for (int i = 1; i <= EXCHANGES; i++)
            {
                peer.peerAnswers(Requests.answer("x"));
                assertEquals("x", slot.exchange(slot.writer().get("/").finish()).bodyAsString());
                assertEquals(i, peer.writes());
                assertEquals(i, peer.reads() - looks);
            }
        }
    }

    @Test
    void shouldReadOnceMoreBeforeASendAfterInactivity()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = new ClientPoolBuilder(scripted.engine()).url("http://127.0.0.1:8001").build();
            ClientSlot slot = pool.tryAcquire())
        {
            final ScriptedTransport peer = scripted.network().last();
            final int looks = peer.reads();
            // Before the next look at an idle connection is due.
            for (int i = 1; i < EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS / INACTIVITY_NS; i++)
            {
                scripted.clock().advance(INACTIVITY_NS);
                peer.peerAnswers(Requests.answer("x"));
                assertEquals("x", slot.exchange(slot.writer().get("/").finish()).bodyAsString());
                assertEquals(i, peer.writes());
                assertEquals(2 * i, peer.reads() - looks);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldWriteOnceAndReadOnceThroughRings(final RequestRingKind kind)
    {
        final RecordingAnswers answers = new RecordingAnswers();
        try (ScriptedAtomicPool scripted = new ScriptedAtomicPool((context) -> context
            .requestRingKind(kind).pool().connections(1));
            PoolClient client = scripted.pool().newClient())
        {
            final ScriptedTransport peer = scripted.network().last();
            final int looks = peer.reads();
            for (int i = 1; i <= EXCHANGES; i++)
            {
                peer.peerAnswers(Requests.answer("x"));
                client.offer(client.get("/"));
                scripted.work();
                assertEquals(1, client.poll(answers, 2));
                assertEquals(i, peer.writes());
                assertEquals(i, peer.reads() - looks);
            }
            assertEquals(EXCHANGES, answers.verdicts().size());
        }
    }

    @Test
    void shouldWriteOnceAndReadOnceOverRealSockets() throws IOException
    {
        final CountingTransports transports = new CountingTransports(new EngineContext().transportFactory());
        final EngineContext context = new EngineContext()
            .transportFactory(transports)
            .idleLookIntervalNs(LONG_INTERVAL_NS);
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x"));
            HttpEngine engine = watcher.watch(new HttpEngine(context));
            ClientPool pool = new ClientPoolBuilder(engine).url(server.url()).build())
        {
            final long readsBefore = transports.reads() - transports.emptyReads();
            for (int i = 0; i < EXCHANGES; i++)
            {
                try (ClientSlot slot = pool.tryAcquire())
                {
                    assertEquals(200, slot.exchange(slot.writer().get("/").finish()).status());
                }
            }

            assertEquals(EXCHANGES, transports.writes());
            assertEquals(EXCHANGES, transports.reads() - transports.emptyReads() - readsBefore);
            assertEquals(1, transports.connects());
        }
    }

    @ParameterizedTest
    @EnumSource(Provider.class)
    void shouldWriteOnceAndReadOnceOverTls(final Provider provider) throws IOException
    {
        final CertificateAuthority authority = CertificateAuthority.ec("Venue root");
        final CountingTransports transports = new CountingTransports(new EngineContext().transportFactory());
        try (TlsLoopbackServer server = new TlsLoopbackServer(
            MemoryServer.context(authority.leaf().dns("localhost").issue(), null), null, false,
            TlsLoopbackServer.answering(Requests.answer("x").getBytes(ISO_8859_1)));
            HttpEngine engine = watcher.watch(new HttpEngine(new EngineContext()
                .transportFactory(transports)
                .idleLookIntervalNs(LONG_INTERVAL_NS)));
            ClientPool pool = new ClientPoolBuilder(engine)
                .url(server.url("localhost"))
                .tls(provider.config().trustPem(CertificateAuthority.pem(authority.certificate())).build())
                .build();
            ClientSlot slot = pool.tryAcquire())
        {
            final long writesBefore = transports.writes();
            final long readsBefore = transports.reads() - transports.emptyReads();
            for (int i = 0; i < EXCHANGES; i++)
            {
                assertEquals(200, slot.exchange(slot.writer().get("/").finish()).status());
            }

            final long reads = transports.reads() - transports.emptyReads() - readsBefore;
            assertEquals(EXCHANGES, transports.writes() - writesBefore);
            assertTrue(reads >= EXCHANGES && reads <= EXCHANGES + TICKETS_MAX, reads + " reads");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 7, CONNECTIONS })
    void shouldReadOnlyTheConnectionsThatAwaitAnAnswer(final int inFlight)
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = pool(scripted, CONNECTIONS))
        {
            final List<ScriptedTransport> peers = scripted.network().transports();
            final RecordingHandler handler = new RecordingHandler();
            for (int i = 0; i < inFlight; i++)
            {
                final ClientSlot slot = pool.tryAcquire();
                slot.send(slot.writer().get("/").finish(), handler);
            }

            // The one look at an idle connection that is due.
            pool.doWork();
            final int readsBefore = reads(peers);
            for (int i = 0; i < EXCHANGES; i++)
            {
                pool.doWork();
            }

            assertEquals(EXCHANGES * inFlight, reads(peers) - readsBefore);
            assertEquals(inFlight, writes(peers));
        }
    }

    @Test
    void shouldReadOnlyTheConnectionsThatAwaitAnAnswerThroughRings()
    {
        try (ScriptedAtomicPool scripted = new ScriptedAtomicPool(
            (context) -> context.pool().connections(CONNECTIONS));
            PoolClient client = scripted.pool().newClient())
        {
            final List<ScriptedTransport> peers = scripted.network().transports();
            final int inFlight = 7;
            for (int i = 0; i < inFlight; i++)
            {
                client.offer(client.get("/"));
            }

            scripted.work();
            final int readsBefore = reads(peers);
            for (int i = 0; i < EXCHANGES; i++)
            {
                scripted.pool().invoker().invoke();
            }

            assertEquals(EXCHANGES * inFlight, reads(peers) - readsBefore);
            assertEquals(inFlight, writes(peers));
        }
    }

    @Test
    void shouldLookAtEachOfManyIdleConnectionsOnceInAnInterval()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = pool(scripted, MANY_CONNECTIONS))
        {
            final List<ScriptedTransport> peers = scripted.network().transports();
            pool.doWork();
            final int readsAtStart = reads(peers);
            for (int i = 0; i < EXCHANGES; i++)
            {
                pool.doWork();
            }
            assertEquals(readsAtStart, reads(peers), "no time has passed");

            final int cycles = 10 * MANY_CONNECTIONS;
            for (int i = 0; i < cycles; i++)
            {
                scripted.clock().advance(EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS / cycles);
                pool.doWork();
            }
            assertEquals(MANY_CONNECTIONS, reads(peers) - readsAtStart);
            assertEquals(0, writes(peers));
        }
    }

    private static ClientPool pool(final ScriptedEngine scripted, final int connections)
    {
        return new ClientPoolBuilder(scripted.engine())
            .url("http://127.0.0.1:8001")
            .connections(connections)
            .receiveBufferLength(ResponseLimits.DEFAULT.maxHeadLength())
            .transmitBufferLength(1024)
            .build();
    }

    private static int reads(final List<ScriptedTransport> transports)
    {
        return transports.stream().mapToInt(ScriptedTransport::reads).sum();
    }

    private static int writes(final List<ScriptedTransport> transports)
    {
        return transports.stream().mapToInt(ScriptedTransport::writes).sum();
    }
}
