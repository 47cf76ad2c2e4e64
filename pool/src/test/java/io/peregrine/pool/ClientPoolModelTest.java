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

import io.peregrine.engine.ConnectionState;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedEngine;
import io.peregrine.engine.ScriptedNetwork;
import io.peregrine.engine.ScriptedTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Random steps against a pool whose server answers, drips, closes, resets, refuses and sends what nobody asked for.
 * After every step the pool must agree with a plain model of it; a failure names its seed, and {@code
 * -Dperegrine.test.seed=...} repeats it alone.
 */
class ClientPoolModelTest
{
    private static final String SEED_PROPERTY = "peregrine.test.seed";
    private static final int FIXED_SEEDS = 60;
    private static final int RANDOM_SEEDS = 20;
    private static final int STEPS = 400;
    private static final int MAX_CONNECTIONS = 5;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final TreeMap<Long, RecordingHandler> handlers = new TreeMap<>();
    private final ArrayList<ClientSlot> acquired = new ArrayList<>();
    private final TreeSet<Long> answeredIds = new TreeSet<>();

    private ScriptedEngine scripted;
    private ScriptedNetwork network;
    private ClientPool pool;
    private Random random;
    private long nextId;
    private boolean isServerUp;

    @AfterEach
    void closeAll()
    {
        if (null != pool)
        {
            pool.close();
        }
        if (null != scripted)
        {
            scripted.close();
        }
    }

    @Test
    void shouldAgreeWithTheModel()
    {
        final String seedText = System.getProperty(SEED_PROPERTY);
        if (null != seedText)
        {
            run(Long.parseLong(seedText));
            return;
        }

        for (long seed = 0; seed < FIXED_SEEDS; seed++)
        {
            run(seed);
        }
        for (int i = 0; i < RANDOM_SEEDS; i++)
        {
            run(new Random().nextLong());
        }
    }

    private void run(final long seed)
    {
        int step = 0;
        try
        {
            start(seed);
            for (; step < STEPS; step++)
            {
                step(random.nextInt(100));
                check();
            }
            finish();
        }
        catch (final RuntimeException | AssertionError ex)
        {
            throw new AssertionError("at step " + step + " of -D" + SEED_PROPERTY + "=" + seed, ex);
        }
    }

    private void start(final long seed)
    {
        random = new Random(seed);
        handlers.clear();
        acquired.clear();
        answeredIds.clear();
        nextId = 1000;
        isServerUp = true;
        scripted = new ScriptedEngine(watcher);
        network = scripted.network();
        pool = new ClientPoolBuilder(scripted.engine())
            .url("http://127.0.0.1:8001")
            .connections(1 + random.nextInt(MAX_CONNECTIONS))
            .build();
        network.usually(this::prepare);
    }

    private void prepare(final ScriptedTransport transport)
    {
        if (!isServerUp)
        {
            transport.failsToConnect("Connection refused");
        }
        else if (random.nextInt(10) == 0)
        {
            transport.peerEnds();
        }
        if (random.nextInt(10) == 0)
        {
            transport.failsToWriteAfter(random.nextInt(100));
        }
        if (random.nextInt(5) == 0)
        {
            transport.takes(random.nextInt(100));
        }
    }

    private void step(final int dice)
    {
        if (dice < 20)
        {
            acquire();
        }
        else if (dice < 45)
        {
            send();
        }
        else if (dice < 70)
        {
            answer();
        }
        else if (dice < 75)
        {
            closeSlot();
        }
        else if (dice < 78)
        {
            idleTransport(ScriptedTransport::peerEnds);
        }
        else if (dice < 80)
        {
            idleTransport((transport) -> transport.peerSends("HTTP/1.1 408 Request Timeout\r\n\r\n"));
        }
        else if (dice < 82)
        {
            isServerUp = !isServerUp;
        }
        else if (dice < 84)
        {
            network.transports().forEach(ScriptedTransport::takesEverything);
        }
        else if (dice < 86)
        {
            scripted.clock().advance(TimeUnit.SECONDS.toNanos(random.nextInt(12)));
        }
        else
        {
            scripted.clock().advance(random.nextInt(1_000_000));
        }

        // What idle connections bring is noticed only here, so that no request meets it, as the engine's thread sees
        // to.
        settle();
    }

    /** Enough cycles for a look at each connection. */
    private void settle()
    {
        for (int i = 0; i < 3 * pool.size(); i++)
        {
            scripted.clock().advance(scripted.engine().context().idleLookIntervalNs());
            scripted.engine().doWork();
        }
        scripted.work();
    }

    private void acquire()
    {
        final int availableBefore = pool.available();
        final ClientSlot slot = pool.tryAcquire();
        if (0 == availableBefore)
        {
            assertNull(slot);
        }
        else
        {
            assertNotNull(slot);
            assertTrue(slot.connection().isReady(), "a slot that is handed out is ready");
            assertFalse(acquired.contains(slot), "handed out twice");
            acquired.add(slot);
        }
    }

    private void send()
    {
        final List<ClientSlot> idle = acquired.stream().filter((slot) -> !isInFlight(slot)).toList();
        if (!idle.isEmpty())
        {
            send(idle.get(random.nextInt(idle.size())));
        }
    }

    private void send(final ClientSlot slot)
    {
        final long id = nextId++;
        final RecordingHandler handler = new RecordingHandler();
        final boolean isSendingAgain = random.nextInt(4) == 0;
        handlers.put(id, handler);
        handler.andThen(() ->
        {
            if (isSendingAgain && slot.isAcquired())
            {
                send(slot);
            }
            else if (random.nextInt(8) == 0)
            {
                slot.close();
            }
        });
        slot.send(slot.writer().get("/" + id).finish(), id, handler);
    }

    private void answer()
    {
        final TreeMap<Long, ScriptedTransport> waiting = waiting();
        if (waiting.isEmpty())
        {
            return;
        }

        final Long[] ids = waiting.keySet().toArray(Long[]::new);
        final long id = ids[random.nextInt(ids.length)];
        final ScriptedTransport transport = waiting.get(id);
        answeredIds.add(id);
        final String answer = Requests.answer("for " + id);
        switch (random.nextInt(10))
        {
            case 0 -> transport.peerSends("HTTP/1.1 200 OK\r\nConnection: close\r\n" + answer.substring(17));
            case 1 -> transport.peerSends(answer + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
            case 2 -> transport.peerSendsEachByte(answer);
            case 3 -> transport.peerResets();
            case 4 -> transport.peerEnds();
            case 5 ->
            {
                transport.peerSends(answer.substring(0, random.nextInt(answer.length())));
                transport.peerEnds();
            }
            default -> transport.peerSends(answer);
        }
    }

    /** The requests that were written whole and not answered yet, with what carried them. */
    private TreeMap<Long, ScriptedTransport> waiting()
    {
        final TreeMap<Long, ScriptedTransport> waiting = new TreeMap<>();
        handlers.forEach((id, handler) ->
        {
            if (handler.outcomes().isEmpty() && !answeredIds.contains(id))
            {
                network.transports().stream()
                    .filter((transport) -> !transport.isClosed() && transport.written().endsWith(path(id)))
                    .forEach((transport) -> waiting.put(id, transport));
            }
        });

        return waiting;
    }

    private void closeSlot()
    {
        if (!acquired.isEmpty())
        {
            acquired.get(random.nextInt(acquired.size())).close();
        }
    }

    private void idleTransport(final Consumer<ScriptedTransport> action)
    {
        // All requests have the same length, so a transport that holds a part of one is told by what it holds.
        final TreeMap<Long, ScriptedTransport> waiting = waiting();
        final List<ScriptedTransport> idle = network.transports().stream()
            .filter((transport) -> !transport.isClosed() && !waiting.containsValue(transport))
            .filter((transport) -> 0 == transport.written().length() % path(nextId).length())
            .toList();
        if (!idle.isEmpty())
        {
            action.accept(idle.get(random.nextInt(idle.size())));
        }
    }

    private void check()
    {
        acquired.removeIf((slot) -> !slot.isAcquired());
        int expectedAvailable = 0;
        for (int i = 0; i < pool.size(); i++)
        {
            final ClientSlot slot = pool.slot(i);
            expectedAvailable += !slot.isAcquired() && slot.connection().isReady() ? 1 : 0;
            assertFalse(isInFlight(slot) && !slot.isAcquired(), "an exchange on a slot that was returned");
        }

        assertEquals(expectedAvailable, pool.available());
        assertEquals(acquired.size(), acquiredCount());
        assertTrue(network.openCount() <= pool.size());
        handlers.forEach((id, handler) -> assertTrue(handler.outcomes().size() <= 1, () -> "outcomes of " + id));
    }

    private void finish()
    {
        acquired.forEach(ClientSlot::close);
        pool.close();
        scripted.close();
        assertEquals(0, network.openCount());
        assertEquals(0, pool.available());
        handlers.forEach(this::checkOutcome);
    }

    private void checkOutcome(final long id, final RecordingHandler handler)
    {
        final RecordingHandler.Outcome outcome = handler.only();
        final long carriers = network.transports().stream()
            .filter((transport) -> transport.written().contains(path(id)))
            .count();
        assertEquals(id, outcome.correlationId());
        assertTrue(carriers <= 1, () -> id + " was sent twice");
        if (null == outcome.error())
        {
            assertEquals("for " + id, outcome.body());
            assertEquals(1, carriers);
        }
        else if (0 == outcome.bytesWritten())
        {
            assertEquals(Delivery.NOT_SENT, outcome.delivery());
            assertEquals(0, carriers);
        }
        else
        {
            assertEquals(Delivery.UNKNOWN, outcome.delivery());
        }
    }

    private long acquiredCount()
    {
        long count = 0;
        for (int i = 0; i < pool.size(); i++)
        {
            count += pool.slot(i).isAcquired() ? 1 : 0;
        }
        return count;
    }

    private static boolean isInFlight(final ClientSlot slot)
    {
        return ConnectionState.IN_FLIGHT == slot.connection().state();
    }

    private static String path(final long id)
    {
        return "GET /" + id + " HTTP/1.1\r\nHost: 127.0.0.1:8001\r\n\r\n";
    }
}
