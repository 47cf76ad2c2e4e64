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

    static void encode(
        final MutableDirectBuffer buffer,
        final int offset,
        final int kind,
        final long correlationId,
        final RequestTimes times)
    {
        buffer.putInt(offset + KIND_OFFSET, kind);
        buffer.putLong(offset + CORRELATION_ID_OFFSET, correlationId);
        buffer.putLong(offset + OFFERED_OFFSET, times.offeredNs());
        buffer.putLong(offset + TAKEN_OFFSET, times.takenNs());
        buffer.putLong(offset + WRITTEN_OFFSET, times.writtenNs());
        buffer.putLong(offset + FIRST_BYTE_OFFSET, times.firstByteNs());
        buffer.putLong(offset + COMPLETE_OFFSET, times.completeNs());
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
        times.set(
            buffer.getLong(offset + OFFERED_OFFSET),
            buffer.getLong(offset + TAKEN_OFFSET),
            buffer.getLong(offset + WRITTEN_OFFSET),
            buffer.getLong(offset + FIRST_BYTE_OFFSET),
            buffer.getLong(offset + COMPLETE_OFFSET));
    }
}
