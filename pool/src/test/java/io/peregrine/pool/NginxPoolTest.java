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

import io.peregrine.codec.ResponseError;
import io.peregrine.codec.ResponseLimits;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.NginxServer;
import io.peregrine.engine.RecordingHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A pool against a server that others wrote. */
@Timeout(120)
class NginxPoolTest
{
    private static final int EXCHANGES = 1000;
    private static final int KEEP_ALIVE_REQUESTS = 100;
    private static final int RECEIVE_BUFFER_LENGTH = 256 * 1024;
    private static final int HEAD_ROOM = 1024;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    @Test
    void shouldReuseEachConnectionForAsLongAsTheServerAllows() throws IOException
    {
        try (NginxServer server = new NginxServer(KEEP_ALIVE_REQUESTS); ClientPool pool = pool(server, 1))
        {
            for (int i = 0; i < EXCHANGES; i++)
            {
                try (ClientSlot slot = pool.acquire(deadline(pool)))
                {
                    final RestResponse response = slot.exchange(slot.writer().get("/fixed").query("i", i).finish());
                    assertEquals(200, response.status());
                    assertEquals(server.fixedBody(), response.bodyAsString());
                    final boolean isLast = 0 == (i + 1) % KEEP_ALIVE_REQUESTS;
                    assertEquals(isLast ? "close" : "keep-alive", response.header("Connection"), "request " + i);
                }
            }

            assertEquals(0, pool.engine().counters().get(EngineCounter.FAILURES));
            assertEquals(EXCHANGES / KEEP_ALIVE_REQUESTS, connectionsUsed(server.awaitAccessLog(EXCHANGES)));
            assertEquals(EXCHANGES, server.awaitAccessLog(EXCHANGES).size());
        }
    }

    @Test
    void shouldKeepSeveralSlotsInFlight() throws IOException
    {
        final int connections = 4;
        final RecordingHandler handler = new RecordingHandler();
        try (NginxServer server = new NginxServer(KEEP_ALIVE_REQUESTS); ClientPool pool = pool(server, connections))
        {
            for (int i = 0; i < EXCHANGES; i++)
            {
                final ClientSlot slot = pool.acquire(deadline(pool));
                slot.send(slot.writer().get("/fixed").query("i", i).finish(), i, handler);
            }
            while (handler.outcomes().size() < EXCHANGES || pool.available() < connections)
            {
                pool.doWork();
            }

            handler.outcomes().forEach((outcome) -> assertEquals(server.fixedBody(), outcome.body()));
            final List<String> log = server.awaitAccessLog(EXCHANGES);
            assertEquals(EXCHANGES, log.size());
            assertEquals(EXCHANGES, log.stream().map((line) -> line.substring(line.indexOf("GET"))).distinct().count());
            assertTrue(connectionsUsed(log) <= EXCHANGES / KEEP_ALIVE_REQUESTS + connections);
        }
    }

    @Test
    void shouldTakeAnswersWithoutABodyAndErrors() throws IOException
    {
        try (NginxServer server = new NginxServer(KEEP_ALIVE_REQUESTS);
            ClientPool pool = pool(server, 1))
        {
            Files.writeString(server.directory().resolve("small.txt"), "small");
            final ClientSlot slot = pool.tryAcquire();
            final RestResponse head = slot.exchange(slot.writer().head("/files/small.txt").finish());
            assertEquals(200, head.status());
            assertEquals("5", head.header("Content-Length"));
            assertEquals(0, head.bodyLength());

            final RestResponse missing = slot.exchange(slot.writer().get("/files/missing.txt").finish());
            assertEquals(404, missing.status());
            assertTrue(missing.bodyAsString().contains("404 Not Found"));

            final RestResponse notAllowed = slot.exchange(slot.writer().post("/files/small.txt").body("x").finish());
            assertEquals(405, notAllowed.status());

            final RestResponse found = slot.exchange(slot.writer().get("/files/small.txt").finish());
            assertEquals("small", found.bodyAsString());
            final String etag = found.header("ETag");
            final RestResponse notModified = slot.exchange(
                slot.writer().get("/files/small.txt").header("If-None-Match", etag).finish());
            assertEquals(304, notModified.status());
            assertEquals(0, notModified.bodyLength());

            final RestResponse range = slot.exchange(
                slot.writer().get("/files/small.txt").header("Range", "bytes=1-3").finish());
            assertEquals(206, range.status());
            assertEquals("mal", range.bodyAsString());

            slot.close();
            assertEquals(1, connectionsUsed(server.awaitAccessLog(6)), "one connection served all");
        }
    }

    @Test
    void shouldDecodeChunks() throws IOException
    {
        try (NginxServer server = new NginxServer(KEEP_ALIVE_REQUESTS); ClientPool pool = pool(server, 1))
        {
            final String text = "0123456789abcdef".repeat(100 * 1024 / 16);
            Files.writeString(server.directory().resolve("large.txt"), text);
            final ClientSlot slot = pool.tryAcquire();
            for (int i = 0; i < 20; i++)
            {
                final RestResponse response = slot.exchange(slot.writer().get("/chunked/large.txt").finish());
                assertEquals("chunked", response.header("Transfer-Encoding"));
                assertNull(response.header("Content-Length"));
                assertEquals(text, response.bodyAsString());
            }
            slot.close();
            assertEquals(1, connectionsUsed(server.awaitAccessLog(20)));
        }
    }

    @Test
    void shouldTakeABodyThatJustFits() throws IOException
    {
        try (NginxServer server = new NginxServer(KEEP_ALIVE_REQUESTS); ClientPool pool = pool(server, 1))
        {
            final String text = "0123456789abcdef".repeat((RECEIVE_BUFFER_LENGTH - HEAD_ROOM) / 16);
            Files.writeString(server.directory().resolve("fits.txt"), text);
            final ClientSlot slot = pool.tryAcquire();
            assertEquals(text, slot.exchange(slot.writer().get("/files/fits.txt").finish()).bodyAsString());
            slot.close();
        }
    }

    @Test
    void shouldRefuseABodyThatIsTooLargeAndHeal() throws IOException
    {
        try (NginxServer server = new NginxServer(KEEP_ALIVE_REQUESTS);
            ClientPool pool = pool(server, 1))
        {
            Files.write(server.directory().resolve("large.txt"), new byte[2 * RECEIVE_BUFFER_LENGTH]);
            assertRefused(pool, "/files/large.txt", ResponseError.RECEIVE_BUFFER_TOO_SMALL);
            assertRefused(pool, "/chunked/large.txt", ResponseError.RECEIVE_BUFFER_TOO_SMALL);
            try (ClientSlot slot = pool.acquire(deadline(pool)))
            {
                assertEquals(200, slot.exchange(slot.writer().get("/fixed").finish()).status());
            }
        }
        try (NginxServer server = new NginxServer(KEEP_ALIVE_REQUESTS);
            ClientPool pool = new ClientPoolBuilder()
                .url(server.url())
                .responseLimits(ResponseLimits.DEFAULT.maxBodyLength(server.fixedBody().length() - 1))
                .build())
        {
            assertRefused(pool, "/fixed", ResponseError.BODY_TOO_LARGE);
        }
    }

    @Test
    void shouldHealWhenTheServerComesBack() throws IOException
    {
        try (NginxServer server = new NginxServer(KEEP_ALIVE_REQUESTS); ClientPool pool = pool(server, 2))
        {
            server.stop();
            while (pool.available() > 0)
            {
                pool.doWork();
            }

            assertNull(pool.tryAcquire());
            assertNull(pool.acquire(pool.engine().nanoTime() + TimeUnit.MILLISECONDS.toNanos(50)));

            server.start();
            try (ClientSlot slot = pool.acquire(deadline(pool)))
            {
                assertEquals(200, slot.exchange(slot.writer().get("/fixed").finish()).status());
            }
        }
    }

    private static void assertRefused(final ClientPool pool, final String path, final ResponseError error)
    {
        try (ClientSlot slot = pool.acquire(deadline(pool)))
        {
            final ExchangeException ex = assertThrows(
                ExchangeException.class, () -> slot.exchange(slot.writer().get(path).finish()));
            assertEquals(error, ex.error());
            assertEquals(Delivery.UNKNOWN, ex.delivery());
            assertFalse(slot.connection().isReady());
        }
    }

    private ClientPool pool(final NginxServer server, final int connections)
    {
        final ClientPool pool = new ClientPoolBuilder()
            .url(server.url())
            .connections(connections)
            .receiveBufferLength(RECEIVE_BUFFER_LENGTH)
            .build();
        watcher.watch(pool.engine());
        return pool;
    }

    private static long connectionsUsed(final List<String> log)
    {
        return log.stream().map((line) -> line.substring(0, line.indexOf(' '))).distinct().count();
    }

    private static long deadline(final ClientPool pool)
    {
        return pool.engine().nanoTime() + TimeUnit.SECONDS.toNanos(20);
    }
}
