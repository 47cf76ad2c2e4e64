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
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

import java.nio.ByteBuffer;

/**
 * Ring of entries that announce requests to the engine, in the order of offering. Each entry is one cache line.
 * <p>
 * The ring never is full: each entry announces a slot that is not free, so that a ring of as many entries as there are
 * slots has room for all of them. A producer therefore never looks at the consumer's position.
 * <p>
 * An entry counts its position in its last written word, so that the consumer tells a new entry from an old one
 * without a second word, and nothing has to be cleared.
 */
public abstract class RequestRing
{
    private static final int ENTRY_LENGTH = BitUtil.CACHE_LINE_LENGTH;
    private static final int SEQUENCE_OFFSET = 0;
    private static final int CORRELATION_ID_OFFSET = SEQUENCE_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int OFFERED_OFFSET = CORRELATION_ID_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int DEADLINE_OFFSET = OFFERED_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int CLIENT_OFFSET = DEADLINE_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int SLOT_OFFSET = CLIENT_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int LENGTH_OFFSET = SLOT_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int METHOD_OFFSET = LENGTH_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int POLICY_OFFSET = METHOD_OFFSET + BitUtil.SIZE_OF_INT;

    /** The positions of producers and of the consumer, each far from everything else that is written. */
    private static final int TAIL_OFFSET = 2 * BitUtil.CACHE_LINE_LENGTH;
    private static final int HEAD_OFFSET = 4 * BitUtil.CACHE_LINE_LENGTH;
    private static final int TRAILER_LENGTH = 6 * BitUtil.CACHE_LINE_LENGTH;

    private static final int ENTRY_SHIFT = Integer.numberOfTrailingZeros(ENTRY_LENGTH);

    /** Where the position of the producers is. */
    final long tailAddress;

    /** Keeps the memory, which is reached by address: the mask keeps each access within it, without another check. */
    private final ByteBuffer memory;
    private final long entriesAddress;
    private final long headAddress;
    private final int mask;

    /**
     * Allocates the ring.
     *
     * @param minCapacity entries that may be announced and not taken at the same time.
     */
    RequestRing(final int minCapacity)
    {
        final int capacity = BitUtil.findNextPositivePowerOfTwo(minCapacity);
        final int entriesLength = Math.multiplyExact(capacity, ENTRY_LENGTH);
        memory = BufferUtil.allocateDirectAligned(
            Math.addExact(entriesLength, TRAILER_LENGTH), BitUtil.CACHE_LINE_LENGTH);
        mask = capacity - 1;
        entriesAddress = BufferUtil.address(memory);
        tailAddress = entriesAddress + entriesLength + TAIL_OFFSET;
        headAddress = entriesAddress + entriesLength + HEAD_OFFSET;
    }

    /** The next position, for the calling producer alone. */
    abstract long claim();

    /**
     * Announces a request. Producers only.
     *
     * @param client        index of the producer.
     * @param slot          that holds the request.
     * @param correlationId of the request.
     * @param offeredNs     when it was offered.
     * @param deadlineNs    of the request.
     * @param length        of the request in bytes.
     * @param method        ordinal of its method.
     * @param policy        ordinal of what to do when no connection is ready.
     */
    public final void offer(
        final int client,
        final int slot,
        final long correlationId,
        final long offeredNs,
        final long deadlineNs,
        final int length,
        final int method,
        final int policy)
    {
        final long position = claim();
        final long entry = entry(position);
        UnsafeApi.putLong(entry + CORRELATION_ID_OFFSET, correlationId);
        UnsafeApi.putLong(entry + OFFERED_OFFSET, offeredNs);
        UnsafeApi.putLong(entry + DEADLINE_OFFSET, deadlineNs);
        UnsafeApi.putInt(entry + CLIENT_OFFSET, client);
        UnsafeApi.putInt(entry + SLOT_OFFSET, slot);
        UnsafeApi.putInt(entry + LENGTH_OFFSET, length);
        UnsafeApi.putInt(entry + METHOD_OFFSET, method);
        UnsafeApi.putInt(entry + POLICY_OFFSET, policy);
        UnsafeApi.putLongRelease(null, entry + SEQUENCE_OFFSET, position + 1);
    }

    /**
     * Whether there is an entry to take. Consumer only.
     *
     * @return true when the accessors may be called, until {@link #advance()}.
     */
    public final boolean hasNext()
    {
        final long head = UnsafeApi.getLong(headAddress);
        return head + 1 == UnsafeApi.getLongVolatile(null, entry(head) + SEQUENCE_OFFSET);
    }

    /** Goes on to the next entry. Consumer only. */
    public final void advance()
    {
        UnsafeApi.putLong(headAddress, UnsafeApi.getLong(headAddress) + 1);
    }

    /**
     * Index of the producer that offered the next request.
     *
     * @return the index.
     */
    public final int client()
    {
        return UnsafeApi.getInt(next() + CLIENT_OFFSET);
    }

    /**
     * Slot of the next request.
     *
     * @return index of the slot.
     */
    public final int slot()
    {
        return UnsafeApi.getInt(next() + SLOT_OFFSET);
    }

    /**
     * Correlation id of the next request.
     *
     * @return the id.
     */
    public final long correlationId()
    {
        return UnsafeApi.getLong(next() + CORRELATION_ID_OFFSET);
    }

    /**
     * When the next request was offered.
     *
     * @return time in nanoseconds.
     */
    public final long offeredNs()
    {
        return UnsafeApi.getLong(next() + OFFERED_OFFSET);
    }

    /**
     * Deadline of the next request.
     *
     * @return time in nanoseconds.
     */
    public final long deadlineNs()
    {
        return UnsafeApi.getLong(next() + DEADLINE_OFFSET);
    }

    /**
     * Length of the next request.
     *
     * @return length in bytes.
     */
    public final int length()
    {
        return UnsafeApi.getInt(next() + LENGTH_OFFSET);
    }

    /**
     * Method of the next request.
     *
     * @return its ordinal.
     */
    public final int method()
    {
        return UnsafeApi.getInt(next() + METHOD_OFFSET);
    }

    /**
     * What to do with the next request when no connection is ready.
     *
     * @return ordinal of the policy.
     */
    public final int policy()
    {
        return UnsafeApi.getInt(next() + POLICY_OFFSET);
    }

    private long next()
    {
        return entry(UnsafeApi.getLong(headAddress));
    }

    private long entry(final long position)
    {
        return entriesAddress + ((position & mask) << ENTRY_SHIFT);
    }
}
