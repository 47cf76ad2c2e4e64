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

import io.peregrine.engine.EngineContext;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Strategies, engine and venue, each with pauses of their own, rings that overflow in both directions, resets, and an
 * end at any time: every request gets exactly one verdict, and a true one.
 */
@Timeout(180)
class AtomicClientPoolStressTest
{
    private static final int STRATEGIES = 3;
    private static final int ORDERS = 40_000;
    private static final int ROUNDS = 40;
    private static final int ORDERS_IN_A_ROUND = 20_000;
    private static final int MAX_TAKEN = 1_000;
    private static final long MAX_CLOSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final AtomicBoolean isBroken = new AtomicBoolean();
    private final List<Throwable> errors = new ArrayList<>();
    private final List<StressStrategy> strategies = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldAccountForEveryRequest(final RequestRingKind kind) throws Exception
    {
        final EchoVenue venue = new EchoVenue(seed, 200, STRATEGIES * ORDERS, isBroken::get);
        final AtomicClientPool pool = launch(kind, venue);
        final List<FutureTask<Void>> running = start(pool, venue, ORDERS);
        await(running);
        pool.close();

        assertEquals(List.of(), errors, "seed " + seed);
        for (final StressStrategy strategy : strategies)
        {
            assertEquals(ORDERS, strategy.offered(), "seed " + seed);
            assertTrue(strategy.answered() > ORDERS / 2 && strategy.unknown() > 0, "seed " + seed);
        }
        assertTrue(pool.counters().get(PoolCounter.STALLS) > 0, "a dull run with seed " + seed);
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldGiveEachOfferItsVerdictWheneverThePoolIsClosed(final RequestRingKind kind) throws Exception
    {
        int notSent = 0;
        int unknown = 0;
        for (int round = 0; round < ROUNDS; round++)
        {
            final EchoVenue venue = new EchoVenue(seed + round, 0, STRATEGIES * ORDERS_IN_A_ROUND, isBroken::get);
            final AtomicClientPool pool = launch(kind, venue);
            final List<FutureTask<Void>> running = start(pool, venue, ORDERS_IN_A_ROUND);
            awaitTaken(pool, random.nextInt(MAX_TAKEN));
            if (random.nextBoolean())
            {
                pool.close();
            }
            else
            {
                pool.close(random.nextLong(MAX_CLOSE_NS));
            }
            await(running);
            notSent += strategies.stream().mapToInt(StressStrategy::notSent).sum();
            unknown += strategies.stream().mapToInt(StressStrategy::unknown).sum();
            assertEquals(List.of(), errors, "seed " + seed);
        }

        assertTrue(notSent > 0 && unknown > 0, notSent + " not sent, " + unknown + " unknown with seed " + seed);
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldGiveEachOfferItsVerdictWheneverTheEngineFails(final RequestRingKind kind) throws Exception
    {
        for (int round = 0; round < ROUNDS; round++)
        {
            isBroken.set(false);
            final EchoVenue venue = new EchoVenue(seed + round, 0, STRATEGIES * ORDERS_IN_A_ROUND, isBroken::get);
            final AtomicClientPool pool = launch(kind, venue);
            final List<FutureTask<Void>> running = start(pool, venue, ORDERS_IN_A_ROUND);
            awaitTaken(pool, random.nextInt(MAX_TAKEN));
            isBroken.set(true);
            await(running);
            pool.close();
            assertTrue(pool.hasFailed(), "seed " + seed);
        }

        assertTrue(errors.stream().allMatch((error) -> "bug".equals(error.getMessage())), errors::toString);
    }

    private AtomicClientPool launch(final RequestRingKind kind, final EchoVenue venue)
    {
        return AtomicClientPool.launch(new AtomicClientPoolContext()
            .engine(new EngineContext().transportFactory(venue).randomSeed(seed))
            .pool(new ClientPoolBuilder().url("http://127.0.0.1:1").connections(4))
            .idleStrategy(new YieldingIdleStrategy())
            .requestRingKind(kind)
            .requestSlots(16)
            .prioritySlots(4)
            .maxRequestLength(512)
            .answerRingLength(8 * 1024)
            .maxErrorsInARow(3)
            .errorHandler(errors::add));
    }

    private List<FutureTask<Void>> start(final AtomicClientPool pool, final EchoVenue venue, final int count)
    {
        strategies.clear();
        final List<FutureTask<Void>> running = new ArrayList<>();
        for (int i = 0; i < STRATEGIES; i++)
        {
            final int first = i * count;
            final PoolClient client = pool.newClient();
            final StressStrategy strategy = new StressStrategy(client, venue, random.nextLong());
            strategies.add(strategy);
            final FutureTask<Void> task = new FutureTask<>(
                () ->
                {
                    strategy.run(first, count);
                    client.close();
                },
                null);
            running.add(task);
            Thread.ofPlatform().daemon().name("strategy-" + i).start(task);
        }

        return running;
    }

    /** Until the engine is in the midst of it. */
    private static void awaitTaken(final AtomicClientPool pool, final int count)
    {
        while (pool.counters().get(PoolCounter.REQUESTS_TAKEN) < count)
        {
            Thread.yield();
        }
    }

    private void await(final List<FutureTask<Void>> running) throws InterruptedException
    {
        for (final FutureTask<Void> task : running)
        {
            try
            {
                task.get();
            }
            catch (final ExecutionException ex)
            {
                throw new AssertionError("with seed " + seed, ex.getCause());
            }
        }
    }
}
