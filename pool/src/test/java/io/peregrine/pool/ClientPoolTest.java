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
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.ConnectionState;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedEngine;
import io.peregrine.engine.ScriptedNetwork;
import io.peregrine.engine.ScriptedTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Acquiring, returning and healing, over a scripted network. */
class ClientPoolTest
{
    private static final int CONNECTIONS = 3;
    private static final String CLOSING_ANSWER =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 4\r\n\r\nlast";

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final ScriptedNetwork network = scripted.network();
    private final ClientPool pool = new ClientPoolBuilder(scripted.engine())
        .url("http://127.0.0.1:8001")
        .connections(CONNECTIONS)
        .build();
    private final RecordingHandler handler = new RecordingHandler();

    @AfterEach
    void closePool()
    {
        pool.close();
        assertEquals(0, network.openCount());
        assertEquals(0, pool.available());
        assertEquals(0, scripted.engine().connectionCount());
        scripted.close();
    }

    @Test
    void shouldHandOutEachSlotOnceThenNull()
    {
        assertEquals(CONNECTIONS, pool.size());
        final ClientSlot first = pool.tryAcquire();
        final ClientSlot second = pool.tryAcquire();
        final ClientSlot third = pool.tryAcquire();

        assertNotSame(first, second);
        assertNotSame(second, third);
        assertNotSame(first, third);
        assertEquals(0, pool.available());
        assertNull(pool.tryAcquire());
        second.close();
        assertEquals(1, pool.available());
        assertSame(second, pool.tryAcquire());
        assertNull(pool.tryAcquire());
    }

    @Test
    void shouldHandOutTheSlotReturnedLastFirst()
    {
        final ClientSlot first = pool.tryAcquire();
        final ClientSlot second = pool.tryAcquire();
        final ClientSlot third = pool.tryAcquire();
        second.close();
        third.close();
        first.close();

        assertSame(first, pool.tryAcquire());
        assertSame(third, pool.tryAcquire());
        assertSame(second, pool.tryAcquire());
    }

    @Test
    void shouldDoNoInputOutputToAcquireAndReturn()
    {
        final int callsBefore = calls();
        for (int i = 0; i < 100; i++)
        {
            pool.tryAcquire().close();
        }

        assertEquals(callsBefore, calls());
    }

    @Test
    void shouldReturnTheSlotAfterTheHandler()
    {
        final ClientSlot slot = pool.tryAcquire();
        handler.andThen(() ->
        {
            assertTrue(slot.isAcquired());
            assertEquals(CONNECTIONS - 1, pool.available());
        });
        slot.send(slot.writer().get("/a").finish(), 9, handler);
        assertEquals(CONNECTIONS - 1, pool.available());
        answer("/a", Requests.answer("for a"));

        assertEquals("for a", handler.only().body());
        assertEquals(9, handler.only().correlationId());
        assertFalse(slot.isAcquired());
        assertEquals(CONNECTIONS, pool.available());
        assertSame(slot, pool.tryAcquire());
    }

    @Test
    void shouldKeepTheSlotOfAnExchangeUntilClosed()
    {
        final ClientSlot slot = pool.tryAcquire();
        firstTransportOf(slot).peerSends(Requests.answer("x"));
        final var response = slot.exchange(slot.writer().get("/a").finish());
        assertEquals("x", response.bodyAsString());
        assertEquals(CONNECTIONS - 1, pool.available());

        slot.close();
        assertEquals(CONNECTIONS, pool.available());
        assertThrows(IllegalStateException.class, response::status);
    }

    @Test
    void shouldTakeAnswersOfSeveralSlotsInAnyOrder()
    {
        final ClientSlot[] slots = { pool.tryAcquire(), pool.tryAcquire(), pool.tryAcquire() };
        for (int i = 0; i < slots.length; i++)
        {
            slots[i].send(slots[i].writer().get("/" + i).finish(), i, handler);
        }
        for (final int i : new int[]{ 1, 2, 0 })
        {
            answer("/" + i, Requests.answer("for " + i));
            assertEquals(i, handler.outcomes().getLast().correlationId());
            assertEquals("for " + i, handler.outcomes().getLast().body());
            assertSame(slots[i], pool.tryAcquire());
        }
    }

    @Test
    void shouldReturnTheSlotWhenClosedInFlight()
    {
        final ClientSlot slot = pool.tryAcquire();
        slot.send(slot.writer().get("/a").finish(), handler);
        slot.close();
        slot.close();
        assertEquals(CONNECTIONS - 1, pool.available());
        assertEquals(0, handler.outcomes().size());

        answer("/a", Requests.answer("x"));
        assertEquals("x", handler.only().body());
        assertEquals(CONNECTIONS, pool.available());
    }

    @Test
    void shouldReturnASlotOnceHoweverOftenItIsClosed()
    {
        final ClientSlot slot = pool.tryAcquire();
        slot.close();
        slot.close();
        slot.close();

        assertEquals(CONNECTIONS, pool.available());
        assertNotSame(pool.tryAcquire(), pool.tryAcquire());
    }

    @Test
    void shouldRefuseASlotThatWasReturned()
    {
        final ClientSlot slot = pool.tryAcquire();
        final Request request = slot.writer().get("/a").finish();
        slot.close();

        assertThrows(IllegalStateException.class, slot::writer);
        assertThrows(IllegalStateException.class, () -> slot.send(request, handler));
        assertThrows(IllegalStateException.class, () -> slot.exchange(request));
        assertEquals("", written());
        assertEquals(CONNECTIONS, pool.available());
    }

    @Test
    void shouldRefuseASlotWhoseExchangeIsUnderWay()
    {
        final ClientSlot slot = pool.tryAcquire();
        final Request request = slot.writer().get("/a").finish();
        slot.send(request, handler);

        assertThrows(IllegalStateException.class, slot::writer);
        assertThrows(IllegalStateException.class, () -> slot.send(request, handler));
        assertThrows(IllegalStateException.class, () -> slot.exchange(request));
        answer("/a", Requests.answer("x"));
        assertEquals("x", handler.only().body());
    }

    @Test
    void shouldKeepTheSlotWhenItsHandlerSendsAgain()
    {
        final ClientSlot slot = pool.tryAcquire();
        handler.andThen(() ->
        {
            final int next = handler.outcomes().size();
            if (next < 5)
            {
                slot.send(slot.writer().get("/" + next).finish(), next, handler);
            }
        });
        slot.send(slot.writer().get("/0").finish(), 0, handler);
        for (int i = 0; i < 5; i++)
        {
            assertEquals(CONNECTIONS - 1, pool.available());
            answer("/" + i, Requests.answer("for " + i));
            assertEquals("for " + i, handler.outcomes().get(i).body());
        }

        assertEquals(CONNECTIONS, pool.available());
        assertFalse(slot.isAcquired());
    }

    @Test
    void shouldReturnTheSlotWhenItsHandlerFailsToSendAgain()
    {
        final ClientSlot slot = pool.tryAcquire();
        final Request request = slot.writer().get("/a").finish();
        handler.andThen(() ->
        {
            slot.writer().get("/unfinished");
            assertThrows(IllegalStateException.class, () -> slot.send(request, handler));
        });
        slot.send(request, handler);
        answer("/a", Requests.answer("x"));

        assertEquals(1, handler.outcomes().size());
        assertEquals(CONNECTIONS, pool.available());
    }

    @Test
    void shouldReturnTheSlotWhenItsHandlerThrows()
    {
        final ClientSlot slot = pool.tryAcquire();
        handler.andThen(() ->
        {
            throw new IllegalArgumentException("thrown by a handler");
        });
        slot.send(slot.writer().get("/a").finish(), handler);
        assertThrows(IllegalArgumentException.class, () -> answer("/a", Requests.answer("x")));

        assertEquals(CONNECTIONS, pool.available());
    }

    @Test
    void shouldReturnTheSlotWhenItsHandlerClosesIt()
    {
        final ClientSlot slot = pool.tryAcquire();
        handler.andThen(slot::close);
        slot.send(slot.writer().get("/a").finish(), handler);
        answer("/a", Requests.answer("x"));

        assertEquals(CONNECTIONS, pool.available());
    }

    @Test
    void shouldKeepASlotThatItsHandlerClosedAndAcquiredAnew()
    {
        final ClientSlot slot = pool.tryAcquire();
        handler.andThen(() ->
        {
            slot.close();
            assertSame(slot, pool.tryAcquire());
        });
        slot.send(slot.writer().get("/a").finish(), handler);
        answer("/a", Requests.answer("x"));

        assertTrue(slot.isAcquired());
        assertEquals(CONNECTIONS - 1, pool.available());
        slot.close();
        assertEquals(CONNECTIONS, pool.available());
    }

    @Test
    void shouldReplaceARetiredConnectionWithoutHoldingUpTheOthers()
    {
        network.usually(ScriptedTransport::keepsConnecting);
        final ClientSlot slot = pool.tryAcquire();
        final ClientSlot other = pool.tryAcquire();
        slot.send(slot.writer().get("/a").finish(), handler);
        other.send(other.writer().get("/b").finish(), handler);
        answer("/a", CLOSING_ANSWER);
        assertEquals("last", handler.outcomes().getLast().body());
        assertEquals(1, pool.available(), "the slot is not ready");
        assertFalse(slot.isPoisoned());

        answer("/b", Requests.answer("for b"));
        assertEquals("for b", handler.outcomes().getLast().body());
        assertEquals(CONNECTIONS - 1, pool.available());
        assertEquals(ConnectionState.CONNECTING, slot.connection().state());

        network.last().finishesConnecting();
        scripted.work();
        assertEquals(CONNECTIONS, pool.available());
        assertSame(slot, pool.tryAcquire());
        assertEquals(CONNECTIONS + 1, network.size());
    }

    @Test
    void shouldReplaceAPoisonedConnection()
    {
        network.usually(ScriptedTransport::keepsConnecting);
        final ClientSlot slot = pool.tryAcquire();
        slot.send(slot.writer().get("/a").finish(), handler);
        carrierOf("/a").peerResets();
        scripted.work();

        assertEquals(ConnectionError.READ_FAILED, handler.only().error());
        assertEquals(Delivery.UNKNOWN, handler.only().delivery());
        assertTrue(slot.isPoisoned());
        assertFalse(slot.isAcquired());
        assertEquals(CONNECTIONS - 1, pool.available());

        scripted.advance(TimeUnit.MILLISECONDS.toNanos(100));
        network.last().finishesConnecting();
        scripted.work();
        assertFalse(slot.isPoisoned());
        assertEquals(CONNECTIONS, pool.available());
        assertEquals(1, occurrences("/a"), "nothing is sent twice");
    }

    @Test
    void shouldTakeADeadSlotOutFromUnderAHealthyOne()
    {
        network.usually(ScriptedTransport::keepsConnecting);
        final ClientSlot top = pool.tryAcquire();
        final ClientSlot middle = pool.tryAcquire();
        middle.close();
        top.close();
        firstTransportOf(middle).peerEnds();
        passIdleLooks();

        assertEquals(CONNECTIONS - 1, pool.available());
        assertSame(top, pool.tryAcquire());
        assertNotSame(middle, pool.tryAcquire());
        assertNull(pool.tryAcquire());

        scripted.advance(TimeUnit.MILLISECONDS.toNanos(100));
        network.last().finishesConnecting();
        scripted.work();
        assertSame(middle, pool.tryAcquire());
    }

    @Test
    void shouldNotReturnASlotBeforeItsConnectionIsReady()
    {
        network.usually(ScriptedTransport::keepsConnecting);
        final ClientSlot slot = pool.tryAcquire();
        firstTransportOf(slot).peerEnds();
        passIdleLooks();
        slot.send(slot.writer().get("/a").finish(), handler);
        assertEquals(ConnectionError.NOT_CONNECTED, handler.only().error());
        assertEquals(Delivery.NOT_SENT, handler.only().delivery());
        assertFalse(slot.isAcquired(), "the failure returned it");
        assertEquals(CONNECTIONS - 1, pool.available());

        scripted.advance(TimeUnit.MILLISECONDS.toNanos(100));
        network.last().finishesConnecting();
        scripted.work();
        assertEquals(CONNECTIONS, pool.available());
    }

    @Test
    void shouldUseASlotThatHealedWhileAcquired()
    {
        final ClientSlot slot = pool.tryAcquire();
        firstTransportOf(slot).peerEnds();
        assertThrows(ExchangeException.class, () -> slot.exchange(slot.writer().get("/a").finish()));
        assertTrue(slot.isPoisoned());
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(100));
        assertFalse(slot.isPoisoned());
        assertEquals(CONNECTIONS - 1, pool.available());

        network.last().peerSends(Requests.answer("healed"));
        assertEquals("healed", slot.exchange(slot.writer().get("/b").finish()).bodyAsString());
        slot.close();
        assertEquals(CONNECTIONS, pool.available());
    }

    @Test
    void shouldWaitForASlotUntilTheDeadline()
    {
        acquireAll();
        final long startNs = scripted.engine().nanoTime();
        assertNull(pool.acquire(startNs + TimeUnit.MILLISECONDS.toNanos(5)));

        final long elapsedNs = scripted.engine().nanoTime() - startNs;
        assertEquals(TimeUnit.MILLISECONDS.toNanos(5), elapsedNs, ScriptedEngine.IDLE_STEP_NS);
    }

    @Test
    void shouldNotWaitWhenADeadlineHasPassed()
    {
        assertNotNull(pool.acquire(scripted.engine().nanoTime() - 1));
        pool.tryAcquire();
        pool.tryAcquire();
        assertNull(pool.acquire(scripted.engine().nanoTime()));
    }

    @Test
    void shouldAcquireASlotThatComesBackMeanwhile()
    {
        final ClientSlot slot = pool.tryAcquire();
        pool.tryAcquire();
        pool.tryAcquire();
        slot.send(slot.writer().get("/a").finish(), handler);
        carrierOf("/a").peerSends(Requests.answer("x"));

        assertSame(slot, pool.acquire(scripted.engine().nanoTime() + TimeUnit.SECONDS.toNanos(1)));
        assertEquals("x", handler.only().body());
    }

    @Test
    void shouldAcquireASlotThatHealsMeanwhile()
    {
        network.next((transport) -> transport.failsToConnect("Connection refused"));
        final ClientSlot slot = pool.tryAcquire();
        pool.tryAcquire();
        pool.tryAcquire();
        slot.send(slot.writer().get("/a").finish(), handler);
        carrierOf("/a").peerEnds();

        assertSame(slot, pool.acquire(scripted.engine().nanoTime() + TimeUnit.SECONDS.toNanos(1)));
        assertEquals(Delivery.UNKNOWN, handler.only().delivery());
    }

    @Test
    void shouldFailExchangesUnderWayWhenClosed()
    {
        final ClientSlot slot = pool.tryAcquire();
        pool.tryAcquire();
        slot.send(slot.writer().get("/a").finish(), handler);
        pool.close();

        assertEquals(ConnectionError.CLOSED_LOCALLY, handler.only().error());
        assertEquals(Delivery.UNKNOWN, handler.only().delivery());
        assertEquals(0, pool.available());
        assertThrows(IllegalStateException.class, pool::tryAcquire);
        assertThrows(IllegalStateException.class, pool::doWork);
        assertThrows(IllegalStateException.class, () -> pool.acquire(0));
        slot.close();
        pool.close();
        assertEquals(0, pool.available());
        assertFalse(scripted.engine().isClosed(), "the engine is shared");
    }

    @Test
    void shouldCloseFromAHandler()
    {
        final ClientSlot slot = pool.tryAcquire();
        handler.andThen(pool::close);
        slot.send(slot.writer().get("/a").finish(), handler);
        answer("/a", Requests.answer("x"));

        assertEquals("x", handler.only().body());
        assertTrue(pool.isClosed());
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldRefuseAnotherThread() throws InterruptedException
    {
        final ClientSlot slot = pool.tryAcquire();
        final Request request = slot.writer().get("/a").finish();

        assertRefusedElsewhere(pool::tryAcquire);
        assertRefusedElsewhere(() -> pool.acquire(0));
        assertRefusedElsewhere(pool::doWork);
        assertRefusedElsewhere(pool::close);
        assertRefusedElsewhere(() -> slot.send(request, handler));
        assertRefusedElsewhere(() -> slot.exchange(request));
        assertRefusedElsewhere(slot::writer);
        assertRefusedElsewhere(slot::close);

        assertEquals("", written());
        assertFalse(pool.isClosed());
        slot.send(request, handler);
        answer("/a", Requests.answer("still mine"));
        assertEquals("still mine", handler.only().body());
    }

    private void acquireAll()
    {
        while (pool.available() > 0)
        {
            assertNotNull(pool.tryAcquire());
        }
    }

    private void answer(final String path, final String answer)
    {
        carrierOf(path).peerSends(answer);
        scripted.work();
    }

    private ScriptedTransport firstTransportOf(final ClientSlot slot)
    {
        for (int i = 0; i < pool.size(); i++)
        {
            if (pool.slot(i) == slot)
            {
                return network.get(i);
            }
        }

        throw new AssertionError("not a slot of the pool");
    }

    private ScriptedTransport carrierOf(final String path)
    {
        return network.transports().stream()
            .filter((transport) -> transport.written().contains("GET " + path + " "))
            .findFirst()
            .orElseThrow();
    }

    private long occurrences(final String path)
    {
        return network.transports().stream()
            .filter((transport) -> transport.written().contains("GET " + path + " "))
            .count();
    }

    private String written()
    {
        final StringBuilder written = new StringBuilder();
        network.transports().forEach((transport) -> written.append(transport.written()));
        return written.toString();
    }

    private int calls()
    {
        return network.transports().stream().mapToInt((transport) -> transport.reads() + transport.writes()).sum();
    }

    private void passIdleLooks()
    {
        for (int i = 0; i < 2 * CONNECTIONS; i++)
        {
            scripted.clock().advance(EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS / CONNECTIONS);
            scripted.engine().doWork();
        }
    }

    private static void assertRefusedElsewhere(final Runnable action) throws InterruptedException
    {
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread thread = new Thread(() ->
        {
            try
            {
                action.run();
            }
            catch (final RuntimeException ex)
            {
                thrown.set(ex);
            }
        });
        thread.start();
        thread.join();
        assertTrue(thrown.get() instanceof IllegalStateException, () -> "thrown: " + thrown.get());
    }
}
