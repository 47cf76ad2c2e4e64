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

import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.LoopbackServer;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.engine.Requests;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A pool with an engine of its own, over real sockets. */
@Timeout(60)
class LoopbackPoolTest
{
    private static final int CONNECTIONS = 4;
    private static final int EXCHANGES = 400;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final RecordingHandler handler = new RecordingHandler();

    @Test
    void shouldKeepSeveralSlotsInFlight() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer(LoopbackPoolTest::echoPath); ClientPool pool = pool(server))
        {
            int sent = 0;
            while (handler.outcomes().size() < EXCHANGES)
            {
                while (sent < EXCHANGES && pool.available() > 0)
                {
                    final ClientSlot slot = pool.tryAcquire();
                    slot.send(slot.writer().get("/" + sent).finish(), sent, handler);
                    sent++;
                }
                pool.doWork();
            }

            assertEveryAnswerIsItsOwn(EXCHANGES);
            assertEquals(CONNECTIONS, server.connectionCount());
            assertEquals(CONNECTIONS, pool.available());
            for (int i = 0; i < CONNECTIONS; i++)
            {
                assertFalse(server.requests(i).isEmpty(), "connection " + i + " took part");
            }
        }
    }

    @Test
    void shouldReplaceConnectionsThatTheServerCloses() throws IOException
    {
        final int requestsPerConnection = 10;
        try (LoopbackServer server = new LoopbackServer((session) ->
        {
            String request = session.readRequest();
            for (int i = 1; i < requestsPerConnection && null != request; i++)
            {
                session.send(Requests.answer(path(request)));
                request = session.readRequest();
            }
            if (null != request)
            {
                session.send(
                    "HTTP/1.0 200 OK\r\n" + Requests.answer(path(request)).substring("HTTP/1.1 200 OK\r\n".length()));
            }
        });
            ClientPool pool = pool(server))
        {
            for (int i = 0; i < EXCHANGES; i++)
            {
                try (ClientSlot slot = pool.acquire(deadline(pool)))
                {
                    assertEquals("/" + i, slot.exchange(slot.writer().get("/" + i).finish()).bodyAsString());
                }
            }

            assertEquals(EXCHANGES / requestsPerConnection, pool.engine().counters().get(EngineCounter.RETIREMENTS));
            assertEquals(0, pool.engine().counters().get(EngineCounter.FAILURES));
            awaitAllAvailable(pool);
        }
    }

    @Test
    void shouldSendNothingTwiceToAServerThatResets() throws IOException
    {
        final AtomicInteger received = new AtomicInteger();
        try (LoopbackServer server = new LoopbackServer((session) ->
        {
            for (String request = session.readRequest(); null != request; request = session.readRequest())
            {
                if (received.incrementAndGet() % 7 == 0)
                {
                    session.reset();
                    return;
                }
                session.send(Requests.answer(path(request)));
            }
        });
            ClientPool pool = pool(server))
        {
            for (int i = 0; i < EXCHANGES; i++)
            {
                final ClientSlot slot = pool.acquire(deadline(pool));
                slot.send(slot.writer().get("/" + i).finish(), i, handler);
            }
            awaitAllAvailable(pool);

            assertEquals(EXCHANGES, handler.outcomes().size());
            final Set<String> paths = new HashSet<>();
            server.requests().forEach((request) -> assertTrue(paths.add(path(request)), "sent twice: " + request));
            for (final RecordingHandler.Outcome outcome : handler.outcomes())
            {
                final String path = "/" + outcome.correlationId();
                assertEquals(outcome.delivery() != Delivery.NOT_SENT, paths.contains(path), outcome.toString());
                assertTrue(null != outcome.error() || path.equals(outcome.body()), outcome.toString());
            }
            assertEquals(EXCHANGES / 7, handler.outcomes().stream().filter((o) -> null != o.error()).count());
        }
    }

    @Test
    void shouldNotTakeAnAnswerThatNobodyAskedForAsTheNextOne() throws IOException
    {
        try (LoopbackServer server = new LoopbackServer((session) ->
        {
            for (String request = session.readRequest(); null != request; request = session.readRequest())
            {
                session.send(Requests.answer(path(request)) + Requests.answer("stray"));
            }
        });
            ClientPool pool = pool(server))
        {
            for (int i = 0; i < EXCHANGES; i++)
            {
                try (ClientSlot slot = pool.acquire(deadline(pool)))
                {
                    assertEquals("/" + i, slot.exchange(slot.writer().get("/" + i).finish()).bodyAsString());
                }
            }
        }
    }

    @Test
    void shouldFailWholeWhenNobodyListens() throws IOException
    {
        final ClientPoolBuilder builder = new ClientPoolBuilder().url(LoopbackServer.refusingUrl()).connections(3);
        final ExchangeException ex = assertThrows(ExchangeException.class, builder::build);

        assertEquals(ConnectionError.CONNECT_FAILED, ex.error());
        assertEquals(Delivery.NOT_SENT, ex.delivery());
    }

    @Test
    void shouldCloseItsOwnEngine() throws IOException
    {
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x")))
        {
            final ClientPool pool = pool(server);
            final ClientSlot slot = pool.tryAcquire();
            slot.send(slot.writer().get("/").finish(), handler);
            pool.close();

            assertEquals(ConnectionError.CLOSED_LOCALLY, handler.only().error());
            assertTrue(pool.engine().isClosed());
        }
    }

    @Test
    void shouldChangeHandsWithItsEngine() throws IOException, InterruptedException
    {
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x")))
        {
            final ClientPool pool = pool(server);
            final Thread thread = new Thread(() ->
            {
                pool.engine().onStart();
                try (ClientSlot slot = pool.tryAcquire())
                {
                    handler.onResponse(0, slot.exchange(slot.writer().get("/").finish()));
                }
            });
            thread.start();
            thread.join();
            pool.engine().onStart();
            pool.close();

            assertEquals("x", handler.only().body());
        }
    }

    private ClientPool pool(final LoopbackServer server)
    {
        final ClientPool pool = new ClientPoolBuilder().url(server.url()).connections(CONNECTIONS).build();
        watcher.watch(pool.engine());
        assertEquals(CONNECTIONS, pool.available());
        return pool;
    }

    private void assertEveryAnswerIsItsOwn(final int count)
    {
        final Set<Long> ids = new HashSet<>();
        for (final RecordingHandler.Outcome outcome : handler.outcomes())
        {
            assertEquals("/" + outcome.correlationId(), outcome.body());
            ids.add(outcome.correlationId());
        }
        assertEquals(count, ids.size());
    }

    private static void awaitAllAvailable(final ClientPool pool)
    {
        while (pool.available() < pool.size())
        {
            pool.doWork();
        }
        assertNotNull(pool.tryAcquire());
    }

    private static long deadline(final ClientPool pool)
    {
        return pool.engine().nanoTime() + TimeUnit.SECONDS.toNanos(20);
    }

    private static void echoPath(final LoopbackServer.Session session) throws IOException
    {
        for (String request = session.readRequest(); null != request; request = session.readRequest())
        {
            session.send(Requests.answer(path(request)));
        }
    }

    private static String path(final String request)
    {
        return request.substring(request.indexOf(' ') + 1, request.indexOf(" HTTP"));
    }
}
