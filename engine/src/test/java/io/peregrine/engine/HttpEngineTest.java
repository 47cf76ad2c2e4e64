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
package io.peregrine.engine;

import io.peregrine.codec.Request;
import io.peregrine.codec.RequestError;
import io.peregrine.codec.ResponseError;
import io.peregrine.tls.TlsError;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class HttpEngineTest
{
    private static final int EXCHANGES = 1000;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final RecordingHandler handler = new RecordingHandler();
    private final Request request = Requests.get("/");

    @Test
    void shouldRunInTheCallersThreadByAnInvoker() throws IOException
    {
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x")))
        {
            final HttpEngine engine = watcher.watch(new HttpEngine(new EngineContext().roleName("my-engine")));
            assertEquals("my-engine", engine.roleName());
            final AgentInvoker invoker = new AgentInvoker(HttpEngineTest::rethrow, null, engine);
            invoker.start();
            final HttpConnection connection = new HttpConnectionBuilder(engine).connect(server.url());
            connection.send(request, handler);
            while (handler.outcomes().isEmpty())
            {
                invoker.invoke();
            }
            invoker.close();

            assertEquals("x", handler.only().body());
            assertEquals(ConnectionState.CLOSED, connection.state());
            assertTrue(engine.isClosed());
        }
    }

    @Test
    void shouldRunInAThreadOfItsOwnByARunner() throws IOException, InterruptedException
    {
        try (LoopbackServer server = LoopbackServer.answering(Requests.answer("x")))
        {
            final HttpEngine engine = watcher.watch(new HttpEngine(new EngineContext()));
            final HttpConnection connection = new HttpConnectionBuilder(engine).connect(server.url());
            final CountDownLatch answered = new CountDownLatch(EXCHANGES);
            final AtomicReference<Throwable> thrown = new AtomicReference<>();
            handler.andThen(() ->
            {
                answered.countDown();
                if (answered.getCount() > 0)
                {
                    connection.send(request, handler);
                }
            });
            connection.send(request, handler);

            // From its start the runner's thread owns the engine, and the connections made before.
            try (AgentRunner runner = new AgentRunner(NoOpIdleStrategy.INSTANCE, thrown::set, null, engine))
            {
                AgentRunner.startOnThread(runner);
                answered.await();
                assertThrows(IllegalStateException.class, engine::doWork);
                assertThrows(IllegalStateException.class, connection::close);
            }

            assertNull(thrown.get());
            assertTrue(engine.isClosed());
            assertTrue(connection.isClosed());
            assertEquals(EXCHANGES, handler.outcomes().size());
            assertEquals(EXCHANGES, server.requests(0).size());
        }
    }

    @Test
    void shouldCloseWithConnectionsInEveryState()
    {
        final ScriptedEngine scripted = new ScriptedEngine(watcher);
        final HttpConnection inFlight = scripted.connect();
        inFlight.send(request, handler);
        scripted.connect();
        scripted.network().next(ScriptedTransport::keepsConnecting);
        scripted.open(ConnectionConfig.DEFAULT, 1);
        scripted.network().next((transport) -> transport.failsToConnect("Connection refused"));
        scripted.open(ScriptedEngine.reconnecting(), 1);
        scripted.engine().doWork();
        scripted.close();

        assertEquals(ConnectionError.CLOSED_LOCALLY, handler.only().error());
        assertEquals(Delivery.UNKNOWN, handler.only().delivery());
        assertEquals(0, scripted.network().openCount());
        assertEquals(0, scripted.engine().connectionCount());
        assertThrows(IllegalStateException.class, () -> scripted.engine().doWork());
        assertThrows(IllegalStateException.class, () -> scripted.open(ConnectionConfig.DEFAULT, 1));
    }

    @Test
    void shouldCloseAllWhenAHandlerThrows()
    {
        final ScriptedEngine scripted = new ScriptedEngine(watcher);
        handler.andThen(() ->
        {
            throw new IllegalArgumentException("thrown by a handler");
        });
        for (int i = 0; i < 3; i++)
        {
            scripted.connect().send(request, handler);
        }
        scripted.close();

        assertEquals(3, handler.outcomes().size());
        assertEquals(0, scripted.network().openCount());
        assertEquals(0, scripted.engine().connectionCount());
    }

    @Test
    void shouldRefuseToBeClosedByAnotherThread() throws InterruptedException
    {
        final ScriptedEngine scripted = new ScriptedEngine(watcher);
        final HttpConnection connection = scripted.connect();
        final AtomicReference<Throwable> thrown = new AtomicReference<>();
        final Thread thread = new Thread(
            () -> thrown.set(assertThrows(IllegalStateException.class, scripted::close)));
        thread.start();
        thread.join();

        assertFalse(scripted.engine().isClosed());
        assertTrue(connection.isReady());
        scripted.close();
        assertTrue(connection.isClosed());
    }

    @Test
    void shouldCount()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher))
        {
            final HttpConnection connection = scripted.connect(ScriptedEngine.reconnecting());
            final String answer = Requests.answer("x");
            for (int i = 0; i < 3; i++)
            {
                scripted.network().last().peerAnswers(answer);
                connection.exchange(request);
            }
            scripted.network().last().peerAnswers(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
            connection.exchange(request);
            connection.send(request, handler);
            scripted.work();
            connection.send(request, handler);
            scripted.network().last().peerSends("SSH-2.0-OpenSSH\r\n");
            scripted.work();

            assertEquals(5, scripted.count(EngineCounter.REQUESTS));
            assertEquals(4, scripted.count(EngineCounter.ANSWERS));
            assertEquals(2, scripted.count(EngineCounter.FAILURES));
            assertEquals(5L * request.length(), scripted.count(EngineCounter.BYTES_WRITTEN));
            assertEquals(3L * answer.length() + 57 + 17, scripted.count(EngineCounter.BYTES_READ));
            assertEquals(2, scripted.count(EngineCounter.CONNECT_ATTEMPTS));
            assertEquals(2, scripted.count(EngineCounter.CONNECTS));
            assertEquals(1, scripted.count(EngineCounter.RETIREMENTS));
            assertEquals(1, scripted.engine().counters().get(ConnectionError.NOT_CONNECTED));
            assertEquals(1, scripted.engine().counters().get(ResponseError.MALFORMED_STATUS_LINE));
            assertEquals(0, scripted.engine().counters().get(ConnectionError.READ_FAILED));
            assertEquals(0, scripted.engine().counters().get(RequestError.INVALID_URL), "not one of the engine's");
        }
    }

    @Test
    void shouldKeepCountersAndErrorsWhereTold()
    {
        final CountersManager countersManager = new CountersManager(
            new UnsafeBuffer(ByteBuffer.allocateDirect(128 * CountersReader.METADATA_LENGTH)),
            new UnsafeBuffer(ByteBuffer.allocateDirect(128 * CountersReader.COUNTER_LENGTH)));
        final UnsafeBuffer errorLogBuffer = new UnsafeBuffer(ByteBuffer.allocateDirect(8 * 1024));
        final ScriptedNetwork network = new ScriptedNetwork();
        network.usually((transport) -> transport.failsToConnect("Connection refused"));
        final EngineContext context = new EngineContext()
            .countersManager(countersManager)
            .errorLogBuffer(errorLogBuffer)
            .epochClock(() -> 77)
            .transportFactory(network);
        try (HttpEngine engine = watcher.watch(new HttpEngine(context)))
        {
            for (int i = 0; i < 5; i++)
            {
                assertThrows(
                    ExchangeException.class, () -> new HttpConnectionBuilder(engine).connect("http://127.0.0.1"));
            }

            final Map<String, Long> valueByLabel = new HashMap<>();
            countersManager.forEach((value, id, label) -> valueByLabel.put(label, value));
            assertEquals(5, valueByLabel.get("Connect attempts"));
            assertEquals(0, valueByLabel.get("Connects"));
            assertEquals(5, valueByLabel.get("Errors: CONNECT_FAILED"));
            assertEquals(
                EngineCounter.values().length + ResponseError.values().length + ConnectionError.values().length +
                    TlsError.values().length,
                valueByLabel.size());

            final ArrayList<String> errors = new ArrayList<>();
            ErrorLogReader.read(errorLogBuffer, (count, firstMs, lastMs, message) ->
            {
                assertEquals(77, firstMs);
                errors.add(count + " x " + message);
            });
            assertEquals(1, errors.size(), "repeats are folded: " + errors);
            assertTrue(errors.getFirst().startsWith("5 x "), errors.getFirst());
            assertTrue(errors.getFirst().contains("CONNECT_FAILED: connect failed"), errors.getFirst());
        }

        final Set<String> left = new HashSet<>();
        countersManager.forEach((value, id, label) -> left.add(label));
        assertEquals(Set.of(), left, "counters are given back");
    }

    @Test
    void shouldKeepAContextToOneEngine()
    {
        final EngineContext context = new EngineContext();
        watcher.watch(new HttpEngine(context)).close();

        assertThrows(IllegalStateException.class, () -> new HttpEngine(context));
    }

    @Test
    void shouldRefuseANonsensicalInterval()
    {
        assertThrows(IllegalArgumentException.class, () -> new EngineContext().idleLookIntervalNs(0));
        assertEquals(5, new EngineContext().idleLookIntervalNs(5).idleLookIntervalNs());
    }

    @Test
    void shouldServeManyConnectionsInOneCycle()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher))
        {
            final int count = 100;
            for (int i = 0; i < count; i++)
            {
                final HttpConnection connection = scripted.connect();
                connection.send(request, i, handler);
            }
            for (int i = 0; i < count; i++)
            {
                scripted.network().get(i).peerSends(Requests.answer("for " + i));
            }
            scripted.engine().doWork();

            assertEquals(count, handler.outcomes().size());
            handler.outcomes().forEach((outcome) -> assertEquals("for " + outcome.correlationId(), outcome.body()));
            assertEquals(0, scripted.engine().doWork());
        }
    }

    @Test
    void shouldNotSpendACycleOnIdleConnections()
    {
        try (ScriptedEngine scripted = new ScriptedEngine(watcher))
        {
            for (int i = 0; i < 50; i++)
            {
                scripted.connect();
            }
            scripted.advance(TimeUnit.SECONDS.toNanos(1));
            final int readsBefore = reads(scripted);
            for (int i = 0; i < 1000; i++)
            {
                scripted.engine().doWork();
            }

            assertEquals(readsBefore, reads(scripted), "time stands still, so none is due");
        }
    }

    private static int reads(final ScriptedEngine scripted)
    {
        return scripted.network().transports().stream().mapToInt(ScriptedTransport::reads).sum();
    }

    private static void rethrow(final Throwable throwable)
    {
        throw new AssertionError(throwable);
    }
}
