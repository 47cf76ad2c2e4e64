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

import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedEngine;
import io.peregrine.engine.ScriptedTransport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How often the clock is looked at, each time for some tens of nanoseconds: no more than this. */
@Timeout(60)
class ClockReadCountTest
{
    private static final int ROUNDS = 1000;

    /** One by the sender, one by the duty cycle that reads the answer. */
    private static final int READS_OF_AN_EXCHANGE = 2;

    /** One by the offer, two duty cycles, one by the send between them, one when the kernel has it. */
    private static final int READS_OF_AN_EXCHANGE_THROUGH_RINGS = 5;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    @Test
    void shouldLookTwiceForAnExchange()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = new ClientPoolBuilder(scripted.engine()).url("http://127.0.0.1:8001").build())
        {
            final ScriptedTransport peer = scripted.network().last();
            final RecordingHandler handler = new RecordingHandler();
            for (int i = 0; i < ROUNDS; i++)
            {
                final long readsBefore = scripted.clockReads();
                peer.peerAnswers(Requests.answer("x"));
                final ClientSlot slot = pool.tryAcquire();
                slot.send(slot.writer().get("/").finish(), handler);
                assertEquals(1, pool.doWork());
                thenAtMost(READS_OF_AN_EXCHANGE, scripted.clockReads() - readsBefore);
            }
            assertEquals(ROUNDS, handler.outcomes().size());
        }
    }

    @Test
    void shouldLookTwiceForAnExchangeThatWaits()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = new ClientPoolBuilder(scripted.engine()).url("http://127.0.0.1:8001").build())
        {
            for (int i = 0; i < ROUNDS; i++)
            {
                scripted.network().last().peerAnswers(Requests.answer("x"));
                final long readsBefore = scripted.clockReads();
                try (ClientSlot slot = pool.tryAcquire())
                {
                    assertEquals(200, slot.exchange(slot.writer().get("/").finish()).status());
                }
                thenAtMost(READS_OF_AN_EXCHANGE, scripted.clockReads() - readsBefore);
            }
        }
    }

    @Test
    void shouldLookOnceInADutyCycle()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher);
            ClientPool pool = new ClientPoolBuilder(scripted.engine()).url("http://127.0.0.1:8001")
                .connections(10).build())
        {
            for (int i = 0; i < pool.size() / 2; i++)
            {
                final ClientSlot slot = pool.tryAcquire();
                slot.send(slot.writer().get("/").finish(), new RecordingHandler());
            }
            for (int i = 0; i < ROUNDS; i++)
            {
                final long readsBefore = scripted.clockReads();
                scripted.clock().advance(ScriptedEngine.IDLE_STEP_NS);
                pool.doWork();
                thenAtMost(1, scripted.clockReads() - readsBefore);
            }
        }
    }

    @Test
    void shouldLookFiveTimesForAnExchangeThroughRings()
    {
        final RecordingAnswers answers = new RecordingAnswers();
        try (ScriptedAtomicPool scripted = new ScriptedAtomicPool((context) -> context.pool().connections(1));
            PoolClient client = scripted.pool().newClient())
        {
            for (int i = 0; i < ROUNDS; i++)
            {
                final long readsBefore = scripted.clockReads();
                scripted.network().last().peerAnswers(Requests.answer("x"));
                assertTrue(client.offer(client.get("/")) > 0);
                scripted.pool().invoker().invoke();
                scripted.pool().invoker().invoke();
                assertEquals(1, client.poll(answers, 2));
                thenAtMost(READS_OF_AN_EXCHANGE_THROUGH_RINGS, scripted.clockReads() - readsBefore);
            }
        }
    }

    @Test
    void shouldLookOnceInADutyCycleBehindRings()
    {
        try (ScriptedAtomicPool scripted = new ScriptedAtomicPool((context) -> {});
            PoolClient client = scripted.pool().newClient())
        {
            for (int i = 0; i < ROUNDS; i++)
            {
                final long readsBefore = scripted.clockReads();
                scripted.pool().invoker().invoke();
                assertEquals(0, client.poll(new RecordingAnswers(), 1));
                thenAtMost(1, scripted.clockReads() - readsBefore);
            }
        }
    }

    private static void thenAtMost(final int expected, final long reads)
    {
        assertTrue(reads <= expected, () -> "the clock was read " + reads + " times, not " + expected);
    }
}
