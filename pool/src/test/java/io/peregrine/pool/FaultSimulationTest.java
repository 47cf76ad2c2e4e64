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

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.Request;
import io.peregrine.codec.ResponseLimits;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.EngineCounters;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.ReconnectPolicy;
import io.peregrine.engine.ResponseHandler;
import io.peregrine.engine.RetirementPolicy;
import org.agrona.concurrent.CachedNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A pool against a server that misbehaves in every way at every phase, on simulated time. What the server really
 * received is the judge of each verdict. A seed decides everything: {@code -Dperegrine.fault.seed=N} replays a run.
 */
@Timeout(600)
class FaultSimulationTest
{
    private static final String SEED_PROPERTY = "peregrine.fault.seed";
    private static final int SEEDS = Integer.getInteger("peregrine.fault.seeds", 20_000);
    private static final int STEPS = 40;
    private static final int MAX_CONNECTIONS = 4;
    private static final int CYCLES_UNTIL_QUIET = 20_000;
    private static final long REQUEST_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long FIRST_ID = 10_000_000;
    private static final ResponseLimits LIMITS = ResponseLimits.DEFAULT.maxHeadLength(512).maxBodyLength(512);

    private final CachedNanoClock clock = new CachedNanoClock();
    private final TreeMap<Long, Long> undecidedDeadlines = new TreeMap<>();

    private Random random;
    private SimulatedServer server;
    private HttpEngine engine;
    private ClientPool pool;
    private long nextId;
    private long sent;
    private long answered;
    private long notSent;
    private long unknown;

    @Test
    void shouldTellTheTruthWhateverTheServerDoes()
    {
        final Long seed = Long.getLong(SEED_PROPERTY);
        if (null != seed)
        {
            run(seed);
            return;
        }

        final long firstSeed = new Random().nextLong();
        for (int i = 0; i < SEEDS; i++)
        {
            run(0 == (i & 1) ? i : firstSeed + i);
        }

        assertTrue(answered > SEEDS && notSent > SEEDS / 10 && unknown > SEEDS / 10,
            answered + " answered, " + notSent + " not sent, " + unknown + " unknown: a dull simulation");
    }

    private void run(final long seed)
    {
        try
        {
            start(seed);
            for (int step = 0; step < STEPS; step++)
            {
                step();
            }
            shouldRecoverAndDecideEverything();
        }
        catch (final RuntimeException | AssertionError ex)
        {
            throw new AssertionError("with -D" + SEED_PROPERTY + "=" + seed, ex);
        }
        finally
        {
            pool.close();
            engine.close();
        }

        assertEquals(0, server.openCount(), "transports left open with -D" + SEED_PROPERTY + "=" + seed);
    }

    private void start(final long seed)
    {
        random = new Random(seed);
        clock.update(random.nextLong());
        undecidedDeadlines.clear();
        nextId = FIRST_ID;
        sent = 0;
        server = new SimulatedServer(clock, random);
        engine = new HttpEngine(new EngineContext()
            .nanoClock(clock)
            .epochClock(() -> 0)
            .randomSeed(seed)
            .transportFactory(server));
        pool = new ClientPoolBuilder(engine)
            .url("http://127.0.0.1:8001")
            .connections(1 + random.nextInt(MAX_CONNECTIONS))
            .transmitBufferLength(512)
            .receiveBufferLength(1024)
            .responseLimits(LIMITS)
            .requestTimeout(Duration.ofNanos(REQUEST_TIMEOUT_NS))
            .writeTimeout(Duration.ofSeconds(1))
            .firstByteTimeout(Duration.ofSeconds(1))
            .connectTimeout(Duration.ofSeconds(2))
            .validateAfterInactivity(Duration.ZERO)
            .retirementPolicy(0 == random.nextInt(3) ?
                new RetirementPolicy(TimeUnit.SECONDS.toNanos(5), TimeUnit.SECONDS.toNanos(1), 5, 0.5) :
                RetirementPolicy.DEFAULT)
            .build();
        server.faulty(true);
    }

    private void step()
    {
        final int dice = random.nextInt(100);
        if (dice < 55)
        {
            sendIfPossible();
        }
        else if (dice < 57)
        {
            server.kill();
        }
        else if (dice < 60)
        {
            server.up(!server.isUp());
        }
        else if (dice < 65)
        {
            pool.acquire(clock.nanoTime() + server.upTo(REQUEST_TIMEOUT_NS), 0, new SendOnAcquire());
        }

        clock.advance(server.upTo(random.nextInt(10) == 0 ? TimeUnit.SECONDS.toNanos(6) : 1_000_000));
        workUntilQuiet();
        assertTrue(server.openCount() <= pool.size(), "more sockets than slots");
    }

    private void sendIfPossible()
    {
        final ClientSlot slot = pool.tryAcquire();
        if (null != slot)
        {
            send(slot);
        }
    }

    private void send(final ClientSlot slot)
    {
        final long id = nextId++;
        final Request request = slot.writer()
            .post("/order/" + id)
            .body("{\"quantity\":" + random.nextInt(1_000_000) + "}")
            .finish();
        sent++;
        final Verdict verdict = new Verdict(slot, random.nextInt(4) == 0);
        final boolean hasDeadline = random.nextInt(4) == 0;
        final long timeoutNs = hasDeadline ? server.upTo(REQUEST_TIMEOUT_NS) : REQUEST_TIMEOUT_NS;
        undecidedDeadlines.put(id, clock.nanoTime() + timeoutNs);
        if (hasDeadline)
        {
            slot.send(request, id, clock.nanoTime() + timeoutNs, verdict);
        }
        else
        {
            slot.send(request, id, verdict);
        }
    }

    /** Time stands still: whatever there is to do has an end. */
    private void workUntilQuiet()
    {
        int cycles = 0;
        while (engine.doWork() > 0)
        {
            cycles++;
            assertTrue(cycles < CYCLES_UNTIL_QUIET, "the engine spins");
        }
        undecidedDeadlines.forEach((id, deadlineNs) ->
            assertTrue(deadlineNs - clock.nanoTime() >= 0, id + " outlives its deadline"));
    }

    /** The server behaves from now on, so everything is decided soon, and all slots are there again. */
    private void shouldRecoverAndDecideEverything()
    {
        server.faulty(false);
        server.up(true);
        final long longestNs = 2 * REQUEST_TIMEOUT_NS + 2 * ReconnectPolicy.DEFAULT.maxDelayNs();
        for (long elapsedNs = 0; elapsedNs < longestNs; elapsedNs += TimeUnit.MILLISECONDS.toNanos(10))
        {
            clock.advance(TimeUnit.MILLISECONDS.toNanos(10));
            workUntilQuiet();
            if (undecidedDeadlines.isEmpty() && pool.available() == pool.size() && elapsedNs > REQUEST_TIMEOUT_NS)
            {
                break;
            }
        }

        assertEquals(Map.of(), undecidedDeadlines, "no outcome for these");
        assertEquals(pool.size(), pool.available(), "slots lost");
        final EngineCounters counters = engine.counters();
        final long decided = counters.get(EngineCounter.ANSWERS) + counters.get(EngineCounter.FAILURES);
        assertEquals(sent, decided, "outcomes counted");
    }

    /** Holds the outcome of an order against what the server knows of it. */
    private final class Verdict implements ResponseHandler
    {
        private final ClientSlot slot;
        private final boolean sendsAgain;

        private Verdict(final ClientSlot slot, final boolean sendsAgain)
        {
            this.slot = slot;
            this.sendsAgain = sendsAgain;
        }

        @Override
        public void onResponse(final long id, final RestResponse response)
        {
            decide(id);
            answered++;
            assertEquals(Long.toString(id), response.bodyAsString(), "an answer to another request");
            assertTrue(server.receipt(id).bytesTaken > 0, "an answer to what was never sent");
            sendAgain();
        }

        @Override
        public void onFailure(final long id, final ExchangeFailure failure)
        {
            decide(id);
            final SimulatedServer.Receipt receipt = server.receipt(id);
            final String story = id + " " + failure;
            assertEquals(receipt.bytesTaken, failure.bytesWritten(), story);
            assertEquals(0 == receipt.bytesTaken ? Delivery.NOT_SENT : Delivery.UNKNOWN, failure.delivery(), story);
            notSent += Delivery.NOT_SENT == failure.delivery() ? 1 : 0;
            unknown += Delivery.UNKNOWN == failure.delivery() ? 1 : 0;
        }

        private void decide(final long id)
        {
            assertNotNull(undecidedDeadlines.remove(id), id + " was decided twice");
            assertTrue(server.receipt(id).timesReceivedWhole <= 1, id + " was sent twice");
        }

        private void sendAgain()
        {
            if (sendsAgain && slot.connection().isReady())
            {
                send(slot);
            }
        }
    }

    private final class SendOnAcquire implements AcquireHandler
    {
        @Override
        public void onAcquired(final long correlationId, final ClientSlot slot)
        {
            send(slot);
        }

        @Override
        public void onAcquireFailed(final long correlationId, final ErrorCode error)
        {
            assertEquals(ConnectionError.ACQUIRE_TIMEOUT, error);
        }
    }
}
