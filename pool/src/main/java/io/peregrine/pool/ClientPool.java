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

import io.peregrine.codec.RequestWriter;
import io.peregrine.engine.ConnectionConfig;
import io.peregrine.engine.ConnectionState;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.HttpConnection;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.ServerAddress;
import net.openhft.chronicle.core.io.AbstractCloseable;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A fixed number of connections to one server, for the thread that runs the engine's duty cycle, which is checked.
 * <p>
 * A slot whose connection ends leaves the pool at once and comes back when the duty cycle has made it anew, so a slot
 * that can be acquired is one whose connection is ready. Acquiring and returning take constant time, allocate nothing
 * and do no I/O.
 */
public final class ClientPool extends AbstractCloseable
{
    private final HttpEngine engine;
    private final boolean isEngineOwned;
    private final ClientSlot[] slots;
    private final SlotStack available;

    ClientPool(final HttpEngine engine, final boolean isEngineOwned, final int connections)
    {
        this.engine = engine;
        this.isEngineOwned = isEngineOwned;
        slots = new ClientSlot[connections];
        available = new SlotStack(connections);
    }

    /** Connects every slot; closes everything and throws when one of them cannot connect. */
    void start(
        final ServerAddress server,
        final ConnectionConfig config,
        final int transmitBufferLength,
        final Supplier<RequestWriter> writers)
    {
        try
        {
            for (int i = 0; i < slots.length; i++)
            {
                final RequestWriter writer = writers.get();
                final ByteBuffer transmitBuffer = ByteBuffer.allocateDirect(transmitBufferLength);
                writer.wrap(new UnsafeBuffer(transmitBuffer), 0, transmitBufferLength);
                final ClientSlot slot = new ClientSlot(this, writer);
                slots[i] = slot;
                slot.connection(engine.open(server, config,
                    (connection, previous, current) -> onStateChange(slot, previous, current)));
            }

            for (final ClientSlot slot : slots)
            {
                awaitConnected(slot.connection());
            }
        }
        catch (final RuntimeException ex)
        {
            close();
            throw ex;
        }
    }

    /**
     * Takes the slot that was returned last, if there is one whose connection is ready. Never waits, never does I/O.
     *
     * @return an acquired slot, or null.
     * @throws IllegalStateException when the pool is closed, or the thread is another.
     */
    public ClientSlot tryAcquire()
    {
        throwExceptionIfClosed();
        final ClientSlot slot = available.pop();
        if (null != slot)
        {
            slot.onAcquired();
        }

        return slot;
    }

    /**
     * Takes a slot, running the duty cycle until there is one.
     *
     * @param deadlineNs on the clock of {@link HttpEngine#nanoTime()}.
     * @return an acquired slot, or null when the deadline passed.
     * @throws IllegalStateException when the pool is closed, the thread is another, or this is called from a handler.
     */
    public ClientSlot acquire(final long deadlineNs)
    {
        ClientSlot slot = tryAcquire();
        while (null == slot && deadlineNs - engine.nanoTime() > 0)
        {
            engine.doWorkAndIdle();
            slot = tryAcquire();
        }

        return slot;
    }

    /**
     * One duty cycle of the engine.
     *
     * @return number of things done; 0 when there was nothing to do.
     * @throws IllegalStateException when the pool is closed, the thread is another, or this is called from a handler.
     */
    public int doWork()
    {
        throwExceptionIfClosed();
        return engine.doWork();
    }

    /**
     * How many slots could be acquired now: not acquired, and their connections ready.
     *
     * @return number of slots.
     */
    public int available()
    {
        return available.size();
    }

    /**
     * How many slots the pool has, in whatever state.
     *
     * @return number of slots.
     */
    public int size()
    {
        return slots.length;
    }

    /**
     * A slot to look at, acquired or not.
     *
     * @param index from 0 to {@link #size()} - 1.
     * @return the slot.
     */
    public ClientSlot slot(final int index)
    {
        return slots[index];
    }

    /**
     * The engine that drives the pool's connections.
     *
     * @return the engine.
     */
    public HttpEngine engine()
    {
        return engine;
    }

    /**
     * Closes all connections; exchanges under way fail with
     * {@link io.peregrine.engine.ConnectionError#CLOSED_LOCALLY}. The engine is closed too if the pool made it.
     */
    @Override
    protected void performClose()
    {
        for (final ClientSlot slot : slots)
        {
            if (null != slot)
            {
                CloseHelper.quietClose(slot.connection());
            }
        }

        if (isEngineOwned)
        {
            engine.close();
        }
    }

    /**
     * Refuses to be closed by another thread.
     */
    @Override
    protected void assertCloseable()
    {
        threadSafetyCheck(true);
    }

    /**
     * Checks against the engine's thread, so that a pool changes hands with the engine.
     */
    @Override
    protected void threadSafetyCheck(final boolean isUsed)
    {
        engine.checkThread();
    }

    void onReleased(final ClientSlot slot)
    {
        if (slot.connection().isReady())
        {
            available.push(slot);
        }
    }

    private void onStateChange(final ClientSlot slot, final ConnectionState previous, final ConnectionState current)
    {
        if (slot.isAcquired())
        {
            return;
        }

        if (ConnectionState.READY == current)
        {
            available.push(slot);
        }
        else if (ConnectionState.READY == previous)
        {
            available.remove(slot);
        }
    }

    private void awaitConnected(final HttpConnection connection)
    {
        while (!connection.isReady())
        {
            if (connection.roundsInVain() > 0)
            {
                throw new ExchangeException(connection.connectError(), connection.connectErrorDetail());
            }

            engine.doWorkAndIdle();
        }
    }
}
