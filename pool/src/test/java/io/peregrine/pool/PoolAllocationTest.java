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

import com.sun.management.ThreadMXBean;
import io.peregrine.codec.AllocationGate;
import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.HeaderName;
import io.peregrine.codec.Request;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.CountingTransports;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.LoopbackServer;
import io.peregrine.engine.ReconnectPolicy;
import io.peregrine.engine.ResponseHandler;
import io.peregrine.engine.RetirementPolicy;
import io.peregrine.engine.ScriptedEngine;
import io.peregrine.engine.ShortWrites;
import io.peregrine.engine.TlsLoopbackServer;
import io.peregrine.engine.TransportFactory;
import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.MemoryServer;
import io.peregrine.tls.Provider;
import io.peregrine.tls.TlsConfig;
import org.agrona.AsciiSequenceView;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Exchanges over the loopback interface leave no garbage on the client's thread: not a byte in a hundred thousand. */
@Timeout(300)
class PoolAllocationTest
{
    private static final int CONNECTIONS = 4;
    private static final int WARM_UP_EXCHANGES = 30_000;
    private static final int EXCHANGES = 100_000;
    private static final int FEWER_EXCHANGES = 20_000;
    private static final int HEALED_CONNECTIONS = 500;
    private static final int MAX_GARBAGE_OF_HEALING = 16 * 1024;
    private static final long FIRST_TIMESTAMP_MS = 1_700_000_000_000L;
    private static final long ORDER_ID = 987_654_321L;
    private static final byte[] ORDER =
        "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"quantity\":1}".getBytes(ISO_8859_1);
    private static final int LARGE_ORDER_LENGTH = 30 * 1024;
    private static final String HEAD =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Used-Weight: 12\r\n";
    private static final String ANSWER = HEAD + "Content-Length: 21\r\n\r\n{\"orderId\":" + ORDER_ID + "}";
    private static final String CHUNKED_ANSWER =
        HEAD + "Transfer-Encoding: chunked\r\n\r\nb\r\n{\"orderId\":\r\na\r\n" + ORDER_ID + "}\r\n0\r\n\r\n";

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ThreadMXBean threadMxBean = (ThreadMXBean)ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer order = new UnsafeBuffer(ORDER);
    private final UnsafeBuffer largeOrder = new UnsafeBuffer(new byte[LARGE_ORDER_LENGTH]);
    private final AnswerHandler handler = new AnswerHandler();
    private final Queue queue = new Queue();
    private long timestampMs = FIRST_TIMESTAMP_MS;

    @Test
    void shouldNotAllocateWhenSending() throws IOException
    {
        assertNoGarbage(ANSWER, EXCHANGES, this::sendOnOneSlot);
    }

    @Test
    void shouldNotAllocateWhenSendingOnSeveralSlots() throws IOException
    {
        assertNoGarbage(ANSWER, FEWER_EXCHANGES, this::sendOnEverySlot);
    }

    @Test
    void shouldNotAllocateWhenExchanging() throws IOException
    {
        assertNoGarbage(ANSWER, EXCHANGES, this::exchange);
    }

    @Test
    void shouldNotAllocateWhenChunksAreDecoded() throws IOException
    {
        assertNoGarbage(CHUNKED_ANSWER, FEWER_EXCHANGES, this::exchange);
    }

    @Test
    void shouldNotAllocateWhenDeadlinesAreGiven() throws IOException
    {
        assertNoGarbage(ANSWER, FEWER_EXCHANGES, this::sendByDeadlines);
    }

    @Test
    void shouldNotAllocateWhenWaitingForASlot() throws IOException
    {
        assertNoGarbage(ANSWER, FEWER_EXCHANGES, this::sendAfterWaiting);
    }

    @Test
    void shouldNotAllocateWhenHandlersWaitForASlot() throws IOException
    {
        assertNoGarbage(ANSWER, FEWER_EXCHANGES, this::sendFromTheQueue);
    }

    @Test
    void shouldNotAllocateWhenNoSlotIsReady()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = new ClientPoolBuilder(scripted.engine())
                .url("http://127.0.0.1:8001").maxWaiting(1).build())
        {
            final ClientSlot slot = pool.tryAcquire();
            final long total = AllocationGate.assertNoGarbage(
                WARM_UP_EXCHANGES, EXCHANGES, (count) -> askInVain(scripted, pool, count));

            assertEquals(2 * total, queue.refusals);
            slot.close();
        }
    }

    @Test
    void shouldNotAllocateWhenAnAnswerComesInParts() throws IOException
    {
        final byte[] head = CHUNKED_ANSWER.substring(0, 70).getBytes(ISO_8859_1);
        final byte[] rest = CHUNKED_ANSWER.substring(70).getBytes(ISO_8859_1);
        try (LoopbackServer server = new LoopbackServer((session) -> session.answerQuickly(head, rest)))
        {
            assertNoGarbage(new ClientPoolBuilder().url(server.url()), FEWER_EXCHANGES, this::exchange);
        }
    }

    @Test
    void shouldNotAllocateWhenTheSocketTakesARequestInParts() throws IOException
    {
        final byte[] answer = ANSWER.getBytes(ISO_8859_1);
        final TransportFactory sockets = new EngineContext().transportFactory();
        final CountingTransports transports = new CountingTransports(
            (address, options) -> new ShortWrites(sockets.connect(address, options), LARGE_ORDER_LENGTH / 2));
        try (LoopbackServer server = new LoopbackServer((session) -> session.answerQuickly(answer));
            HttpEngine engine = new HttpEngine(new EngineContext().transportFactory(transports)))
        {
            assertNoGarbage(new ClientPoolBuilder(engine).url(server.url()), FEWER_EXCHANGES,
                (pool, count) -> exchange(pool, count, largeOrder));
            assertTrue(transports.writes() >= 3 * handler.answers, "head and both halves in three parts at least");
        }
    }

    @Test
    void shouldNotAllocateWhenExchangingOverTls() throws IOException
    {
        assertNoGarbageOverTls(EXCHANGES, this::exchange);
    }

    @Test
    void shouldNotAllocateWhenSendingOverTlsOnSeveralSlots() throws IOException
    {
        assertNoGarbageOverTls(FEWER_EXCHANGES, this::sendOnEverySlot);
    }

    /** Each answer ends its connection, so that every exchange is over a new one. */
    @Test
    void shouldHealWithinABoundOfGarbage() throws IOException
    {
        final String lastAnswer = HEAD + "Connection: close\r\nContent-Length: 2\r\n\r\nok";
        try (LoopbackServer server = LoopbackServer.answering(lastAnswer);
            ClientPool pool = new ClientPoolBuilder().url(server.url()).reconnectPolicy(ReconnectPolicy.DEFAULT
                .withBudget(new ReconnectPolicy.Budget(1_000_000, 1))).build())
        {
            heal(pool, HEALED_CONNECTIONS);
            final long allocatedBefore = threadMxBean.getCurrentThreadAllocatedBytes();
            heal(pool, HEALED_CONNECTIONS);
            final long allocated = threadMxBean.getCurrentThreadAllocatedBytes() - allocatedBefore;

            assertTrue(allocated / HEALED_CONNECTIONS < MAX_GARBAGE_OF_HEALING,
                allocated / HEALED_CONNECTIONS + " bytes for each connection");
        }
    }

    private static void heal(final ClientPool pool, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            try (ClientSlot slot = pool.acquire(deadline(pool)))
            {
                slot.exchange(slot.writer().get("/").finish());
            }
        }
    }

    private void assertNoGarbage(final String answer, final int count, final Exchanges exchanges) throws IOException
    {
        final byte[] answerBytes = answer.getBytes(ISO_8859_1);
        try (LoopbackServer server = new LoopbackServer((session) -> session.answerQuickly(answerBytes)))
        {
            assertNoGarbage(new ClientPoolBuilder().url(server.url()), count, exchanges);
        }
    }

    private void assertNoGarbageOverTls(final int count, final Exchanges exchanges) throws IOException
    {
        final CertificateAuthority authority = CertificateAuthority.ec("Venue root");
        final SSLContext servers = MemoryServer.context(authority.leaf().dns("localhost").issue(), null);
        final TlsConfig config = Provider.WOLFSSL.config()
            .trustPem(CertificateAuthority.pem(authority.certificate())).build();
        try (TlsLoopbackServer server = new TlsLoopbackServer(
            servers, null, false, TlsLoopbackServer.answering(ANSWER.getBytes(ISO_8859_1))))
        {
            assertNoGarbage(new ClientPoolBuilder().url(server.url("localhost")).tls(config), count, exchanges);
        }
    }

    private void assertNoGarbage(final ClientPoolBuilder builder, final int count, final Exchanges exchanges)
    {
        try (ClientPool pool = builder
                .connections(CONNECTIONS)
                .retirementPolicy(RetirementPolicy.NEVER)
                .defaultHeader("X-Api-Key", "key")
                .build())
        {
            watcher.watch(pool.engine());
            final long total = AllocationGate.assertNoGarbage(
                WARM_UP_EXCHANGES, count, (n) -> exchanges.run(pool, n));

            assertEquals(total, handler.answers);
            assertEquals(total, pool.engine().counters().get(EngineCounter.ANSWERS));
            assertEquals(CONNECTIONS, pool.engine().counters().get(EngineCounter.CONNECTS));
        }
    }

    private void sendOnOneSlot(final ClientPool pool, final int count)
    {
        final long lastAnswer = handler.answers + count;
        while (handler.answers < lastAnswer)
        {
            final ClientSlot slot = pool.tryAcquire();
            slot.send(order(slot), timestampMs, handler);
            awaitAnswers(pool, handler.answers + 1);
        }
    }

    private void sendOnEverySlot(final ClientPool pool, final int count)
    {
        final long lastAnswer = handler.answers + count;
        int toSend = count;
        while (handler.answers < lastAnswer)
        {
            for (ClientSlot slot = next(pool, toSend); null != slot; slot = next(pool, toSend))
            {
                slot.send(order(slot), timestampMs, handler);
                toSend--;
            }
            pool.doWork();
        }
    }

    private static ClientSlot next(final ClientPool pool, final int toSend)
    {
        return toSend > 0 ? pool.tryAcquire() : null;
    }

    private void sendByDeadlines(final ClientPool pool, final int count)
    {
        for (int i = 0; i < count; i += 2)
        {
            final ClientSlot sending = pool.acquire(deadline(pool));
            sending.send(order(sending), timestampMs, deadline(pool), handler);
            try (ClientSlot slot = pool.acquire(deadline(pool)))
            {
                handler.onResponse(0, slot.exchange(order(slot), deadline(pool)));
            }
            awaitAnswers(pool, pool.engine().counters().get(EngineCounter.REQUESTS));
        }
    }

    private void sendAfterWaiting(final ClientPool pool, final int count)
    {
        final long lastAnswer = handler.answers + count;
        for (int i = 0; i < count; i++)
        {
            final ClientSlot slot = pool.acquire(deadline(pool));
            slot.send(order(slot), timestampMs, handler);
        }
        awaitAnswers(pool, lastAnswer);
    }

    private void sendFromTheQueue(final ClientPool pool, final int count)
    {
        final long firstAnswer = handler.answers;
        for (int asked = 0; asked < count; asked++)
        {
            pool.acquire(deadline(pool), asked, queue);
            awaitAnswers(pool, firstAnswer + asked - 2 * CONNECTIONS);
        }
        awaitAnswers(pool, firstAnswer + count);
    }

    /** One who waits until the deadline, and one too many. */
    private void askInVain(final ScriptedEngine scripted, final ClientPool pool, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertNull(pool.tryAcquire());
            pool.acquire(pool.engine().nanoTime() + 1, i, queue);
            pool.acquire(pool.engine().nanoTime() + 1, i, queue);
            scripted.clock().advance(1);
            pool.doWork();
        }
    }

    private void awaitAnswers(final ClientPool pool, final long answers)
    {
        while (handler.answers < answers)
        {
            pool.doWork();
        }
    }

    private static long deadline(final ClientPool pool)
    {
        return pool.engine().nanoTime() + TimeUnit.SECONDS.toNanos(20);
    }

    private void exchange(final ClientPool pool, final int count)
    {
        exchange(pool, count, order);
    }

    private void exchange(final ClientPool pool, final int count, final UnsafeBuffer body)
    {
        for (int i = 0; i < count; i++)
        {
            try (ClientSlot slot = pool.acquire(pool.engine().nanoTime()))
            {
                handler.onResponse(0, slot.exchange(order(slot, body)));
            }
        }
    }

    private Request order(final ClientSlot slot)
    {
        return order(slot, order);
    }

    private Request order(final ClientSlot slot, final UnsafeBuffer body)
    {
        timestampMs++;
        return slot.writer()
            .post("/api/v3/order")
            .query("timestamp", timestampMs)
            .header(AnswerHandler.TIMESTAMP, timestampMs)
            .body(body, 0, body.capacity())
            .finish();
    }

    @FunctionalInterface
    private interface Exchanges
    {
        void run(ClientPool pool, int count);
    }

    /** Sends as soon as there is a slot. */
    private final class Queue implements AcquireHandler
    {
        private long refusals;

        @Override
        public void onAcquired(final long correlationId, final ClientSlot slot)
        {
            slot.send(order(slot), correlationId, handler);
        }

        @Override
        public void onAcquireFailed(final long correlationId, final ErrorCode error)
        {
            refusals++;
        }
    }

    /** Reads what a strategy would read of an answer. */
    private static final class AnswerHandler implements ResponseHandler
    {
        private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");
        private static final HeaderName CONTENT_TYPE = HeaderName.of("Content-Type");
        private static final HeaderName USED_WEIGHT = HeaderName.of("x-used-weight");
        private static final HeaderName RETRY_AFTER = HeaderName.of("Retry-After");
        private static final int ORDER_ID_OFFSET = "{\"orderId\":".length();

        private final AsciiSequenceView contentType = new AsciiSequenceView();
        private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
        private long answers;

        @Override
        public void onResponse(final long correlationId, final RestResponse response)
        {
            response.body(body);
            final int orderIdLength = response.bodyLength() - ORDER_ID_OFFSET - 1;
            if (200 != response.status() ||
                12 != response.headerAsLong(USED_WEIGHT, -1) ||
                -1 != response.headerAsLong(RETRY_AFTER, -1) ||
                !response.header(CONTENT_TYPE, contentType) ||
                'j' != contentType.charAt(12) ||
                ORDER_ID != body.parseNaturalLongAscii(ORDER_ID_OFFSET, orderIdLength))
            {
                throw new AssertionError(response.bodyAsString());
            }

            answers++;
        }

        @Override
        public void onFailure(final long correlationId, final ExchangeFailure failure)
        {
            throw new AssertionError(failure.toString());
        }
    }
}
