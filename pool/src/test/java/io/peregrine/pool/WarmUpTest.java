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

import io.peregrine.codec.Request;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.EngineCounters;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.LoopbackServer;
import io.peregrine.engine.Requests;
import io.peregrine.engine.TransportFactory;
import org.agrona.LangUtil;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A warm-up leaves nothing behind but compiled code. */
@Timeout(60)
class WarmUpTest
{
    private static final int EXCHANGES = 2_000;
    private static final int ROOM_FOR_A_REQUEST = 320;
    private static final int ROOM_FOR_A_REQUEST_WITHOUT_BODY = 192;
    private static final int LESS_THAN_A_REQUEST = 16;
    private static final int FEW_EXCHANGES = 64;
    private static final long MILLISECOND_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long SHORT_LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Never over, but does not wait for the compilers. */
    private static final LongSupplier PATIENCE = () -> MILLISECOND_NS;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private LoopbackServer server;

    @BeforeEach
    void startServer() throws IOException
    {
        server = LoopbackServer.answering(Requests.answer("done"));
    }

    @AfterEach
    void stopServer() throws IOException
    {
        server.close();
    }

    @Test
    void shouldNeitherReachTheServerNorTheCountersOfAClientPool()
    {
        try (ClientPool pool = builder().connections(2).warmUp(EXCHANGES).build();
            ClientSlot slot = pool.tryAcquire())
        {
            assertUntouched(pool.engine().counters(), 2);
            assertNothingWentWrong(pool.engine().context());

            assertEquals("done", slot.exchange(slot.writer().post("/order").body("{}").finish()).bodyAsString());
            assertEquals(1, server.requests().size());
            assertEquals(1, pool.engine().counters().get(EngineCounter.ANSWERS));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldNeitherReachTheServerNorTheCountersOfAnAtomicClientPool(final boolean isInvokerUsed)
    {
        final AtomicClientPoolContext context = context(builder().connections(2).warmUp(EXCHANGES))
            .isInvokerUsed(isInvokerUsed);
        try (AtomicClientPool pool = AtomicClientPool.launch(context);
            PoolClient client = pool.newClient())
        {
            assertUntouched(pool.engineCounters(), 2);
            for (final PoolCounter counter : PoolCounter.values())
            {
                assertEquals(0, pool.counters().get(counter), counter.name());
            }
            assertNothingWentWrong(context.engine());
            assertFalse(threadNames().contains("peregrine-engine-warm-up"), "the engine of the warm-up has ended");

            assertEquals("done", client.exchange(client.get("/"), 20 * SECOND_NS).bodyAsString());
            assertEquals(1, server.requests().size());
        }
    }

    @Test
    void shouldShareAnEngineThatIsInUse()
    {
        try (HttpEngine engine = watcher.watch(new HttpEngine(new EngineContext()));
            ClientPool first = new ClientPoolBuilder(engine).url(server.url()).build();
            ClientPool second = new ClientPoolBuilder(engine).url(server.url()).warmUp(EXCHANGES).build())
        {
            assertEquals(2, first.available() + second.available());
            assertEquals(2, engine.connectionCount());
            assertUntouched(engine.counters(), 2);
        }
    }

    @Test
    void shouldRehearseOrdersOfAClientPool()
    {
        final AtomicLong rehearsed = new AtomicLong();
        final ClientPoolBuilder builder = builder().warmUp(EXCHANGES).rehearsal((pool) ->
        {
            try (ClientSlot slot = pool.tryAcquire())
            {
                final Request order = slot.writer().post("/order").body("{\"nested\":{}}").finish();
                assertEquals(200, slot.exchange(order).status());
                rehearsed.incrementAndGet();
            }
        });
        assertNull(WarmUp.run(builder, new EngineContext(), PATIENCE).trouble());
        assertTrue(rehearsed.get() > EXCHANGES / 2, rehearsed.toString());
        assertEquals(0, server.requests().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldRehearseOrdersOfAnAtomicClientPool(final boolean isInvokerUsed)
    {
        final AtomicLong rehearsed = new AtomicLong();
        final AtomicClientPoolContext context = context(builder().warmUp(EXCHANGES)).isInvokerUsed(isInvokerUsed)
            .rehearsal((client) ->
            {
                exchangeOrder(client);
                rehearsed.incrementAndGet();
            });
        assertNull(run(context, PATIENCE));
        assertTrue(rehearsed.get() > EXCHANGES / 2, rehearsed.toString());
        assertEquals(0, server.requests().size());
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldRehearseOrdersThatArePolled(final boolean isInvokerUsed)
    {
        final AtomicLong rehearsed = new AtomicLong();
        final WarmUpHandler handler = new WarmUpHandler();
        final AtomicClientPoolContext context = context(builder().warmUp(EXCHANGES)).isInvokerUsed(isInvokerUsed)
            .rehearsal((client) ->
            {
                assertTrue(client.offer(client.post("/order").body("{}")) > 0);
                while (client.outstanding() > 0)
                {
                    client.poll(handler, 1);
                }
                rehearsed.incrementAndGet();
            });
        assertNull(run(context, PATIENCE));
        assertTrue(rehearsed.get() > EXCHANGES / 2, rehearsed.toString());
        assertTrue(handler.isAnswered());
    }

    @Test
    void shouldRehearseOnlyWhereAnOrderFindsAConnection()
    {
        final AtomicLong rehearsed = new AtomicLong();
        final AtomicClientPoolContext context = context(builder().warmUp(EXCHANGES))
            .noConnectionPolicy(NoConnectionPolicy.FAIL_FAST)
            .rehearsal((client) ->
            {
                exchangeOrder(client);
                rehearsed.incrementAndGet();
            });
        assertNull(run(context, PATIENCE));
        assertTrue(rehearsed.get() > 0);
    }

    @Test
    void shouldTellOfARehearsalWhoseOrdersAreRefused()
    {
        final AtomicClientPoolContext context = context(builder().warmUp(FEW_EXCHANGES))
            .rehearsal((client) -> client.exchange(client.get("/"), 0));
        final String trouble = run(context, PATIENCE);
        assertTrue(trouble.contains(ConnectionError.REQUEST_TIMEOUT.name()), trouble);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldGoOnWhateverARehearsalThrows(final Throwable failure)
    {
        final ClientPoolBuilder builder =
            builder().warmUp(EXCHANGES).rehearsal((pool) -> LangUtil.rethrowUnchecked(failure));
        assertEquals("rehearsal failed after 0 exchanges, the warm-up went on without it: " + failure,
            WarmUp.run(builder, new EngineContext(), PATIENCE).trouble());
    }

    @Test
    void shouldGoOnAfterTheLastRehearsalThatWentWell()
    {
        final AtomicLong rehearsed = new AtomicLong();
        final AtomicClientPoolContext context = context(builder().warmUp(EXCHANGES)).rehearsal((client) ->
        {
            exchangeOrder(client);
            assertNotEquals(EXCHANGES, rehearsed.incrementAndGet());
        });
        final String trouble = run(context, PATIENCE);
        assertTrue(trouble.startsWith("rehearsal failed after ") && trouble.contains("AssertionFailedError"), trouble);
        assertFalse(trouble.contains("too long"), trouble);
        assertEquals(EXCHANGES, rehearsed.get());
    }

    @Test
    void shouldBuildThePoolWhenTheRehearsalFails()
    {
        final AssertionError failure = new AssertionError("forgot my lines");
        final ClientPoolBuilder builder =
            builder().warmUp(FEW_EXCHANGES).rehearsal((pool) -> LangUtil.rethrowUnchecked(failure));
        try (ClientPool pool = builder.build())
        {
            assertEquals(1, pool.available());
            assertTrue(errorLog(pool.engine().context()).getFirst().contains("forgot my lines"));
        }
    }

    @Test
    void shouldLaunchThePoolWhenTheRehearsalFails()
    {
        final AssertionError failure = new AssertionError("forgot my lines");
        final AtomicClientPoolContext context = context(builder().warmUp(FEW_EXCHANGES))
            .rehearsal((client) -> LangUtil.rethrowUnchecked(failure));
        try (AtomicClientPool pool = AtomicClientPool.launch(context))
        {
            assertTrue(pool.isOpen());
            assertTrue(errorLog(context.engine()).getFirst().contains("forgot my lines"));
        }
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldGoOnWithoutARehearsalThatDoesNotClearAway(final String trouble, final Consumer<ClientPool> mistake)
    {
        final ClientPoolBuilder builder = builder().warmUp(EXCHANGES).rehearsal(mistake);
        assertEquals("rehearsal failed after 0 exchanges, the warm-up went on without it: " +
            new IllegalStateException("the rehearsal " + trouble),
            WarmUp.run(builder, new EngineContext(), PATIENCE).trouble());
    }

    @ParameterizedTest
    @MethodSource("clientMistakes")
    void shouldGoOnWithoutARehearsalThatLeavesItsClientUnfit(final String trouble, final Consumer<PoolClient> mistake)
    {
        assertEquals("rehearsal failed after 0 exchanges, the warm-up went on without it: " +
            new IllegalStateException("the rehearsal " + trouble),
            run(context(builder().warmUp(EXCHANGES)).rehearsal(mistake), PATIENCE));
    }

    @Test
    void shouldNotLetThePoolOfARehearsalBeUsedLater()
    {
        final AtomicReference<ClientPool> kept = new AtomicReference<>();
        try (ClientPool pool = builder().warmUp(FEW_EXCHANGES).rehearsal(kept::set).build())
        {
            assertThrows(IllegalStateException.class, kept.get()::tryAcquire);
            assertEquals(List.of(), errorLog(pool.engine().context()));
        }
    }

    @Test
    void shouldNotLetTheClientOfARehearsalBeUsedLater()
    {
        final AtomicReference<PoolClient> kept = new AtomicReference<>();
        final AtomicClientPoolContext context = context(builder().warmUp(FEW_EXCHANGES)).rehearsal(kept::set);
        try (AtomicClientPool pool = AtomicClientPool.launch(context))
        {
            assertThrows(IllegalStateException.class, () -> kept.get().get("/"));
            assertTrue(pool.isOpen());
            assertEquals(List.of(), errorLog(context.engine()));
        }
    }

    @Test
    void shouldRefuseARehearsalThatNobodyWouldRun()
    {
        final AtomicClientPoolContext misplaced = context(builder().warmUp(FEW_EXCHANGES).rehearsal((pool) -> {}));
        assertTrue(refusal(() -> AtomicClientPool.launch(misplaced)).contains("in its context"));

        final ClientPoolBuilder builder = builder().rehearsal((pool) -> {});
        assertTrue(refusal(builder::build).contains("warmUp is 0"));

        final AtomicClientPoolContext context = context(builder()).rehearsal((client) -> {});
        assertTrue(refusal(() -> AtomicClientPool.launch(context)).contains("warmUp is 0"));
    }

    @Test
    void shouldServeEveryPathOfAVenue()
    {
        assertNull(WarmUp.run(builder().warmUp(EXCHANGES), new EngineContext(), PATIENCE).trouble());
        final List<WarmUpAnswer> answers = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++)
        {
            answers.add(WarmUpAnswer.of(i));
        }
        assertTrue(answers.containsAll(List.of(WarmUpAnswer.values())));
    }

    @Test
    void shouldUseTheSettingsOfThePool()
    {
        final ClientPoolBuilder builder = builder().transmitBufferLength(ROOM_FOR_A_REQUEST).warmUp(EXCHANGES);
        assertNull(WarmUp.run(builder, new EngineContext(), PATIENCE).trouble());

        builder.defaultHeader("X-API-KEY", "k".repeat(ROOM_FOR_A_REQUEST));
        assertTrue(WarmUp.run(builder, new EngineContext(), PATIENCE).trouble().contains("REQUEST_TOO_LARGE"));
    }

    @Test
    void shouldMakeOnlyRequestsThatFit()
    {
        final ClientPoolBuilder builder = builder()
            .defaultHeader("X-API-KEY", "k".repeat(64))
            .transmitBufferLength(ROOM_FOR_A_REQUEST_WITHOUT_BODY)
            .warmUp(EXCHANGES);
        assertNull(WarmUp.run(builder, new EngineContext(), PATIENCE).trouble());

        builder.transmitBufferLength(ClientPoolBuilder.TRANSMIT_BUFFER_LENGTH_DEFAULT);
        assertNull(run(context(builder).maxRequestLength(ROOM_FOR_A_REQUEST_WITHOUT_BODY), PATIENCE));
    }

    @ParameterizedTest
    @ValueSource(longs = { 100, 300 })
    void shouldOutliveRequestsThatTimeOut(final long timeoutUs)
    {
        final ClientPoolBuilder builder =
            builder().requestTimeout(Duration.of(timeoutUs, ChronoUnit.MICROS)).warmUp(EXCHANGES);
        assertNull(WarmUp.run(builder, new EngineContext(), PATIENCE).trouble());
        assertNull(run(context(builder), PATIENCE));
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void shouldNotTakeTheEndOfItsTimeForAFailure(final boolean isAtomic)
    {
        final ClientPoolBuilder builder = builder().warmUp(FEW_EXCHANGES);
        final AtomicLong looksLeft = new AtomicLong();
        final LongSupplier timeLeftNs = () -> looksLeft.getAndDecrement() > 0 ? MILLISECOND_NS : 0;
        for (long looks = 1; looksLeft.get() <= 0; looks *= 2)
        {
            // Three quarters of all exchanges are in the last rounds, so that the time of some attempts ends there.
            looksLeft.set(looks);
            final String trouble = isAtomic ? run(context(builder), timeLeftNs) :
                WarmUp.run(builder, new EngineContext(), timeLeftNs).trouble();
            assertTrue(null == trouble || trouble.contains("took too long"), trouble);
            assertTrue(null == trouble || looksLeft.get() <= 0, trouble);
        }
    }

    @Test
    void shouldBuildThePoolWhenMemoryRunsOut()
    {
        final AtomicLong looksLeft = new AtomicLong();
        final EngineContext context = new EngineContext().nanoClock(() ->
        {
            if (0 == looksLeft.decrementAndGet())
            {
                throw new OutOfMemoryError("for once");
            }

            return System.nanoTime();
        });
        try (HttpEngine engine = watcher.watch(new HttpEngine(context)))
        {
            looksLeft.set(EXCHANGES);
            try (ClientPool pool = new ClientPoolBuilder(engine).url(server.url()).warmUp(EXCHANGES).build())
            {
                assertEquals(1, pool.available());
                assertTrue(errorLog(context).getFirst().contains("OutOfMemoryError"));
            }
        }
    }

    @Test
    void shouldUseTheSocketsOfTheLiveEngine()
    {
        assertSame(TransportFactory.socketChannel(), WarmUp.transports(TransportFactory.socketChannel()));
        assertSame(TransportFactory.tcp(), WarmUp.transports(TransportFactory.tcp()));
        assertSame(TransportFactory.tcp(), WarmUp.transports((address, options) -> null));
        assertNotSame(TransportFactory.tcp(), TransportFactory.socketChannel());
    }

    @Test
    void shouldBuildThePoolWhenTheWarmUpFails()
    {
        try (ClientPool pool = builder().transmitBufferLength(LESS_THAN_A_REQUEST).warmUp(EXCHANGES).build())
        {
            assertEquals(1, pool.available());
            assertUntouched(pool.engine().counters(), 1);
            final List<String> errors = errorLog(pool.engine().context());
            assertEquals(1, errors.size());
            assertTrue(errors.getFirst().contains("warm-up failed after 0 of " + EXCHANGES), errors.getFirst());
        }
    }

    @Test
    void shouldLaunchThePoolWhenTheWarmUpFails()
    {
        final AtomicClientPoolContext context =
            context(builder().warmUp(EXCHANGES)).maxRequestLength(LESS_THAN_A_REQUEST);
        try (AtomicClientPool pool = AtomicClientPool.launch(context))
        {
            assertTrue(pool.isOpen());
            assertUntouched(pool.engineCounters(), 1);
            assertTrue(errorLog(context.engine()).getFirst().contains("warm-up failed after 0 of " + EXCHANGES));
        }
    }

    @Test
    void shouldEndInTimeThoughItsClockStandsStill()
    {
        final EngineContext context = new EngineContext().nanoClock(() -> 1);
        final String trouble =
            WarmUp.run(builder().warmUp(EXCHANGES), context, WarmUp.timeLeftNs(SHORT_LIMIT_NS)).trouble();
        assertTrue(trouble.contains("took too long"), trouble);
    }

    @Test
    void shouldEndInTimeWithMoreExchangesThanThereIsTimeFor()
    {
        final String trouble = WarmUp.run(
            builder().warmUp(Integer.MAX_VALUE), new EngineContext(), WarmUp.timeLeftNs(SHORT_LIMIT_NS)).trouble();
        assertTrue(trouble.contains("too long"), trouble);
    }

    @Test
    void shouldNotWarmUpUnlessTold()
    {
        final EngineContext context = new EngineContext().nanoClock(() -> 1);
        assertNull(WarmUp.run(builder(), context, PATIENCE).trouble());
        assertThrows(IllegalArgumentException.class, () -> builder().warmUp(-1));
    }

    static List<Throwable> failures()
    {
        return List.of(
            new IllegalStateException("forgot my lines"),
            new IOException("broke my pen"),
            new AssertionError("expected another answer"),
            new NoClassDefFoundError("org/example/Strategy"),
            new ExceptionInInitializerError("no settings"),
            new StackOverflowError());
    }

    static List<Arguments> mistakes()
    {
        return List.of(
            mistake("kept a slot", ClientPool::tryAcquire),
            mistake("kept a slot", WarmUpTest::sendWithoutWaiting),
            mistake("still waits for a slot", WarmUpTest::askForAThirdSlot),
            mistake("closed the pool, or a connection", ClientPool::close),
            mistake("closed the pool, or a connection", (pool) -> pool.engine().close()),
            mistake("closed the pool, or a connection", (pool) -> pool.slot(1).connection().close()));
    }

    static List<Arguments> clientMistakes()
    {
        return List.of(
            clientMistake("closed the client", PoolClient::close),
            clientMistake("did not wait for the outcome of its order", (client) -> client.offer(client.get("/"))));
    }

    private static Arguments mistake(final String trouble, final Consumer<ClientPool> mistake)
    {
        return Arguments.of(trouble, mistake);
    }

    private static Arguments clientMistake(final String trouble, final Consumer<PoolClient> mistake)
    {
        return Arguments.of(trouble, mistake);
    }

    /** The handler has nothing to do with the exchanges that follow. */
    private static void sendWithoutWaiting(final ClientPool pool)
    {
        final ClientSlot slot = pool.tryAcquire();
        slot.send(slot.writer().get("/").finish(), new WarmUpHandler()
        {
            @Override
            public void onFailure(final long correlationId, final ExchangeFailure failure)
            {
                throw new AssertionError(failure);
            }
        });
    }

    private static void askForAThirdSlot(final ClientPool pool)
    {
        try (ClientSlot first = pool.tryAcquire(); ClientSlot second = pool.tryAcquire())
        {
            assertNotSame(first, second);
            pool.acquire(pool.engine().nanoTime() + SECOND_NS, 1, new AcquireResult());
        }
    }

    private static void exchangeOrder(final PoolClient client)
    {
        final RestResponse answer = client.exchange(client.post("/order").body("{}"), 20 * SECOND_NS);
        assertEquals(200, answer.status());
    }

    private static String refusal(final Executable executable)
    {
        return assertThrows(IllegalArgumentException.class, executable).getMessage();
    }

    private void assertUntouched(final EngineCounters counters, final int connections)
    {
        while (server.connectionCount() < connections)
        {
            // The kernel has connected them, the server's thread is yet to see it.
            Thread.onSpinWait();
        }
        assertEquals(connections, server.connectionCount());
        assertEquals(List.of(), server.requests());
        for (final EngineCounter counter : EngineCounter.values())
        {
            final boolean isOfConnecting =
                EngineCounter.CONNECT_ATTEMPTS == counter || EngineCounter.CONNECTS == counter;
            assertEquals(isOfConnecting ? connections : 0, counters.get(counter), counter.label());
        }
        for (final ConnectionError error : ConnectionError.values())
        {
            assertEquals(0, counters.get(error), error.name());
        }
    }

    private ClientPoolBuilder builder()
    {
        return new ClientPoolBuilder().url(server.url());
    }

    private static AtomicClientPoolContext context(final ClientPoolBuilder builder)
    {
        return new AtomicClientPoolContext()
            .pool(builder)
            .idleStrategy(new BackoffIdleStrategy())
            .clientIdleStrategy(BackoffIdleStrategy::new);
    }

    private static String run(final AtomicClientPoolContext context, final LongSupplier timeLeftNs)
    {
        context.conclude();
        return WarmUp.run(context, context.answerLimits(), timeLeftNs).trouble();
    }

    /** A machine that is too busy for a warm-up within its time is slow, not wrong. */
    private static void assertNothingWentWrong(final EngineContext context)
    {
        assertEquals(List.of(),
            errorLog(context).stream().filter((message) -> !message.contains("took too long")).toList());
    }

    private static List<String> errorLog(final EngineContext context)
    {
        final List<String> messages = new ArrayList<>();
        ErrorLogReader.read(context.errorLogBuffer(), (count, firstMs, lastMs, message) -> messages.add(message));
        return messages;
    }

    private static List<String> threadNames()
    {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
