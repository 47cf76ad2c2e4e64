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
package io.peregrine.perf.jcstress;

import io.peregrine.pool.ring.RequestRing;
import io.peregrine.pool.ring.RequestSlots;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Slots and a ring, and the steps that a client and an engine do with them. */
final class RingLane
{
    private static final int SLOT_LENGTH = 64;
    private static final int ALIGNMENT = 64;

    private final RequestRing ring;
    private final RequestSlots slots;

    /** The client's own. */
    private int next;

    RingLane(final RequestRing ring, final int slotCount)
    {
        this.ring = ring;
        slots = new RequestSlots(
            new UnsafeBuffer(BufferUtil.allocateDirectAligned(RequestSlots.length(slotCount, SLOT_LENGTH), ALIGNMENT)),
            0, slotCount, SLOT_LENGTH);
    }

    /** By a client: claims a slot and gives it up, after writing to it. */
    void abandon(final int value)
    {
        final int slot = slots.claim(next);
        if (RequestSlots.NONE != slot)
        {
            slots.buffer().putInt(slots.offset(slot), value);
        }
    }

    /** By a client: offers a request that says the value, and whose entry says it too; false when no slot is free. */
    boolean offer(final int value)
    {
        final int slot = slots.claim(next);
        if (RequestSlots.NONE == slot)
        {
            return false;
        }

        slots.buffer().putInt(slots.offset(slot), value);
        slots.submit(slot);
        next = slots.after(slot);
        ring.offer(0, slot, value, value, value, SLOT_LENGTH, 0, 0);
        return true;
    }

    /** By the engine: takes the next request and frees its slot; its value, 0 for none, -1 when it is torn. */
    int take()
    {
        if (!ring.hasNext())
        {
            return 0;
        }

        final int slot = ring.slot();
        final long id = ring.correlationId();
        final boolean isWhole = id == ring.deadlineNs() && id == ring.offeredNs();
        ring.advance();
        final int value = slots.buffer().getInt(slots.offset(slot));
        slots.free(slot);

        return isWhole && id == value ? value : -1;
    }

    /** By the client, when the engine has ended: how many requests it has not taken. */
    int untaken()
    {
        int count = 0;
        for (int slot = 0; slot < slots.count(); slot++)
        {
            count += slots.isFree(slot) ? 0 : 1;
        }

        return count;
    }
}
