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
    private final ByteBuffer idleProbe = ByteBuffer.allocateDirect(1);
    private final TlsContexts tlsContexts = new TlsContexts();
    private final TaskThread taskThread;

    private boolean isInDutyCycle;
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
        taskThread = new TaskThread(context.roleName() + "-tasks");
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
            return pollActive(nowNs) + lookAtIdle(nowNs);
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
     * Starts to connect and returns at once; the duty cycle does the rest, and the listener hears of it.
     *
     * @param server   to connect to; its addresses are tried in turn.
     * @param config   of the connection.
     * @param listener that hears of each state.
     * @return the connection.
     * @throws ExchangeException     when TLS cannot be set up as configured.
     * @throws IllegalStateException when the engine is closed, or the thread is another.
     */
    public HttpConnection open(
        final ServerAddress server,
        final ConnectionConfig config,
        final ConnectionListener listener)
    {
        throwExceptionIfClosed();
        final HttpConnection connection = new HttpConnection(this, connector(server, config), config, listener);
        connections.add(connection);
        connection.open();

        return connection;
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
     * Closes all connections; exchanges under way fail with {@link ConnectionError#CLOSED_LOCALLY}.
     */
    @Override
    protected void performClose()
    {
        // Over a copy, since each connection leaves the list as it closes.
        CloseHelper.quietCloseAll(List.copyOf(connections));
        tlsContexts.close();
        taskThread.close();
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
        final Executor executor = context.taskExecutor();
        return null == executor ? taskThread : executor;
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

    private Connector connector(final ServerAddress server, final ConnectionConfig config)
    {
        if (!server.isSecure())
        {
            return new Connector(this, server, config, null);
        }

        try
        {
            return new Connector(this, server, config, tlsContext(config));
        }
        catch (final TlsException ex)
        {
            throw new ExchangeException(ex.error(), ex.detail());
        }
    }

    private TlsContext tlsContext(final ConnectionConfig config) throws TlsException
    {
        final int known = tlsContexts.size();
        final TlsContext tlsContext = tlsContexts.of(config.tls());
        if (tlsContexts.size() > known && null != tlsContext.warning())
        {
            context.errorLog().record(
                new EngineEvent("TLS by " + tlsContext.description() + ": " + tlsContext.warning()));
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

        return connections.get(nextIdleIndex++).lookAtIdle();
    }
}
