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
import io.peregrine.codec.FinalStage;
import io.peregrine.codec.HeaderName;
import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.LoopbackServer;
import io.peregrine.engine.ReconnectPolicy;
import io.peregrine.engine.Requests;
import io.peregrine.engine.RetirementPolicy;
import io.peregrine.engine.TlsLoopbackServer;
import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.MemoryServer;
import io.peregrine.tls.Provider;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Exactly no garbage in steady state, on the strategy's thread and on the engine's. */
@Timeout(600)
class AtomicAllocationTest
{
    private static final int CONNECTIONS = 2;
    private static final int ORDERS = 50_000;
    private static final int FEWER_ORDERS = 20_000;
    private static final int LATE_ORDERS = 16;
    private static final int FIRST_ORDERS = 500;
    private static final int SMALL_RING_LENGTH = 8 * 1024;
    private static final long IDLE_STEP_NS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);
    private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");
    private static final byte[] ORDER = "{\"symbol\":\"BTCUSDT\",\"quantity\":1}".getBytes(ISO_8859_1);
    private static final byte[] ANSWER =
        "HTTP/1.1 200 OK\r\nX-Used-Weight: 12\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1);
    private static final String LAST_ANSWER = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final UnsafeBuffer order = new UnsafeBuffer(ORDER);
    private final Answers answers = new Answers();
    private PoolCounters counters;

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldNotAllocate(final RequestRingKind kind) throws IOException
    {
        assertNoGarbage((context) -> context.requestRingKind(kind), ORDERS, ANSWER, this::sendByBothLanes);
    }

    @Test
    void shouldNotAllocateWhenHeadersAreCaptured() throws IOException
    {
        assertNoGarbage(
            (context) -> context.captureHeaders("X-Used-Weight"), FEWER_ORDERS, ANSWER, this::sendByBothLanes);
    }

    @Test
    void shouldNotAllocateWhenExchanging() throws IOException
    {
        assertNoGarbage((context) -> {}, FEWER_ORDERS, ANSWER, this::exchange);
    }

    @Test
    void shouldNotAllocateWhenPushedBack() throws IOException
    {
        assertNoGarbage(
            (context) -> context.requestSlots(4).prioritySlots(4), FEWER_ORDERS, ANSWER, this::offerUntilPushedBack);
    }

    @Test
    void shouldNotAllocateWhenAnswersCrossInParts() throws IOException
    {
        assertNoGarbage((context) -> context.answerRingLength(8 * SMALL_RING_LENGTH), FEWER_ORDERS,
            answer(2 * SMALL_RING_LENGTH), this::sendByBothLanes);
    }

    @Test
    void shouldNotAllocateWhenAnswersAreHeldForAStrategyThatDoesNotPoll() throws IOException
    {
        assertNoGarbage((context) -> context.answerRingLength(SMALL_RING_LENGTH), FEWER_ORDERS,
            answer(SMALL_RING_LENGTH / 10), this::pollLate);
    }

    @Test
    void shouldNotAllocateOverTls() throws IOException
    {
        final CertificateAuthority authority = CertificateAuthority.ec("Venue root");
        try (TlsLoopbackServer server = new TlsLoopbackServer(
            MemoryServer.context(authority.leaf().dns("localhost").issue(), null), null, false,
            TlsLoopbackServer.answering(ANSWER)))
        {
            assertNoGarbage(new ClientPoolBuilder()
                .url(server.url("localhost"))
                .tls(Provider.WOLFSSL.config().trustPem(CertificateAuthority.pem(authority.certificate())).build()),
                (context) -> {}, FEWER_ORDERS, this::sendByBothLanes);
        }
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldNotAllocateInAnIdleDutyCycle(final RequestRingKind kind)
    {
        try (ScriptedAtomicPool scripted = new ScriptedAtomicPool((context) -> context.requestRingKind(kind));
            PoolClient client = scripted.pool().newClient())
        {
            AllocationGate.assertNoGarbage(ORDERS, ORDERS, (count) ->
            {
                for (int i = 0; i < count; i++)
                {
                    scripted.advance(IDLE_STEP_NS);
                    client.poll(answers, CONNECTIONS);
                }
            });
        }
    }

    /** Each answer ends its connection, and the next one finds a view of the memory that orders are written to. */
    @Test
    void shouldNotAllocateForTheFirstOrderOfAConnection() throws IOException
    {
        final AtomicClientPoolContext context = new AtomicClientPoolContext().isInvokerUsed(true);
        try (LoopbackServer server = LoopbackServer.answering(LAST_ANSWER);
            AtomicClientPool pool = AtomicClientPool.launch(context.pool(new ClientPoolBuilder().url(server.url())
                .reconnectPolicy(ReconnectPolicy.DEFAULT.withBudget(new ReconnectPolicy.Budget(1_000_000, 1)))));
            PoolClient client = pool.newClient())
        {
            sendFirstOrders(pool, client);
            final int clean = sendFirstOrders(pool, client);
            assertTrue(clean > FIRST_ORDERS / 2, clean + " of " + FIRST_ORDERS + " without garbage");
        }
    }

    private void assertNoGarbage(
        final Consumer<AtomicClientPoolContext> settings,
        final int count,
        final byte[] answer,
        final ObjIntConsumer<PoolClient> work) throws IOException
    {
        try (LoopbackServer server = new LoopbackServer((session) -> session.answerQuickly(answer)))
        {
            assertNoGarbage(new ClientPoolBuilder().url(server.url()), settings, count, work);
        }
    }

    private void assertNoGarbage(
        final ClientPoolBuilder builder,
        final Consumer<AtomicClientPoolContext> settings,
        final int count,
        final ObjIntConsumer<PoolClient> work)
    {
        final AtomicClientPoolContext context = new AtomicClientPoolContext()
            .pool(builder.connections(CONNECTIONS).retirementPolicy(RetirementPolicy.NEVER))
            .idleStrategy(new YieldingIdleStrategy());
        settings.accept(context);
        try (AtomicClientPool pool = AtomicClientPool.launch(context);
            PoolClient client = pool.newClient())
        {
            counters = pool.counters();
            final long total = AllocationGate.assertNoGarbage(
                count, count, (n) -> work.accept(client, n), pool.engineThread().threadId());

            assertEquals(total, answers.count);
        }
    }

    /** How many of them were written to the socket without garbage. */
    private int sendFirstOrders(final AtomicClientPool pool, final PoolClient client)
    {
        int clean = 0;
        for (int i = 0; i < FIRST_ORDERS; i++)
        {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            offer(client, client.writer(), i);
            pool.invoker().invoke();
            clean += THREADS.getCurrentThreadAllocatedBytes() == before ? 1 : 0;

            final long connects = pool.engineCounters().get(EngineCounter.CONNECTS);
            while (client.outstanding() > 0 || pool.engineCounters().get(EngineCounter.CONNECTS) == connects)
            {
                pool.invoker().invoke();
                client.poll(answers, 1);
            }
        }

        return clean;
    }

    /** Two at a time, by both lanes. */
    private void sendByBothLanes(final PoolClient client, final int count)
    {
        for (int i = 0; i < count; i += CONNECTIONS)
        {
            offer(client, client.writer(), i);
            offer(client, client.priorityWriter(), i);
            pollAll(client);
        }
    }

    private void exchange(final PoolClient client, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            answers.onResponse(0, client.exchange(request(client.writer(), i), PATIENCE_NS), client.times());
        }
    }

    /** More than there are slots for: what is refused is offered again. */
    private void offerUntilPushedBack(final PoolClient client, final int count)
    {
        for (int i = 0; i < count; i++)
        {
            final Request request = request(client.writer(), i).finish();
            while (PoolClient.BACK_PRESSURED == client.offer(request))
            {
                poll(client);
            }
        }
        pollAll(client);
    }

    /** Only when answers have been held: there are more orders than answers fit into the ring. */
    private void pollLate(final PoolClient client, final int count)
    {
        for (int i = 0; i < count; i += LATE_ORDERS)
        {
            final long stallsBefore = counters.get(PoolCounter.STALLS);
            for (int order = 0; order < LATE_ORDERS; order++)
            {
                offer(client, client.writer(), i + order);
            }
            while (counters.get(PoolCounter.STALLS) == stallsBefore)
            {
                Thread.yield();
            }
            pollAll(client);
        }
    }

    private void pollAll(final PoolClient client)
    {
        while (client.outstanding() > 0)
        {
            poll(client);
        }
    }

    private void poll(final PoolClient client)
    {
        if (0 == client.poll(answers, CONNECTIONS))
        {
            Thread.yield();
        }
    }

    private void offer(final PoolClient client, final RequestWriter writer, final long timestamp)
    {
        assertTrue(client.offer(request(writer, timestamp)) > 0);
    }

    private FinalStage request(final RequestWriter writer, final long timestamp)
    {
        return writer.post("/api/v3/order")
            .header(TIMESTAMP, 1_000_000_000L + timestamp)
            .body(order, 0, ORDER.length);
    }

    private static byte[] answer(final int bodyLength)
    {
        return Requests.answer("x".repeat(bodyLength)).getBytes(ISO_8859_1);
    }

    private static final class Answers implements AnswerHandler
    {
        private long count;

        @Override
        public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
        {
            if (200 == response.status() && times.completeNs() >= times.writtenNs())
            {
                count++;
            }
        }

        @Override
        public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
        {
            throw new AssertionError(failure.toString());
        }
    }
}
