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
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

/**
 * Ring of messages from the engine to one client, each in cache lines of its own.
 * <pre>
 *   0        4        8                                 64
 *   +--------+--------+---------------------------------+---------------------
 *   | length |  kind  | message ...                     | ...
 *   +--------+--------+---------------------------------+---------------------
 * </pre>
 * The client spins on the length of the next message, so that its first line changes owner whenever the engine writes
 * to it: the ring writes nothing there before {@link #commit}, and whoever encodes a message does well to write its
 * first {@link #FIRST_LINE_LENGTH} bytes last, right before. The lines behind it were made the engine's own ahead of
 * time, as many as the message before had.
 * <p>
 * The length of the message to come is always zero: the engine clears it before it commits the one before. For that one
 * line is always free.
 */
public final class AnswerRing
{
    /** What {@link #claim(int)} returns when there is no room. */
    public static final int INSUFFICIENT_CAPACITY = -1;

    private static final int LINE_LENGTH = BitUtil.CACHE_LINE_LENGTH;
    private static final int LENGTH_OFFSET = 0;
    private static final int KIND_OFFSET = LENGTH_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int MESSAGE_OFFSET = KIND_OFFSET + BitUtil.SIZE_OF_INT;

    /** How many bytes of a message are in the line that the client spins on. */
    public static final int FIRST_LINE_LENGTH = LINE_LENGTH - MESSAGE_OFFSET;

    /** Kind of what fills the end of the ring when a message does not fit there. */
    private static final int PADDING = -1;

    /** How many of the longest messages are as long as the ring. */
    public static final int MESSAGES_IN_RING = 8;

    /** The engine's position and what it knows of the client's, then the client's: far from what the other writes. */
    private static final int TAIL_OFFSET = 2 * LINE_LENGTH;
    private static final int KNOWN_HEAD_OFFSET = TAIL_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int HEAD_OFFSET = 4 * LINE_LENGTH;
    private static final int TRAILER_LENGTH = 6 * LINE_LENGTH;

    /** Keeps the memory, which is also reached by address, whatever becomes of the buffer that others have. */
    private final ByteBuffer memory;
    private final UnsafeBuffer buffer;
    private final int capacity;
    private final int mask;

    /** Of the first record; what the mask keeps within the ring needs no other check. */
    private final long address;
    private final long tailAddress;
    private final long knownHeadAddress;
    private final long headAddress;

    /**
     * Allocates the ring.
     *
     * @param capacity in bytes, a power of two.
     * @throws IllegalArgumentException when it is none.
     */
    public AnswerRing(final int capacity)
    {
        if (!BitUtil.isPowerOfTwo(capacity))
        {
            throw new IllegalArgumentException("capacity " + capacity + " is not a power of two");
        }

        this.capacity = capacity;
        mask = capacity - 1;
        memory = BufferUtil.allocateDirectAligned(Math.addExact(capacity, TRAILER_LENGTH), LINE_LENGTH);
        buffer = new UnsafeBuffer(memory);
        address = BufferUtil.address(memory);
        tailAddress = address + capacity + TAIL_OFFSET;
        knownHeadAddress = address + capacity + KNOWN_HEAD_OFFSET;
        headAddress = address + capacity + HEAD_OFFSET;
    }

    /**
     * Length of the longest message.
     *
     * @param capacity of a ring, in bytes.
     * @return length in bytes.
     */
    public static int maxMessageLength(final int capacity)
    {
        return capacity / MESSAGES_IN_RING;
    }

    /**
     * Length of the longest message of this ring.
     *
     * @return length in bytes.
     */
    public int maxMessageLength()
    {
        return maxMessageLength(capacity);
    }

    /**
     * Memory that messages are written to and read from.
     *
     * @return the buffer.
     */
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * Finds room for a message, which {@link #commit} announces; without a commit nothing comes of it. Engine only.
     *
     * @param length of the message, at least 1 and at most {@link #maxMessageLength()}.
     * @return where to write it in {@link #buffer()}, or {@link #INSUFFICIENT_CAPACITY}.
     */
    public int claim(final int length)
    {
        final int recordLength = recordLength(length);
        final long tail = UnsafeApi.getLong(tailAddress);
        final int index = (int)tail & mask;
        final int toEnd = capacity - index;
        if (recordLength <= toEnd)
        {
            return hasRoom(tail, recordLength) ? index + MESSAGE_OFFSET : INSUFFICIENT_CAPACITY;
        }
        if (!hasRoom(tail, toEnd + recordLength))
        {
            return INSUFFICIENT_CAPACITY;
        }

        announce(tail, toEnd, toEnd - MESSAGE_OFFSET, PADDING);
        return MESSAGE_OFFSET;
    }

    /**
     * Announces the message that was written. Engine only.
     *
     * @param kind   of the message, not negative.
     * @param length that was claimed.
     */
    public void commit(final int kind, final int length)
    {
        final int recordLength = recordLength(length);
        announce(UnsafeApi.getLong(tailAddress), recordLength, length, kind);
        own(recordLength);
    }

    /**
     * Copies a message and announces it. Engine only.
     *
     * @param kind    of the message, not negative.
     * @param message to copy.
     * @param offset  of its first byte.
     * @param length  of the message, at most {@link #maxMessageLength()}.
     * @return false when there is no room.
     */
    public boolean write(final int kind, final DirectBuffer message, final int offset, final int length)
    {
        final int index = claim(length);
        if (INSUFFICIENT_CAPACITY == index)
        {
            return false;
        }

        buffer.putBytes(index, message, offset, length);
        commit(kind, length);
        return true;
    }

    /**
     * Reads what has come. Client only.
     *
     * @param handler of each message; what it throws comes through, and the message counts as read.
     * @param limit   of messages.
     */
    public void read(final MessageHandler handler, final int limit)
    {
        final long start = UnsafeApi.getLong(headAddress);
        long head = start;
        int messages = 0;
        try
        {
            int length;
            while (messages < limit && 0 != (length = lengthAt(head)))
            {
                final int index = (int)head & mask;
                final int kind = UnsafeApi.getInt(address + index + KIND_OFFSET);
                head += recordLength(length);
                if (PADDING != kind)
                {
                    messages++;
                    handler.onMessage(kind, buffer, index + MESSAGE_OFFSET, length);
                }
            }
        }
        finally
        {
            if (head != start)
            {
                UnsafeApi.putLongRelease(null, headAddress, head);
            }
        }
    }

    /**
     * Whether there is nothing to read. Client only.
     *
     * @return true when each message was read.
     */
    public boolean isEmpty()
    {
        return 0 == lengthAt(UnsafeApi.getLong(headAddress));
    }

    private int lengthAt(final long position)
    {
        return UnsafeApi.getIntVolatile(null, address + (position & mask) + LENGTH_OFFSET);
    }

    /** Whether the client has read what lies there, and the line behind it, which is cleared with the commit. */
    private boolean hasRoom(final long tail, final int length)
    {
        final long end = tail + length + LINE_LENGTH - capacity;
        if (end <= UnsafeApi.getLong(knownHeadAddress))
        {
            return true;
        }

        final long head = UnsafeApi.getLongVolatile(null, headAddress);
        UnsafeApi.putLong(knownHeadAddress, head);
        return end <= head;
    }

    private void announce(final long tail, final int recordLength, final int length, final int kind)
    {
        final long record = address + (tail & mask);
        final long next = tail + recordLength;
        UnsafeApi.putInt(address + (next & mask) + LENGTH_OFFSET, 0);
        UnsafeApi.putInt(record + KIND_OFFSET, kind);
        UnsafeApi.putIntRelease(null, record + LENGTH_OFFSET, length);
        UnsafeApi.putLong(tailAddress, next);
    }

    /** Writes to the lines that the next message will have behind its first, while nobody waits for it. */
    private void own(final int recordLength)
    {
        final long next = UnsafeApi.getLong(tailAddress);
        final int index = (int)next & mask;
        final int length = recordLength + LINE_LENGTH;
        if (index + length <= capacity && next + length - capacity <= UnsafeApi.getLong(knownHeadAddress))
        {
            for (int i = LINE_LENGTH; i < length; i += LINE_LENGTH)
            {
                UnsafeApi.putInt(address + index + i, 0);
            }
        }
    }

    private static int recordLength(final int length)
    {
        return BitUtil.align(length + MESSAGE_OFFSET, LINE_LENGTH);
    }
}
