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

import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import io.peregrine.pool.ring.RequestSlots;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * A way of requests from a client to the engine, as the client sees it: a writer over the slot that was claimed, or,
 * while none is free, over spare memory from which the request is copied once one is. Belongs to the client's thread.
 */
final class OfferLane
{
    private final RequestLane lane;
    private final RequestSlots slots;
    private final RequestWriter writer;
    private final UnsafeBuffer spare;
    private final int client;
    private final long[] correlationIds;
    private final long[] offeredNs;
    private int claimed;
    private int next;

    OfferLane(final RequestLane lane, final RequestWriter writer)
    {
        this.lane = lane;
        this.writer = writer;
        slots = lane.slots();
        client = lane.session().index();
        spare = new UnsafeBuffer(ByteBuffer.allocateDirect(slots.slotLength()));
        correlationIds = new long[slots.count()];
        offeredNs = new long[slots.count()];
        claim();
    }

    RequestWriter writer()
    {
        if (RequestSlots.NONE == claimed)
        {
            claim();
        }

        return writer;
    }

    /** Whether the request was written by this lane's writer. */
    boolean isOwn(final Request request)
    {
        return isIn(request, spare, 0) ||
            RequestSlots.NONE != claimed && isIn(request, slots.buffer(), slots.offset(claimed));
    }

    boolean isTooLong(final Request request)
    {
        return request.length() > slots.slotLength();
    }

    /** Brings the request into a slot, unless it is there; false when none is free. */
    boolean place(final Request request)
    {
        final boolean isClaimed = RequestSlots.NONE != claimed;
        if (isClaimed && isIn(request, slots.buffer(), slots.offset(claimed)))
        {
            return true;
        }

        claimed = isClaimed ? claimed : slots.claim(next);
        if (RequestSlots.NONE == claimed)
        {
            return false;
        }

        slots.buffer().putBytes(slots.offset(claimed), request.buffer(), request.offset(), request.length());
        return true;
    }

    /** Hands the request that was placed to the engine. */
    void submit(
        final Request request,
        final long correlationId,
        final long nowNs,
        final long deadlineNs,
        final NoConnectionPolicy policy)
    {
        correlationIds[claimed] = correlationId;
        offeredNs[claimed] = nowNs;
        slots.submit(claimed);
        next = slots.after(claimed);
        lane.ring().offer(
            client,
            claimed,
            correlationId,
            nowNs,
            deadlineNs,
            request.length(),
            request.method().ordinal(),
            policy.ordinal());
        claim();
    }

    /** Once the engine has ended: a slot with a request that it never took; negative when there is none. */
    int nextUntaken()
    {
        for (int slot = 0; slot < slots.count(); slot++)
        {
            if (!slots.isFree(slot))
            {
                return slot;
            }
        }

        return RequestSlots.NONE;
    }

    /** Frees such a slot; returns the id of its request. */
    long takeBack(final int slot, final RequestTimes times)
    {
        slots.free(slot);
        times.set(
            offeredNs[slot], RequestTimes.NEVER, RequestTimes.NEVER, RequestTimes.NEVER, RequestTimes.NEVER);
        return correlationIds[slot];
    }

    /** Ahead of the next request, so that the claim is not part of its latency; ends the life of the last request. */
    private void claim()
    {
        claimed = slots.claim(next);
        if (RequestSlots.NONE == claimed)
        {
            writer.wrap(spare, 0, spare.capacity());
        }
        else
        {
            writer.wrap(slots.buffer(), slots.offset(claimed), slots.slotLength());
        }
    }

    private static boolean isIn(final Request request, final DirectBuffer buffer, final int offset)
    {
        return null == request.buffer().byteArray() &&
            request.buffer().addressOffset() + request.offset() == buffer.addressOffset() + offset;
    }
}
