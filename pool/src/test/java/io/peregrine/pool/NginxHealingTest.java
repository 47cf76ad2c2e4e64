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

import io.peregrine.engine.Delivery;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.NginxServer;
import io.peregrine.engine.RecordingHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A server that others wrote dies, comes back and reloads under load; its access log is the judge. */
@Timeout(120)
class NginxHealingTest
{
    private static final int EXCHANGES = 10_000;
    private static final int FIRST_EVENT = 2_000;
    private static final int SECOND_EVENT = 5_000;
    private static final int CONNECTIONS = 4;
    private static final long ACQUIRE_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    /** Something that happens to the server while exchanges go on. */
    private interface Event
    {
        void happen() throws IOException;
    }

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final RecordingHandler handler = new RecordingHandler();
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    @Test
    void shouldAccountForEveryExchangeWhenTheServerCrashes() throws Exception
    {
        try (NginxServer server = new NginxServer(1_000); ClientPool pool = pool(server))
        {
            exchange(server, pool, () ->
            {
                server.kill();
                server.start();
            });
            assertTrue(answers() > EXCHANGES - 100, answers() + " answers");
            thenLogAgrees(server, 2);
        }
    }

    @Test
    void shouldAccountForEveryExchangeWhenTheServerReloads() throws Exception
    {
        try (NginxServer server = new NginxServer(1_000_000); ClientPool pool = pool(server))
        {
            exchange(server, pool, server::reload);
            assertTrue(answers() > EXCHANGES - 20, answers() + " answers");
            thenLogAgrees(server, 0);
        }
    }

    private void exchange(final NginxServer server, final ClientPool pool, final Event event)
        throws InterruptedException
    {
        Thread thread = null;
        for (int id = 0; id < EXCHANGES; id++)
        {
            if (FIRST_EVENT == id || SECOND_EVENT == id)
            {
                thread = start(event);
            }
            final ClientSlot slot = pool.acquire(pool.engine().nanoTime() + ACQUIRE_TIMEOUT_NS);
            assertNotNull(slot, "no slot within 30 s");
            slot.send(slot.writer().get("/fixed").query("id", Integer.toString(id)).finish(), id, handler);
            while (handler.outcomes().size() <= id)
            {
                pool.doWork();
            }
            if (FIRST_EVENT + 1_000 == id || SECOND_EVENT + 1_000 == id)
            {
                thread.join();
            }
        }

        assertNull(failure.get());
        assertEquals(EXCHANGES, handler.outcomes().size());
    }

    private Thread start(final Event event)
    {
        return Thread.ofPlatform().start(() ->
        {
            try
            {
                event.happen();
            }
            catch (final IOException ex)
            {
                failure.set(ex);
            }
        });
    }

    /** A worker that is killed has written no log of an answer that it just gave. */
    private void thenLogAgrees(final NginxServer server, final int maxMissing) throws IOException
    {
        final int[] logged = new int[EXCHANGES];
        final List<String> log = server.awaitAccessLog((int)answers() - maxMissing);
        for (final String line : log)
        {
            final int start = line.indexOf("id=") + 3;
            logged[Integer.parseInt(line.substring(start, line.indexOf(' ', start)))]++;
        }

        int missing = 0;
        for (final RecordingHandler.Outcome outcome : handler.outcomes())
        {
            final int times = logged[(int)outcome.correlationId()];
            assertTrue(times <= 1, () -> "sent twice: " + outcome);
            if (Delivery.NOT_SENT == outcome.delivery())
            {
                assertEquals(0, times, outcome::toString);
            }
            else if (Delivery.ANSWERED == outcome.delivery())
            {
                missing += 1 - times;
            }
        }
        assertTrue(missing <= maxMissing, missing + " answers that are in no log");
    }

    private long answers()
    {
        return handler.outcomes().stream().filter((outcome) -> Delivery.ANSWERED == outcome.delivery()).count();
    }

    private static ClientPool pool(final NginxServer server)
    {
        return new ClientPoolBuilder().url(server.url()).connections(CONNECTIONS).build();
    }
}
