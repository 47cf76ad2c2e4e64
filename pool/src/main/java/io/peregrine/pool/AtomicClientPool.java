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

import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineCounters;
import io.peregrine.engine.HttpEngine;
import io.peregrine.tls.TlsSessionInfo;
import net.openhft.affinity.Affinity;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentInvoker;
import org.agrona.concurrent.AgentRunner;

import java.util.BitSet;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Connections to a server, driven by an engine on a thread of its own, for any number of strategy threads: each has its
 * {@link PoolClient}, and nothing but rings between it and the engine. All methods may be called by any thread.
 */
public final class AtomicClientPool implements AutoCloseable
{
    /** How long after its deadline a verdict may be missing before a waiting caller gives the engine up: 1 s. */
    static final long STALL_NS = TimeUnit.SECONDS.toNanos(1);

    private static final long CLOSE_POLL_INTERVAL_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private final AtomicClientPoolContext context;
    private final AnswerLimits answerLimits;
    private final PoolState state;
    private final PoolCounters counters;
    private final EngineCounters engineCounters;
    private final ClientRegistry registry;
    private final RequestDispatcher dispatcher;
    private final AtomicPoolAgent agent;
    private final AgentRunner runner;
    private final AgentInvoker invoker;
    private final int connections;
    private final TlsSessionInfo tlsInfo;

    private AtomicClientPool(
        final AtomicClientPoolContext context,
        final AnswerLimits answerLimits,
        final ClientPool pool,
        final PoolCounters counters)
    {
        this.context = context;
        this.answerLimits = answerLimits;
        this.counters = counters;
        state = new PoolState();
        connections = pool.size();
        tlsInfo = pool.slot(0).connection().tlsInfo();
        engineCounters = pool.engine().counters();
        registry = new ClientRegistry(context, answerLimits, counters);
        pool.expectRequestsFrom(registry.slotMemory());
        dispatcher = new RequestDispatcher(pool, registry, counters, state, context.drainLimit());
        pool.engine().addTask(dispatcher);
        final ErrorHandler errorHandler = new GuardedErrorHandler(context.errorHandler());
        agent = new AtomicPoolAgent(context, pool, dispatcher, counters, state, errorHandler);
        runner = context.isInvokerUsed() ? null :
            new AgentRunner(context.idleStrategy(), errorHandler, null, agent);
        invoker = context.isInvokerUsed() ? new AgentInvoker(errorHandler, null, agent) : null;
    }

    /**
     * Connects every slot for real, on the calling thread, then starts the engine's thread, or hands out an invoker.
     * Before that, a warm-up runs if the builder of the pool asks for one ({@link ClientPoolBuilder#warmUp(int)}): with
     * a client on the calling thread, and an engine on a thread that is bound to the same core as the real one will be.
     * Fails whole: nothing is left open or running.
     *
     * @param context what the pool is made of.
     * @return the pool, ready for clients.
     * @throws io.peregrine.codec.HttpException         when URL, header or path are not valid.
     * @throws io.peregrine.engine.ExchangeException    when a connection cannot be made.
     * @throws IllegalArgumentException                 when the settings do not fit together.
     * @throws IllegalStateException                    when the context was used before, or the thread cannot be bound
     *                                                  to its core and has to be.
     */
    public static AtomicClientPool launch(final AtomicClientPoolContext context)
    {
        context.conclude();
        final AnswerLimits answerLimits = context.answerLimits();
        final WarmUp warmUp = WarmUp.run(context, answerLimits);
        final EngineContext engineContext = context.engine();
        if (context.cpuPinning().isWanted())
        {
            engineContext.threadFactory(withAffinityOfCaller(engineContext.threadFactory()));
        }

        final HttpEngine engine = new HttpEngine(engineContext);
        warmUp.report(engine);

        return start(context, answerLimits, context.pool().build(engine, true));
    }

    /**
     * A client for one strategy thread: the first that uses it.
     *
     * @return the client.
     * @throws IllegalStateException when the pool is closed, or has as many clients as may be.
     */
    public PoolClient newClient()
    {
        if (state.isClosing())
        {
            throw new IllegalStateException("the pool is closed");
        }

        return new PoolClient(this, registry.add(dispatcher), answerLimits);
    }

    /**
     * Runs the engine when there is no thread for it.
     *
     * @return the invoker, started, or null when the engine has a thread.
     */
    public AgentInvoker invoker()
    {
        return invoker;
    }

    /**
     * The engine's thread, for monitoring.
     *
     * @return the thread, or null when there is none, or the pool is closed.
     */
    public Thread engineThread()
    {
        final Thread thread = null == runner ? null : runner.thread();
        return AgentRunner.TOMBSTONE == thread ? null : thread;
    }

    /**
     * What the pool is made of.
     *
     * @return the context.
     */
    public AtomicClientPoolContext context()
    {
        return context;
    }

    /**
     * What the pool counts.
     *
     * @return the counters.
     */
    public PoolCounters counters()
    {
        return counters;
    }

    /**
     * What the engine counts.
     *
     * @return the counters.
     */
    public EngineCounters engineCounters()
    {
        return engineCounters;
    }

    /**
     * Number of connections, in whatever state.
     *
     * @return the count.
     */
    public int size()
    {
        return connections;
    }

    /**
     * What the TLS handshake of the first connection agreed on, at the launch.
     *
     * @return null without TLS.
     */
    public TlsSessionInfo tlsInfo()
    {
        return tlsInfo;
    }

    /**
     * Number of clients that the engine knows.
     *
     * @return the count.
     */
    public int clientCount()
    {
        return registry.sessions().length;
    }

    /**
     * Core that the engine's thread is bound to.
     *
     * @return number of the core, or {@link CpuPinning#NO_CPU}.
     */
    public int cpu()
    {
        return agent.cpu();
    }

    /**
     * Whether the pool takes requests.
     *
     * @return false from the moment it is closed, or its engine has failed.
     */
    public boolean isOpen()
    {
        return !state.isClosing();
    }

    /**
     * Whether unexpected exceptions have ended the engine.
     *
     * @return true when they have.
     */
    public boolean hasFailed()
    {
        return ConnectionError.ENGINE_FAILED == state.terminationError();
    }

    /**
     * Closes in good order: takes no request any more, lets those under way, and those that wait, come to their end
     * until the timeout has passed, then closes.
     *
     * @param timeoutNs in nanoseconds.
     */
    public void close(final long timeoutNs)
    {
        state.close();
        final long deadlineNs = System.nanoTime() + timeoutNs;
        while (!state.isQuiet() && null == state.terminationError() && System.nanoTime() - deadlineNs < 0)
        {
            if (0 == invokeIfOwn())
            {
                LockSupport.parkNanos(CLOSE_POLL_INTERVAL_NS);
            }
        }

        close();
    }

    /**
     * Closes the connections and ends the engine's thread. Requests under way fail with
     * {@link ConnectionError#CLOSED_LOCALLY}; clients poll the verdicts that are left as before.
     */
    @Override
    public void close()
    {
        state.close();
        if (null != invoker)
        {
            invoker.close();
        }
        else if (Thread.currentThread() == runner.thread())
        {
            agent.requestStop();
        }
        else
        {
            runner.close();
        }
    }

    PoolState state()
    {
        return state;
    }

    /** One duty cycle, if it is for the caller to run it. */
    int invokeIfOwn()
    {
        return null == invoker ? 0 : invoker.invoke();
    }

    /** Starts the engine of a pool that is connected; closes the pool when that fails. */
    static AtomicClientPool start(
        final AtomicClientPoolContext context, final AnswerLimits answerLimits, final ClientPool pool)
    {
        boolean isStarted = false;
        AtomicClientPool atomicPool = null;
        try
        {
            atomicPool = new AtomicClientPool(
                context, answerLimits, pool, new PoolCounters(pool.engine().context().countersManager()));
            atomicPool.startAgent();
            isStarted = true;
        }
        finally
        {
            if (!isStarted && null == atomicPool)
            {
                pool.close();
            }
            else if (!isStarted)
            {
                atomicPool.close();
            }
        }

        return atomicPool;
    }

    private void startAgent()
    {
        if (null == invoker)
        {
            AgentRunner.startOnThread(runner, Thread.ofPlatform().daemon().factory());
        }
        else
        {
            invoker.start();
        }

        agent.awaitStart();
    }

    /** Threads that an engine bound to a core starts must not be bound to the same core. */
    private static ThreadFactory withAffinityOfCaller(final ThreadFactory factory)
    {
        final BitSet cpus = Affinity.getAffinity();
        return (work) -> factory.newThread(
            () ->
            {
                Affinity.setAffinity(cpus);
                work.run();
            });
    }
}
