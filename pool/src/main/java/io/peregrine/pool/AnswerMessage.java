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

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Layout of what crosses an answer ring: kind, correlation id and times, then the snapshot of a response or a failure.
 * A message that is too long is cut into parts, each with the length of the whole and its own place in it.
 */
final class AnswerMessage
{
    /** The snapshot is that of a response. */
    static final int RESPONSE = 1;

    /** The snapshot is that of a failure. */
    static final int FAILURE = 2;

    /** A piece of a message of another kind. */
    static final int PART = 3;

    static final int KIND_OFFSET = 0;

    private static final int CORRELATION_ID_OFFSET = KIND_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int OFFERED_OFFSET = CORRELATION_ID_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int TAKEN_OFFSET = OFFERED_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int WRITTEN_OFFSET = TAKEN_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int FIRST_BYTE_OFFSET = WRITTEN_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int COMPLETE_OFFSET = FIRST_BYTE_OFFSET + BitUtil.SIZE_OF_LONG;

    /** Where the snapshot begins. */
    static final int SNAPSHOT_OFFSET = COMPLETE_OFFSET + BitUtil.SIZE_OF_LONG;

    static final int WHOLE_LENGTH_OFFSET = KIND_OFFSET + BitUtil.SIZE_OF_INT;
    static final int PLACE_OFFSET = WHOLE_LENGTH_OFFSET + BitUtil.SIZE_OF_INT;

    /** Where the bytes of a part begin. */
    static final int PART_OFFSET = PLACE_OFFSET + BitUtil.SIZE_OF_INT;

    private AnswerMessage()
    {
    }

    /** Everything but the snapshot, which may be there already: one check, for it is on the way of every answer. */
    static void encode(
        final MutableDirectBuffer buffer,
        final int offset,
        final int kind,
        final long correlationId,
        final RequestTimes times)
    {
        buffer.boundsCheck(offset, SNAPSHOT_OFFSET);
        final byte[] bytes = buffer.byteArray();
        final long address = buffer.addressOffset() + offset;
        UnsafeApi.putInt(bytes, address + KIND_OFFSET, kind);
        UnsafeApi.putLong(bytes, address + CORRELATION_ID_OFFSET, correlationId);
        UnsafeApi.putLong(bytes, address + OFFERED_OFFSET, times.offeredNs());
        UnsafeApi.putLong(bytes, address + TAKEN_OFFSET, times.takenNs());
        UnsafeApi.putLong(bytes, address + WRITTEN_OFFSET, times.writtenNs());
        UnsafeApi.putLong(bytes, address + FIRST_BYTE_OFFSET, times.firstByteNs());
        UnsafeApi.putLong(bytes, address + COMPLETE_OFFSET, times.completeNs());
    }

    static int kind(final DirectBuffer buffer, final int offset)
    {
        return buffer.getInt(offset + KIND_OFFSET);
    }

    static long correlationId(final DirectBuffer buffer, final int offset)
    {
        return buffer.getLong(offset + CORRELATION_ID_OFFSET);
    }

    static void times(final DirectBuffer buffer, final int offset, final RequestTimes times)
    {
        buffer.boundsCheck(offset, SNAPSHOT_OFFSET);
        final byte[] bytes = buffer.byteArray();
        final long address = buffer.addressOffset() + offset;
        times.set(
            UnsafeApi.getLong(bytes, address + OFFERED_OFFSET),
            UnsafeApi.getLong(bytes, address + TAKEN_OFFSET),
            UnsafeApi.getLong(bytes, address + WRITTEN_OFFSET),
            UnsafeApi.getLong(bytes, address + FIRST_BYTE_OFFSET),
            UnsafeApi.getLong(bytes, address + COMPLETE_OFFSET));
    }
}
