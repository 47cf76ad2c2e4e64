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

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.HttpMethod;
import io.peregrine.codec.Request;
import io.peregrine.pool.ring.RequestRing;
import io.peregrine.pool.ring.RequestSlots;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A way of requests from a client to the engine, as the engine sees it: the slots that hold them, what the ring said
 * of each, and those that wait for a connection.
 */
final class RequestLane implements AcquireHandler
{
    private static final HttpMethod[] METHODS = HttpMethod.values();
    private static final NoConnectionPolicy[] POLICIES = NoConnectionPolicy.values();

    private final RequestDispatcher dispatcher;
    private final ClientSession session;
    private final RequestRing ring;
    private final RequestSlots slots;
    private final WaitQueue waiting;
    private final Request[] requests;
    private final long[] correlationIds;
    private final long[] offeredNs;
    private final long[] deadlinesNs;

    RequestLane(
        final RequestDispatcher dispatcher,
        final ClientSession session,
        final RequestRing ring,
        final RequestSlots slots)
    {
        this.dispatcher = dispatcher;
        this.session = session;
        this.ring = ring;
        this.slots = slots;
        waiting = new WaitQueue(slots.count());
        requests = new Request[slots.count()];
        for (int slot = 0; slot < requests.length; slot++)
        {
            requests[slot] = new Request(
                new UnsafeBuffer(slots.buffer(), slots.offset(slot), slots.slotLength()));
        }

        correlationIds = new long[slots.count()];
        offeredNs = new long[slots.count()];
        deadlinesNs = new long[slots.count()];
    }

    ClientSession session()
    {
        return session;
    }

    RequestRing ring()
    {
        return ring;
    }

    RequestSlots slots()
    {
        return slots;
    }

    WaitQueue waiting()
    {
        return waiting;
    }

    Request request(final int slot)
    {
        return requests[slot];
    }

    long correlationId(final int slot)
    {
        return correlationIds[slot];
    }

    long offeredNs(final int slot)
    {
        return offeredNs[slot];
    }

    long deadlineNs(final int slot)
    {
        return deadlinesNs[slot];
    }

    /** Takes note of what the ring announces next; returns what is wanted when no connection is ready. */
    NoConnectionPolicy take(final RequestRing announcing, final int slot)
    {
        correlationIds[slot] = announcing.correlationId();
        offeredNs[slot] = announcing.offeredNs();
        deadlinesNs[slot] = announcing.deadlineNs();
        requests[slot].set(METHODS[announcing.method()], announcing.length());

        return POLICIES[announcing.policy()];
    }

    void await(final int slot)
    {
        waiting.add(this, slot, deadlinesNs[slot]);
    }

    /** Part of waiting: the correlation id of the queue is the index of the slot. */
    @Override
    public void onAcquired(final long slot, final ClientSlot connectionSlot)
    {
        dispatcher.onWaitingEnded();
        dispatcher.send(this, (int)slot, connectionSlot);
    }

    @Override
    public void onAcquireFailed(final long slot, final ErrorCode error)
    {
        dispatcher.onWaitingEnded();
        dispatcher.refuse(this, (int)slot, error);
    }

    /** Whether nothing of the client's is held by the engine any more. */
    boolean isEmpty()
    {
        for (int slot = 0; slot < slots.count(); slot++)
        {
            if (!slots.isFree(slot))
            {
                return false;
            }
        }

        return true;
    }
}
