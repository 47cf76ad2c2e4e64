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
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedEngine;
import io.peregrine.engine.ScriptedNetwork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Who waits for a slot gets one when one is returned or healed, in the order of asking. */
class WaitingTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final ScriptedNetwork network = scripted.network();
    private final ClientPool pool =
        new ClientPoolBuilder(scripted.engine()).url("http://127.0.0.1:8001").connections(2).maxWaiting(4).build();
    private final Waiting waiting = new Waiting();

    @AfterEach
    void closePool()
    {
        pool.close();
        assertEquals(0, network.openCount());
        scripted.close();
    }

    @Test
    void shouldServeThoseWhoWaitInTheOrderOfAsking()
    {
        final ClientSlot first = pool.tryAcquire();
        final ClientSlot second = pool.tryAcquire();
        for (int id = 1; id <= 4; id++)
        {
            ask(id, SECOND_NS);
        }
        assertEquals(List.of(), waiting.events);
        first.close();
        assertNull(pool.tryAcquire(), "nobody jumps the queue");
        second.close();
        scripted.work();
        assertEquals(List.of("1 acquired", "2 acquired"), waiting.events);

        waiting.slots.get(1).close();
        waiting.slots.get(0).close();
        scripted.work();
        assertEquals(List.of("1 acquired", "2 acquired", "3 acquired", "4 acquired"), waiting.events);
    }

    @Test
    void shouldServeAtOnceWhenASlotIsReady()
    {
        ask(1, 0);
        assertEquals(List.of("1 acquired"), waiting.events, "even with a deadline that has passed");
    }

    @Test
    void shouldWakeWhenASlotHeals()
    {
        network.usually((transport) -> transport.failsToConnect("refused"));
        network.transports().forEach((transport) -> transport.peerEnds());
        scripted.advance(SECOND_NS);
        scripted.advance(SECOND_NS);
        assertEquals(0, pool.available());
        ask(1, 60 * SECOND_NS);
        network.usually((transport) -> {});
        scripted.advance(10 * SECOND_NS);
        scripted.work();

        assertEquals(List.of("1 acquired"), waiting.events);
        assertTrue(waiting.slots.getFirst().connection().isReady());
    }

    @Test
    void shouldTellEachAtItsDeadline()
    {
        acquireAll();
        ask(1, 3 * SECOND_NS);
        ask(2, SECOND_NS);
        ask(3, 2 * SECOND_NS);
        scripted.advance(SECOND_NS - 1);
        assertEquals(List.of(), waiting.events);
        scripted.advance(1);
        assertEquals(List.of("2 ACQUIRE_TIMEOUT"), waiting.events);
        scripted.advance(SECOND_NS);
        scripted.advance(SECOND_NS);
        assertEquals(List.of("2 ACQUIRE_TIMEOUT", "3 ACQUIRE_TIMEOUT", "1 ACQUIRE_TIMEOUT"), waiting.events);
        ask(4, 0);
        assertEquals("4 ACQUIRE_TIMEOUT", waiting.events.getLast());
    }

    @Test
    void shouldNotLetMoreWaitThanMay()
    {
        acquireAll();
        for (int id = 1; id <= 5; id++)
        {
            ask(id, SECOND_NS);
        }

        assertEquals(List.of("5 TOO_MANY_WAITING"), waiting.events);
        assertNull(pool.acquire(deadline(SECOND_NS)), "nor who asks and waits");
    }

    @Test
    void shouldPutWhoWaitsInTheLoopBehindThoseWhoAskedBefore()
    {
        final ClientSlot first = pool.tryAcquire();
        pool.tryAcquire();
        ask(1, SECOND_NS);
        first.close();
        assertNull(pool.acquire(deadline(SECOND_NS / 2)));
        assertEquals(List.of("1 acquired"), waiting.events);
        waiting.slots.getFirst().close();
        assertNotNull(pool.acquire(deadline(SECOND_NS)));
    }

    @Test
    void shouldTellThoseWhoWaitThatThePoolCloses()
    {
        acquireAll();
        ask(1, SECOND_NS);
        ask(2, SECOND_NS);
        pool.close();
        assertEquals(List.of("1 CLOSED_LOCALLY", "2 CLOSED_LOCALLY"), waiting.events);
    }

    @Test
    void shouldCloseInGoodOrder()
    {
        final RecordingHandler handler = new RecordingHandler();
        final ClientSlot slot = pool.tryAcquire();
        slot.send(slot.writer().get("/last").finish(), handler);
        pool.tryAcquire();
        ask(1, SECOND_NS);
        network.transports().stream()
            .filter((transport) -> transport.written().contains("/last"))
            .forEach((transport) -> transport.peerSends(Requests.answer("last")));
        pool.close(deadline(SECOND_NS));

        assertEquals("last", handler.only().body());
        assertEquals(List.of("1 CLOSED_LOCALLY"), waiting.events);
        assertTrue(pool.isClosed());
        assertEquals(0, scripted.engine().connectionCount());
    }

    @Test
    void shouldCloseAtTheDeadlineAtTheLatest()
    {
        final RecordingHandler handler = new RecordingHandler();
        final ClientSlot slot = pool.tryAcquire();
        slot.send(slot.writer().get("/stuck").finish(), handler);
        pool.close(deadline(SECOND_NS));

        assertEquals(ConnectionError.CLOSED_LOCALLY, handler.only().error());
    }

    @Test
    void shouldSendWithTheDeadlineThatTheWaitBeganWith()
    {
        final RecordingHandler handler = new RecordingHandler();
        final long deadlineNs = deadline(SECOND_NS);
        final ClientSlot slot = pool.acquire(deadlineNs);
        scripted.clock().advance(SECOND_NS);
        slot.send(slot.writer().get("/late").finish(), 1, deadlineNs, handler);

        assertEquals(ConnectionError.REQUEST_TIMEOUT, handler.only().error());
        assertEquals(0, handler.only().bytesWritten());
        assertEquals(2, pool.available());
    }

    @Test
    void shouldTakeBackTheSlotOfAHandlerThatThrows()
    {
        final ClientSlot first = pool.tryAcquire();
        pool.tryAcquire();
        pool.acquire(deadline(SECOND_NS), 1, new Waiting()
        {
            @Override
            public void onAcquired(final long correlationId, final ClientSlot slot)
            {
                throw new IllegalArgumentException("broken strategy");
            }
        });
        first.close();
        assertThrows(IllegalArgumentException.class, scripted::work);
        assertSame(first, pool.tryAcquire());
    }

    @Test
    void shouldNotLetAHandlerWaitWhileItsCallerWaits()
    {
        final RecordingHandler handler = new RecordingHandler();
        final ClientSlot slot = pool.tryAcquire();
        pool.tryAcquire();
        slot.send(slot.writer().get("/").finish(), handler);
        handler.andThen(() -> assertThrows(IllegalStateException.class, () -> pool.acquire(deadline(SECOND_NS))));
        network.transports().stream()
            .filter((transport) -> !transport.written().isEmpty())
            .forEach((transport) -> transport.peerSends(Requests.answer("x")));

        assertSame(slot, pool.acquire(deadline(SECOND_NS)), "whoever waits is not forgotten");
        assertEquals(1, handler.outcomes().size());
    }

    private void ask(final long id, final long timeoutNs)
    {
        pool.acquire(deadline(timeoutNs), id, waiting);
    }

    private long deadline(final long timeoutNs)
    {
        return scripted.clock().nanoTime() + timeoutNs;
    }

    private void acquireAll()
    {
        while (null != pool.tryAcquire())
        {
            continue;
        }
    }

    private static class Waiting implements AcquireHandler
    {
        private final List<String> events = new ArrayList<>();
        private final List<ClientSlot> slots = new ArrayList<>();

        @Override
        public void onAcquired(final long correlationId, final ClientSlot slot)
        {
            events.add(correlationId + " acquired");
            slots.add(slot);
        }

        @Override
        public void onAcquireFailed(final long correlationId, final ErrorCode error)
        {
            events.add(correlationId + " " + error.name());
        }
    }
}
