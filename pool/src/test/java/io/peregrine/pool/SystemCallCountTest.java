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

import io.peregrine.engine.CountingTransports;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.LoopbackServer;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedEngine;
import io.peregrine.engine.ScriptedTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** An exchange costs one write, and one read when the answer arrives whole: nothing may creep in. */
@Timeout(60)
class SystemCallCountTest
{
    private static final int EXCHANGES = 1000;
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

    @Test
    void shouldReadOnlyTheConnectionsThatAwaitAnAnswer() throws IOException
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = new ClientPoolBuilder(scripted.engine())
                .url("http://127.0.0.1:8001").connections(100).build())
        {
            final ClientSlot slot = pool.tryAcquire();
            slot.send(slot.writer().get("/").finish(), new RecordingHandler());
            final int readsBefore = reads(scripted);
            for (int i = 0; i < EXCHANGES; i++)
            {
                pool.doWork();
            }

            assertTrue(reads(scripted) - readsBefore <= EXCHANGES + 1);
        }
    }

    private static int reads(final ScriptedEngine scripted)
    {
        return scripted.network().transports().stream().mapToInt(ScriptedTransport::reads).sum();
    }
}
