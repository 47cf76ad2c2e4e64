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
package io.peregrine.pool.ring;

import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Slots of memory that one producer encodes requests in, and the engine writes to sockets from.
 * <p>
 * The producer claims any slot that is free, in turn, and may use it as it likes; a claim that comes to nothing leaves
 * no trace. {@link #submit(int)} makes the slot the engine's, once the ring has announced it, and
 * {@link #free(int)} gives it back, in whatever order: a slot that is held for long stands in the way of nobody.
 */
public final class RequestSlots
{
    /** What {@link #claim(int)} returns when no slot is free. */
    public static final int NONE = -1;

    private static final int FREE = 0;
    private static final int SUBMITTED = 1;

    /** The state has a cache line to itself, away from the bytes of the slot before. */
    private static final int HEADER_LENGTH = BitUtil.CACHE_LINE_LENGTH;

    private final UnsafeBuffer buffer;
    private final int offset;
    private final int stride;
    private final int count;
    private final int slotLength;

    /**
     * Lays slots out in memory that is zeroed.
     *
     * @param buffer     of at least offset plus {@link #length(int, int)} bytes.
     * @param offset     of the first slot.
     * @param count      of slots.
     * @param slotLength of the longest request, in bytes.
     */
    public RequestSlots(final UnsafeBuffer buffer, final int offset, final int count, final int slotLength)
    {
        this.buffer = buffer;
        this.offset = offset;
        this.count = count;
        this.slotLength = slotLength;
        stride = stride(slotLength);
        buffer.boundsCheck(offset, Math.multiplyExact(count, stride));
    }

    /**
     * Memory that slots take.
     *
     * @param count      of slots.
     * @param slotLength of the longest request, in bytes.
     * @return length in bytes.
     * @throws ArithmeticException when it is more than 2 GiB.
     */
    public static int length(final int count, final int slotLength)
    {
        return Math.multiplyExact(count, stride(slotLength));
    }

    /**
     * Finds a free slot. Producer only, which keeps in mind where to go on: whatever it wrote here would drag the cache
     * line of this object, which the engine reads, from core to core.
     *
     * @param first to look at; the others follow in turn.
     * @return its index, or {@link #NONE}.
     */
    public int claim(final int first)
    {
        int slot = first;
        do
        {
            if (FREE == buffer.getIntVolatile(stateOffset(slot)))
            {
                return slot;
            }

            slot = after(slot);
        }
        while (slot != first);

        return NONE;
    }

    /**
     * The slot behind another, in turn.
     *
     * @param slot index.
     * @return index of the next.
     */
    public int after(final int slot)
    {
        return slot + 1 == count ? 0 : slot + 1;
    }

    /**
     * Makes a claimed slot the engine's; to be called before the ring announces it. Producer only.
     *
     * @param slot that was claimed.
     */
    public void submit(final int slot)
    {
        buffer.putInt(stateOffset(slot), SUBMITTED);
    }

    /**
     * Gives a slot back to its producer. Engine only.
     *
     * @param slot that was submitted.
     */
    public void free(final int slot)
    {
        buffer.putIntRelease(stateOffset(slot), FREE);
    }

    /**
     * Whether the slot is free.
     *
     * @param slot to look at.
     * @return false from submit to free.
     */
    public boolean isFree(final int slot)
    {
        return FREE == buffer.getIntVolatile(stateOffset(slot));
    }

    /**
     * Memory that holds the slots.
     *
     * @return the buffer.
     */
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where a slot's bytes are.
     *
     * @param slot index.
     * @return offset in {@link #buffer()}.
     */
    public int offset(final int slot)
    {
        return stateOffset(slot) + HEADER_LENGTH;
    }

    /**
     * Length of the longest request.
     *
     * @return length in bytes.
     */
    public int slotLength()
    {
        return slotLength;
    }

    /**
     * Number of slots.
     *
     * @return the count.
     */
    public int count()
    {
        return count;
    }

    private int stateOffset(final int slot)
    {
        return offset + slot * stride;
    }

    private static int stride(final int slotLength)
    {
        return HEADER_LENGTH + BitUtil.align(slotLength, BitUtil.CACHE_LINE_LENGTH);
    }
}
