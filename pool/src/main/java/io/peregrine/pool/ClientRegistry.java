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

import io.peregrine.pool.ring.ManyToOneRequestRing;
import io.peregrine.pool.ring.OneToOneRequestRing;
import io.peregrine.pool.ring.RequestRing;
import io.peregrine.pool.ring.RequestSlots;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.collections.ArrayUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The clients of a pool, and the memory for as many as there may be. Clients come from any thread and are taken out by
 * the engine's, both under a lock; the engine reads the list without one.
 */
final class ClientRegistry
{
    private static final ClientSession[] NO_SESSIONS = {};

    private final AtomicClientPoolContext context;
    private final AnswerLimits answerLimits;
    private final PoolCounters counters;
    private final UnsafeBuffer slotMemory;
    private final UnsafeBuffer answerScratch;
    private final UnsafeBuffer answerPart;
    private final RequestRing[] sharedRings = new RequestRing[LaneKind.values().length];
    private final ClientSession[] byIndex;

    private volatile ClientSession[] sessions = NO_SESSIONS;
    private long nextNumber = 1;

    ClientRegistry(final AtomicClientPoolContext context, final AnswerLimits answerLimits, final PoolCounters counters)
    {
        this.context = context;
        this.answerLimits = answerLimits;
        this.counters = counters;
        final int maxClients = context.maxClients();
        final boolean isShared = RequestRingKind.MANY_TO_ONE == context.requestRingKind();
        slotMemory = allocate(Math.multiplyExact(maxClients, clientLength()));
        answerScratch = allocate(answerLimits.maxMessageLength());
        answerPart = allocate(answerLimits.maxPartLength());
        for (final LaneKind kind : LaneKind.values())
        {
            sharedRings[kind.ordinal()] =
                isShared ? new ManyToOneRequestRing(maxClients * context.requestSlots(kind)) : null;
        }
        byIndex = new ClientSession[maxClients];
    }

    /** The clients there are; the array is never changed. */
    ClientSession[] sessions()
    {
        return sessions;
    }

    /** Where the requests of all clients are written. */
    DirectBuffer slotMemory()
    {
        return slotMemory;
    }

    /** The ring of all clients; null when each has its own. */
    RequestRing sharedRing(final LaneKind kind)
    {
        return sharedRings[kind.ordinal()];
    }

    /** For the engine: a client that an entry of a shared ring names; it stays until its entries were taken. */
    ClientSession session(final int index)
    {
        return byIndex[index];
    }

    /** Makes a client; throws IllegalStateException when there are as many as may be. */
    synchronized ClientSession add(final RequestDispatcher dispatcher)
    {
        final int index = freeIndex();
        final ClientSession session = new ClientSession(
            index, nextNumber++, new AnswerChannel(answerLimits, answerScratch, answerPart, counters));
        int offset = index * clientLength();
        for (final LaneKind kind : LaneKind.values())
        {
            final int count = context.requestSlots(kind);
            final RequestRing shared = sharedRing(kind);
            session.lane(kind, dispatcher, null == shared ? new OneToOneRequestRing(count) : shared,
                new RequestSlots(slotMemory, offset, count, context.maxRequestLength()));
            offset += RequestSlots.length(count, context.maxRequestLength());
        }

        byIndex[index] = session;
        sessions = ArrayUtil.add(sessions, session);

        return session;
    }

    /** Takes out a client that nothing is left of. */
    synchronized void remove(final ClientSession session)
    {
        byIndex[session.index()] = null;
        sessions = ArrayUtil.remove(sessions, session);
    }

    private int freeIndex()
    {
        for (int i = 0; i < byIndex.length; i++)
        {
            if (null == byIndex[i])
            {
                return i;
            }
        }

        throw new IllegalStateException("there are as many clients as may be: maxClients is " + byIndex.length);
    }

    private int clientLength()
    {
        int length = 0;
        for (final LaneKind kind : LaneKind.values())
        {
            length = Math.addExact(
                length, RequestSlots.length(context.requestSlots(kind), context.maxRequestLength()));
        }

        return length;
    }

    private static UnsafeBuffer allocate(final int length)
    {
        return new UnsafeBuffer(BufferUtil.allocateDirectAligned(length, BitUtil.CACHE_LINE_LENGTH));
    }
}
