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

import io.peregrine.codec.ErrorCode;
import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsException;
import net.openhft.chronicle.core.io.AbstractCloseable;
import org.agrona.CloseHelper;
import org.agrona.collections.ArrayListUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;

/**
 * The single-threaded agent that drives connections. Each duty cycle reads the clock once, polls the connections that
 * are under way (connecting, awaiting an answer, backing off), and looks at one of the idle ones when it is due.
 * <p>
 * Run it with an {@link org.agrona.concurrent.AgentInvoker} or plain calls of {@link #doWork()} in the caller's
 * thread, or with an {@link org.agrona.concurrent.AgentRunner}. The engine and all that belongs to it are used by one
 * thread, which is checked: {@link #onStart()} hands them over to the thread that runs the agent.
 */
public final class HttpEngine extends AbstractCloseable implements Agent
{
    private final EngineContext context;
    private final NanoClock nanoClock;
    private final IdleStrategy idleStrategy;
    private final EngineCounters counters;
    private final ArrayList<HttpConnection> connections = new ArrayList<>();
    private final ArrayList<HttpConnection> active = new ArrayList<>();
    private final ArrayList<EngineTask> tasks = new ArrayList<>();
    private final ByteBuffer idleProbe = ByteBuffer.allocateDirect(1);
    private final TlsContexts tlsContexts = new TlsContexts();
    private final TaskThreads taskThread;
    private final TaskThreads resolverThreads;
    private final SplittableRandom random;

    private boolean isInDutyCycle;
    private boolean isDraining;
    private long nextIdleLookNs;
    private int nextIdleIndex;

    /**
     * Creates an engine; it has no thread of its own.
     *
     * @param context what it is made of; concluded here.
     */
    public HttpEngine(final EngineContext context)
    {
        // What may fail comes first: an engine that exists has to be closed.
        this(context, conclude(context));
    }

    private HttpEngine(final EngineContext context, final EngineCounters counters)
    {
        this.context = context;
        this.counters = counters;
        nanoClock = context.nanoClock();
        idleStrategy = context.idleStrategy();
        taskThread = TaskThreads.single(context.roleName() + "-tasks", context.threadFactory());
        resolverThreads = TaskThreads.concurrent(context.roleName() + "-resolver", context.threadFactory());
        random = new SplittableRandom(context.randomSeed());
        nextIdleLookNs = nanoClock.nanoTime();
    }

    /**
     * Hands the engine and its connections over to the calling thread.
     */
    @Override
    public void onStart()
    {
        singleThreadedCheckReset();
        checkThread();
    }

    /**
     * One duty cycle.
     *
     * @return number of things done; 0 when there was nothing to do.
     * @throws IllegalStateException when called from a handler, which runs within a duty cycle.
     */
    @Override
    public int doWork()
    {
        throwExceptionIfClosed();
        checkNotInDutyCycle();
        isInDutyCycle = true;
        try
        {
            final long nowNs = nanoClock.nanoTime();
            return pollActive(nowNs) + lookAtIdle(nowNs) + doTasks(nowNs);
        }
        finally
        {
            isInDutyCycle = false;
        }
    }

    /**
     * Closes the engine.
     */
    @Override
    public void onClose()
    {
        close();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String roleName()
    {
        return context.roleName();
    }

    /**
     * Describes a server for connections that share its addresses and its budget of attempts to reconnect. Nothing is
     * looked up or connected to yet.
     *
     * @param server to connect to; its addresses are tried in turn.
     * @param config of the connections.
     * @return the endpoint, for this engine only.
     * @throws ExchangeException     when TLS cannot be set up as configured.
     * @throws IllegalStateException when the engine is closed, or the thread is another.
     */
    public Endpoint endpoint(final ServerAddress server, final ConnectionConfig config)
    {
        throwExceptionIfClosed();
        return new Endpoint(server, config, server.isSecure() ? tlsContext(config) : null,
            new AddressBook(server, context.nameResolver(), executorOr(resolverThreads), config.addressMaxAgeNs()));
    }

    /**
     * Starts to connect and returns at once; the duty cycle does the rest, and the listener hears of it.
     *
     * @param endpoint made by this engine.
     * @param listener that hears of each state.
     * @return the connection.
     * @throws IllegalStateException when the engine is closed or draining, or the thread is another.
     */
    public HttpConnection open(final Endpoint endpoint, final ConnectionListener listener)
    {
        throwExceptionIfClosed();
        if (isDraining)
        {
            throw new IllegalStateException("the engine is about to close");
        }

        final HttpConnection connection = new HttpConnection(this, endpoint, listener);
        connections.add(connection);
        connection.open();

        return connection;
    }

    /**
     * Makes a task part of every duty cycle, after the connections were polled.
     *
     * @param task to do.
     * @throws IllegalStateException when the engine is closed, or the thread is another.
     */
    public void addTask(final EngineTask task)
    {
        throwExceptionIfClosed();
        tasks.add(task);
    }

    /**
     * Takes a task out of the duty cycle.
     *
     * @param task that was added.
     * @throws IllegalStateException when the thread is another.
     */
    public void removeTask(final EngineTask task)
    {
        checkThread();
        tasks.remove(task);
    }

    /**
     * Counters; may be read by any thread.
     *
     * @return the counters.
     */
    public EngineCounters counters()
    {
        return counters;
    }

    /**
     * What the engine is made of.
     *
     * @return the context, concluded.
     */
    public EngineContext context()
    {
        return context;
    }

    /**
     * Time on the engine's clock, on which all its deadlines are counted.
     *
     * @return nanoseconds.
     */
    public long nanoTime()
    {
        return nanoClock.nanoTime();
    }

    /**
     * Writes to the error log what is no error, but may be a cause of surprise.
     *
     * @param message stable text, so that repeats are folded into one record with a count.
     */
    public void warn(final String message)
    {
        context.errorLog().record(new EngineEvent(message));
    }

    /**
     * Number of connections that belong to the engine, in whatever state.
     *
     * @return the count.
     */
    public int connectionCount()
    {
        return connections.size();
    }

    /**
     * Runs one duty cycle for a caller that waits, and idles when there was nothing to do.
     *
     * @throws IllegalStateException when called from a handler.
     */
    public void doWorkAndIdle()
    {
        idleStrategy.idle(doWork());
    }

    /**
     * Refuses every thread but the one that owns the engine: the first that used it, or the last that started it.
     *
     * @throws IllegalStateException when the thread is another.
     */
    public void checkThread()
    {
        threadSafetyCheck(true);
    }

    /**
     * Closes in good order: takes no request any more, runs the duty cycle until the exchanges under way have ended or
     * the deadline has passed, then closes whatever is left.
     *
     * @param deadlineNs on the clock of {@link #nanoTime()}.
     * @throws IllegalStateException when called from a handler, or the thread is another.
     */
    public void close(final long deadlineNs)
    {
        checkThread();
        checkNotInDutyCycle();
        isDraining = true;
        List.copyOf(connections).forEach(HttpConnection::drain);
        while (!connections.isEmpty() && deadlineNs - nanoTime() > 0)
        {
            doWorkAndIdle();
        }

        close();
    }

    /**
     * Closes all connections; exchanges under way fail with {@link ConnectionError#CLOSED_LOCALLY}.
     */
    @Override
    protected void performClose()
    {
        // Over a copy, since each connection leaves the list as it closes.
        CloseHelper.quietCloseAll(List.copyOf(connections));
        tlsContexts.close();
        taskThread.close();
        resolverThreads.close();
        counters.close();
    }

    /**
     * Refuses to be closed by another thread.
     */
    @Override
    protected void assertCloseable()
    {
        checkThread();
    }

    void checkNotInDutyCycle()
    {
        if (isInDutyCycle)
        {
            throw new IllegalStateException("a handler must not wait: it runs within the duty cycle");
        }
    }

    void remove(final HttpConnection connection)
    {
        ArrayListUtil.fastUnorderedRemove(connections, connection);
        // An active connection leaves that list by itself in the next duty cycle, unless there will be none.
        if (!isInDutyCycle)
        {
            ArrayListUtil.fastUnorderedRemove(active, connection);
        }
    }

    void activate(final HttpConnection connection)
    {
        active.add(connection);
    }

    /** For what takes too long for the duty cycle. */
    Executor taskExecutor()
    {
        return executorOr(taskThread);
    }

    SplittableRandom random()
    {
        return random;
    }

    /** Room for the one byte that tells that an idle server has something to say. */
    ByteBuffer idleProbe()
    {
        return idleProbe.clear();
    }

    void onError(final ErrorCode error)
    {
        counters.onError(error);
        context.errorLog().record(new EngineEvent(error.name() + ": " + error.description()));
    }

    private Executor executorOr(final TaskThreads ownThreads)
    {
        return null == context.taskExecutor() ? ownThreads : context.taskExecutor();
    }

    private TlsContext tlsContext(final ConnectionConfig config)
    {
        try
        {
            return openTlsContext(config);
        }
        catch (final TlsException ex)
        {
            throw new ExchangeException(ex.error(), ex.detail(), Phase.HANDSHAKE);
        }
    }

    private TlsContext openTlsContext(final ConnectionConfig config) throws TlsException
    {
        final int known = tlsContexts.size();
        final TlsContext tlsContext = tlsContexts.of(config.tls());
        if (tlsContexts.size() > known && null != tlsContext.warning())
        {
            warn("TLS by " + tlsContext.description() + ": " + tlsContext.warning());
        }

        return tlsContext;
    }

    private static EngineCounters conclude(final EngineContext context)
    {
        context.conclude();
        return new EngineCounters(context.countersManager());
    }

    private int pollActive(final long nowNs)
    {
        int workCount = 0;
        // Backwards, so that a connection that is taken out, or one that a handler adds, moves none that is still to
        // come.
        for (int i = active.size() - 1; i >= 0; i--)
        {
            final HttpConnection connection = active.get(i);
            workCount += connection.poll(nowNs);
            if (!connection.isActive())
            {
                ArrayListUtil.fastUnorderedRemove(active, i);
                connection.onDeactivated();
            }
        }

        return workCount;
    }

    private int doTasks(final long nowNs)
    {
        int workCount = 0;
        // Backwards, since a task may take itself out.
        for (int i = tasks.size() - 1; i >= 0; i--)
        {
            workCount += tasks.get(i).doWork(nowNs);
        }

        return workCount;
    }

    /** Looks at one idle connection; spread evenly, so that each has its turn once in an interval. */
    private int lookAtIdle(final long nowNs)
    {
        if (nowNs - nextIdleLookNs < 0 || connections.isEmpty())
        {
            return 0;
        }

        nextIdleLookNs = nowNs + context.idleLookIntervalNs() / connections.size();
        if (nextIdleIndex >= connections.size())
        {
            nextIdleIndex = 0;
        }

        return connections.get(nextIdleIndex++).lookAtIdle(nowNs);
    }
}
