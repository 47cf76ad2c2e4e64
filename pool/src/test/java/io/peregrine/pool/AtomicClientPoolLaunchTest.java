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

import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.LoopbackServer;
import io.peregrine.engine.Requests;
import net.openhft.affinity.Affinity;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How the engine's thread starts, where it runs, and how it ends, over real sockets. */
@Timeout(60)
class AtomicClientPoolLaunchTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int NO_SUCH_CPU = 1_000;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final List<Throwable> errors = new ArrayList<>();
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
    void shouldRunOnAThreadOfItsOwnThatEndsWithThePool() throws InterruptedException
    {
        final Thread thread;
        try (AtomicClientPool pool = AtomicClientPool.launch(context());
            PoolClient client = pool.newClient())
        {
            thread = pool.engineThread();
            assertEquals("peregrine-engine", thread.getName());
            assertNull(pool.invoker());
            final RestResponse response = client.exchange(client.post("/order").body("{}"), 20 * SECOND_NS);
            assertEquals("done", response.bodyAsString());
        }

        thread.join();
        assertEquals(List.of(), errors);
    }

    @Test
    void shouldBindItsThreadButNotThoseThatItStarts() throws InterruptedException
    {
        final BitSet allCpus = Affinity.getAffinity();
        final int cpu = allCpus.nextSetBit(0);
        final AtomicClientPoolContext context = context().cpuPinning(CpuPinning.cpu(cpu)).isPinningRequired(true);
        try (AtomicClientPool pool = AtomicClientPool.launch(context))
        {
            assertEquals(cpu, pool.cpu());
            assertEquals(allCpus, Affinity.getAffinity(), "not the launching thread");
            final AtomicReference<BitSet> cpusOfHelper = new AtomicReference<>();
            final Thread pinned = new Thread(() ->
            {
                CpuPinning.cpu(cpu).pin();
                final Thread helper =
                    context.engine().threadFactory().newThread(() -> cpusOfHelper.set(Affinity.getAffinity()));
                helper.start();
                join(helper);
            });
            pinned.start();
            join(pinned);
            assertEquals(allCpus, cpusOfHelper.get());
        }
    }

    @Test
    void shouldSayThatItCannotBindItsThreadAndRun()
    {
        try (AtomicClientPool pool = AtomicClientPool.launch(context().cpuPinning(CpuPinning.cpu(NO_SUCH_CPU)));
            PoolClient client = pool.newClient())
        {
            assertEquals(CpuPinning.NO_CPU, pool.cpu());
            assertEquals(1, errors.size());
            assertTrue(errors.getFirst().getMessage().contains("core " + NO_SUCH_CPU));
            assertEquals(200, client.exchange(client.get("/"), 20 * SECOND_NS).status());
        }
    }

    @Test
    void shouldFailWholeWhenItCannotBindItsThreadAndHasTo()
    {
        final AtomicClientPoolContext context =
            context().cpuPinning(CpuPinning.cpu(NO_SUCH_CPU)).isPinningRequired(true);
        final IllegalStateException ex =
            assertThrows(IllegalStateException.class, () -> AtomicClientPool.launch(context));
        assertTrue(ex.getMessage().contains("core " + NO_SUCH_CPU), ex.getMessage());
        assertThrows(IllegalStateException.class, () -> AtomicClientPool.launch(context), "serves one launch");
    }

    @Test
    void shouldFailWholeWhenItCannotConnect() throws IOException
    {
        final AtomicClientPoolContext context =
            context().pool(new ClientPoolBuilder().url(LoopbackServer.refusingUrl()).connections(3));
        final ExchangeException ex =
            assertThrows(ExchangeException.class, () -> AtomicClientPool.launch(context));
        assertEquals(ConnectionError.CONNECT_FAILED, ex.error());
    }

    @Test
    void shouldReadTheListOfIsolatedCores()
    {
        assertEquals("{2, 3, 4, 5, 8}", CpuPinning.parse("2-5,8").toString());
        assertEquals("{}", CpuPinning.parse("").toString());
        assertEquals("an isolated core", CpuPinning.isolated().toString());
        assertFalse(CpuPinning.none().isWanted());
        assertEquals(CpuPinning.NO_CPU, CpuPinning.none().pin());
    }

    @Test
    void shouldLetWhatIsUnderWayEndWhenItClosesInGoodOrder() throws IOException
    {
        final RecordingAnswers answers = new RecordingAnswers();
        final AtomicClientPool pool = AtomicClientPool.launch(context());
        try (PoolClient client = pool.newClient())
        {
            for (int i = 0; i < 20; i++)
            {
                assertTrue(client.offer(client.post("/order/" + i).body("{}")) > 0);
            }
            pool.close(20 * SECOND_NS);
            assertEquals(PoolClient.CLOSED, client.offer(client.get("/")));
            while (client.outstanding() > 0)
            {
                client.poll(answers, 100);
            }
        }

        assertEquals(List.of("done"), answers.outcomes().stream().distinct().toList());
        assertEquals(20, server.requests().size());
    }

    @Test
    void shouldSayThatTheEngineGivesNoVerdictAndBringItLater()
    {
        final HangingIdle idle = new HangingIdle(new AtomicBoolean(), new AtomicBoolean());
        final RecordingAnswers answers = new RecordingAnswers();
        try (AtomicClientPool pool = AtomicClientPool.launch(context().idleStrategy(idle));
            PoolClient client = pool.newClient())
        {
            idle.hang();
            final ExchangeException ex =
                assertThrows(ExchangeException.class, () -> client.exchange(client.get("/"), SECOND_NS / 10));
            assertEquals("ENGINE_STALLED UNKNOWN", ex.error() + " " + ex.delivery());
            idle.goOn();
            while (client.outstanding() > 0)
            {
                client.poll(answers, 1);
                Thread.onSpinWait();
            }
        }

        assertEquals("REQUEST_TIMEOUT NOT_SENT", answers.only().error() + " " + answers.only().delivery());
    }

    @Test
    void shouldCloseFromItsOwnThread() throws InterruptedException
    {
        final AtomicReference<AtomicClientPool> itself = new AtomicReference<>();
        final AtomicClientPool pool = AtomicClientPool.launch(context()
            .engine(new EngineContext().transportFactory(new EchoVenue(1, 0, 10, () -> null != itself.get())))
            .maxErrorsInARow(Integer.MAX_VALUE)
            .errorHandler((error) -> itself.get().close()));
        final Thread thread = pool.engineThread();
        itself.set(pool);
        join(thread);

        assertFalse(pool.isOpen());
        assertFalse(pool.hasFailed());
        pool.close();
    }

    @Test
    void shouldOutliveAnErrorHandlerThatThrows()
    {
        final AtomicReference<AtomicClientPool> broken = new AtomicReference<>();
        try (AtomicClientPool pool = AtomicClientPool.launch(context()
            .engine(new EngineContext().transportFactory(new EchoVenue(1, 0, 10, () -> null != broken.get())))
            .errorHandler((error) ->
            {
                throw new IllegalStateException("handler");
            })))
        {
            final Thread thread = pool.engineThread();
            assertNotNull(thread);
            broken.set(pool);
            join(thread);
            assertTrue(pool.hasFailed());
        }
    }

    private AtomicClientPoolContext context()
    {
        return new AtomicClientPoolContext()
            .pool(new ClientPoolBuilder().url(server.url()).connections(2))
            .idleStrategy(new BackoffIdleStrategy())
            .clientIdleStrategy(BackoffIdleStrategy::new)
            .errorHandler(errors::add);
    }

    private static void join(final Thread thread)
    {
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            throw new AssertionError(ex);
        }
    }

    /** Keeps the engine from its next duty cycle. */
    private record HangingIdle(AtomicBoolean isToHang, AtomicBoolean isHanging) implements IdleStrategy
    {
        /** Returns when the engine hangs: the duty cycle that was under way would still take a request. */
        void hang()
        {
            isToHang.set(true);
            while (!isHanging.get())
            {
                Thread.onSpinWait();
            }
        }

        void goOn()
        {
            isToHang.set(false);
        }

        @Override
        public void idle(final int workCount)
        {
            idle();
        }

        @Override
        public void idle()
        {
            Thread.yield();
            while (isToHang.get())
            {
                isHanging.set(true);
                Thread.yield();
            }
        }

        @Override
        public void reset()
        {
        }
    }
}
