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
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.ConnectionState;
import io.peregrine.engine.Endpoint;
import io.peregrine.engine.EngineTask;
import io.peregrine.engine.HttpConnection;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.ServerAddress;
import net.openhft.chronicle.core.io.AbstractCloseable;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.util.Objects;
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
    private final WaitQueue waitQueue;
    private final AcquireResult acquireResult = new AcquireResult();
    private final EngineTask task = this::serveWaiting;

    /** Where requests come from instead of the slots' writers; null when they do not. */
    private DirectBuffer requestMemory;

    private boolean isDraining;
    private boolean isWaiting;

    ClientPool(final HttpEngine engine, final boolean isEngineOwned, final int connections, final int maxWaiting)
    {
        this.engine = engine;
        this.isEngineOwned = isEngineOwned;
        slots = new ClientSlot[connections];
        available = new SlotStack(connections);
        waitQueue = new WaitQueue(maxWaiting);
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
            final Endpoint endpoint = engine.endpoint(server, config);
            for (int i = 0; i < slots.length; i++)
            {
                final RequestWriter writer = writers.get();
                final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(transmitBufferLength));
                writer.wrap(memory, 0, transmitBufferLength);
                final ClientSlot slot = new ClientSlot(this, writer);
                slots[i] = slot;
                slot.connection(engine.open(endpoint,
                    (connection, previous, current) ->
                    {
                        if (ConnectionState.READY == current && ConnectionState.IN_FLIGHT != previous)
                        {
                            connection.expectRequestsFrom(null == requestMemory ? memory : requestMemory);
                        }
                        onStateChange(slot, previous, current);
                    }));
            }

            for (final ClientSlot slot : slots)
            {
                awaitConnected(slot.connection());
            }

            engine.addTask(task);
        }
        catch (final RuntimeException | OutOfMemoryError ex)
        {
            close();
            throw ex;
        }
    }

    /**
     * Takes the slot that was returned last, if there is one whose connection is ready, and nobody waits for it. Never
     * waits, never does I/O.
     *
     * @return an acquired slot, or null.
     * @throws IllegalStateException when the pool is closed, or the thread is another.
     */
    public ClientSlot tryAcquire()
    {
        throwExceptionIfClosed();
        return waitQueue.isEmpty() && !isDraining ? popAvailable() : null;
    }

    /**
     * Takes a slot, running the duty cycle until there is one. Those who asked before are served before.
     *
     * @param deadlineNs on the clock of {@link HttpEngine#nanoTime()}.
     * @return an acquired slot, or null when the deadline passed, too many wait, or the pool is about to close.
     * @throws IllegalStateException when the pool is closed, the thread is another, or this is called from a handler
     *                               and no slot is ready.
     */
    public ClientSlot acquire(final long deadlineNs)
    {
        final ClientSlot readySlot = tryAcquire();
        if (null != readySlot)
        {
            return readySlot;
        }
        if (isWaiting)
        {
            throw new IllegalStateException("a handler must not wait: it runs within the duty cycle");
        }

        isWaiting = true;
        acquireResult.reset();
        await(deadlineNs, 0, acquireResult);
        boolean isSettled = false;
        try
        {
            while (!acquireResult.isDone())
            {
                engine.doWorkAndIdle();
            }
            isSettled = true;
        }
        finally
        {
            isWaiting = false;
            if (!isSettled)
            {
                abandonAcquire();
            }
        }

        return acquireResult.slot();
    }

    /**
     * Takes a slot as soon as there is one. The handler is called exactly once: from here when it is settled at once,
     * otherwise from the duty cycle, when a slot was returned or healed, in the order of asking, or when the deadline
     * has passed.
     *
     * @param deadlineNs    on the clock of {@link HttpEngine#nanoTime()}.
     * @param correlationId handed to the handler with the outcome.
     * @param handler       that takes the outcome.
     * @throws IllegalStateException when the pool is closed, or the thread is another.
     */
    public void acquire(final long deadlineNs, final long correlationId, final AcquireHandler handler)
    {
        Objects.requireNonNull(handler, "handler");
        final ClientSlot slot = tryAcquire();
        if (null != slot)
        {
            handler.onAcquired(correlationId, slot);
        }
        else
        {
            await(deadlineNs, correlationId, handler);
        }
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
     * Closes in good order: takes no request any more, runs the duty cycle until the exchanges under way have ended or
     * the deadline has passed, then closes what is left. Who waits for a slot is told at once.
     *
     * @param deadlineNs on the clock of {@link HttpEngine#nanoTime()}.
     * @throws IllegalStateException when the thread is another, or this is called from a handler while exchanges are
     *                               under way.
     */
    public void close(final long deadlineNs)
    {
        engine.checkThread();
        isDraining = true;
        waitQueue.failAll(ConnectionError.CLOSED_LOCALLY);
        for (final ClientSlot slot : slots)
        {
            slot.connection().drain();
        }
        while (hasOpenConnection() && deadlineNs - engine.nanoTime() > 0)
        {
            engine.doWorkAndIdle();
        }

        close();
    }

    /**
     * Closes all connections; exchanges under way fail with
     * {@link io.peregrine.engine.ConnectionError#CLOSED_LOCALLY}. The engine is closed too if the pool made it.
     */
    @Override
    protected void performClose()
    {
        isDraining = true;
        engine.removeTask(task);
        waitQueue.failAll(ConnectionError.CLOSED_LOCALLY);
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

    /** Requests will be written there, and not by the slots' writers. */
    void expectRequestsFrom(final DirectBuffer memory)
    {
        requestMemory = memory;
        for (final ClientSlot slot : slots)
        {
            slot.connection().expectRequestsFrom(memory);
        }
    }

    boolean isWaitedFor()
    {
        return !waitQueue.isEmpty();
    }

    void onReleased(final ClientSlot slot)
    {
        if (slot.connection().isReady())
        {
            available.push(slot);
        }
    }

    /** No slot is ready: queues who asks for one, unless that is in vain. */
    private void await(final long deadlineNs, final long correlationId, final AcquireHandler handler)
    {
        if (isDraining)
        {
            handler.onAcquireFailed(correlationId, ConnectionError.CLOSED_LOCALLY);
        }
        else if (deadlineNs - engine.nanoTime() <= 0)
        {
            handler.onAcquireFailed(correlationId, ConnectionError.ACQUIRE_TIMEOUT);
        }
        else if (waitQueue.isFull())
        {
            handler.onAcquireFailed(correlationId, ConnectionError.TOO_MANY_WAITING);
        }
        else
        {
            waitQueue.add(handler, correlationId, deadlineNs);
        }
    }

    /** Part of the duty cycle: slots that were returned or healed go to those who wait. */
    private int serveWaiting(final long nowNs)
    {
        int workCount = 0;
        while (!waitQueue.isEmpty() && available.size() > 0)
        {
            serveNext(popAvailable());
            workCount++;
        }

        return workCount + waitQueue.expire(nowNs);
    }

    private void serveNext(final ClientSlot slot)
    {
        boolean isTaken = false;
        try
        {
            waitQueue.serve(slot);
            isTaken = true;
        }
        finally
        {
            if (!isTaken)
            {
                // The handler threw an exception; what it has sent goes on.
                slot.close();
            }
        }
    }

    private ClientSlot popAvailable()
    {
        final ClientSlot slot = available.pop();
        if (null != slot)
        {
            slot.onAcquired();
        }

        return slot;
    }

    /** The duty cycle threw an exception: nobody would take the slot. */
    private void abandonAcquire()
    {
        waitQueue.remove(acquireResult);
        if (null != acquireResult.slot())
        {
            acquireResult.slot().close();
        }
    }

    private boolean hasOpenConnection()
    {
        for (final ClientSlot slot : slots)
        {
            if (!slot.connection().isClosed())
            {
                return true;
            }
        }

        return false;
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
                throw connection.connectException();
            }

            engine.doWorkAndIdle();
        }
    }
}
