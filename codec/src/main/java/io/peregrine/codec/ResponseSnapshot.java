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
package io.peregrine.codec;

import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/**
 * Copies answers out of the receive buffer, to where a {@link RestResponse} of another thread reads them: status,
 * reason, the headers asked for, and the body.
 * <p>
 * With all headers the bytes are copied in one piece, and the places of the headers as they are; with some of them
 * only what was asked for. An instance belongs to one thread. Nothing is allocated after construction.
 */
public final class ResponseSnapshot
{
    private static final int GENERATION_OFFSET = 0;
    private static final int STATUS_OFFSET = GENERATION_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int MINOR_VERSION_OFFSET = STATUS_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int REASON_OFFSET = MINOR_VERSION_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int BODY_OFFSET = REASON_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int HEADER_COUNT_OFFSET = BODY_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int TEXT_LENGTH_OFFSET = HEADER_COUNT_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int TABLE_OFFSET = TEXT_LENGTH_OFFSET + BitUtil.SIZE_OF_INT;

    /** Slices of name and value. */
    private static final int HEADER_ENTRY_LENGTH = 2 * BitUtil.SIZE_OF_LONG;

    private final HeaderName[] captured;
    private final int[] selected;
    private int selectedCount;
    private int textLength;

    private ResponseSnapshot(final HeaderName[] captured, final int maxHeaders)
    {
        this.captured = captured;
        selected = new int[maxHeaders];
    }

    /**
     * Snapshots with every header.
     *
     * @param maxHeaders of the answers, as in {@link ResponseLimits#maxHeaders()}.
     * @return a new instance.
     */
    public static ResponseSnapshot ofAllHeaders(final int maxHeaders)
    {
        return new ResponseSnapshot(null, maxHeaders);
    }

    /**
     * Snapshots with some headers only, in the order of the answer.
     *
     * @param maxHeaders of the answers, as in {@link ResponseLimits#maxHeaders()}.
     * @param names      of the headers to take along; none for no header at all.
     * @return a new instance.
     */
    public static ResponseSnapshot ofHeaders(final int maxHeaders, final List<HeaderName> names)
    {
        return new ResponseSnapshot(names.toArray(new HeaderName[0]), maxHeaders);
    }

    /**
     * Longest possible snapshot.
     *
     * @param maxResponseLength of head and body together in bytes, as of the receive buffer.
     * @param maxHeaders        of the answers.
     * @return length in bytes.
     */
    public static int maxLength(final int maxResponseLength, final int maxHeaders)
    {
        return Math.addExact(TABLE_OFFSET + maxHeaders * HEADER_ENTRY_LENGTH, maxResponseLength);
    }

    /**
     * A response to look through, stale until {@link #wrap(RestResponse, DirectBuffer, int)}.
     *
     * @param maxHeaders of the answers.
     * @return a new view.
     */
    public static RestResponse newView(final int maxHeaders)
    {
        return new RestResponse(new UnsafeBuffer(0, 0), new HeaderTable(maxHeaders));
    }

    /**
     * Points a view at a snapshot; valid until {@link RestResponse#invalidate()}, or wrapped again.
     *
     * @param view   of {@link #newView(int)}, for at least as many headers as the snapshot has.
     * @param buffer that holds the snapshot.
     * @param offset of the snapshot.
     */
    public static void wrap(final RestResponse view, final DirectBuffer buffer, final int offset)
    {
        buffer.boundsCheck(offset, TABLE_OFFSET);
        final byte[] bytes = buffer.byteArray();
        final long address = buffer.addressOffset() + offset;
        final int tableLength = UnsafeApi.getInt(bytes, address + HEADER_COUNT_OFFSET) * HEADER_ENTRY_LENGTH;
        final int textLength = UnsafeApi.getInt(bytes, address + TEXT_LENGTH_OFFSET);
        // Checks that the buffer has the text and the table before it, so that the loop need not.
        final HeaderTable headers = view.startWrap(buffer, offset + TABLE_OFFSET + tableLength, textLength);
        for (long entry = address + TABLE_OFFSET; entry < address + TABLE_OFFSET + tableLength;
            entry += HEADER_ENTRY_LENGTH)
        {
            headers.add(UnsafeApi.getLong(bytes, entry), UnsafeApi.getLong(bytes, entry + BitUtil.SIZE_OF_LONG));
        }

        view.set(
            UnsafeApi.getLong(bytes, address + GENERATION_OFFSET),
            UnsafeApi.getInt(bytes, address + STATUS_OFFSET),
            UnsafeApi.getInt(bytes, address + MINOR_VERSION_OFFSET));
        final long reason = UnsafeApi.getLong(bytes, address + REASON_OFFSET);
        view.setReason(Slice.offset(reason), Slice.length(reason));
        final long body = UnsafeApi.getLong(bytes, address + BODY_OFFSET);
        view.setBody(Slice.offset(body), Slice.length(body));
    }

    /**
     * Takes the measure of an answer, and keeps what to take along for the call of
     * {@link #encode(RestResponse, MutableDirectBuffer, int)} that follows.
     *
     * @param response to measure.
     * @return length of its snapshot in bytes.
     */
    public int measure(final RestResponse response)
    {
        if (null == captured)
        {
            selectedCount = response.headerCount();
            textLength = response.bodyOffset() + response.bodyLength();
        }
        else
        {
            select(response);
        }

        return TABLE_OFFSET + selectedCount * HEADER_ENTRY_LENGTH + textLength;
    }

    /**
     * Copies the answer that was measured last.
     *
     * @param response that was measured.
     * @param target   to copy to.
     * @param offset   of the snapshot in it.
     */
    public void encode(final RestResponse response, final MutableDirectBuffer target, final int offset)
    {
        target.boundsCheck(offset, TABLE_OFFSET + selectedCount * HEADER_ENTRY_LENGTH);
        final byte[] bytes = target.byteArray();
        final long address = target.addressOffset() + offset;
        UnsafeApi.putLong(bytes, address + GENERATION_OFFSET, response.generation());
        UnsafeApi.putInt(bytes, address + STATUS_OFFSET, response.status());
        UnsafeApi.putInt(bytes, address + MINOR_VERSION_OFFSET, response.minorVersion());
        UnsafeApi.putInt(bytes, address + HEADER_COUNT_OFFSET, selectedCount);
        UnsafeApi.putInt(bytes, address + TEXT_LENGTH_OFFSET, textLength);
        if (null == captured)
        {
            encodeTable(response, bytes, address);
            target.putBytes(
                offset + TABLE_OFFSET + selectedCount * HEADER_ENTRY_LENGTH, response.buffer(), 0, textLength);
        }
        else
        {
            encodeSelected(response, target, offset);
        }
    }

    /** Where everything is in the bytes of the answer, which follow as they are. */
    private void encodeTable(final RestResponse response, final byte[] bytes, final long address)
    {
        UnsafeApi.putLong(
            bytes, address + REASON_OFFSET, Slice.of(response.reasonOffset(), response.reasonLength()));
        UnsafeApi.putLong(bytes, address + BODY_OFFSET, Slice.of(response.bodyOffset(), response.bodyLength()));
        long entry = address + TABLE_OFFSET;
        for (int i = 0; i < selectedCount; i++)
        {
            UnsafeApi.putLong(bytes, entry, response.nameSlice(i));
            UnsafeApi.putLong(bytes, entry + BitUtil.SIZE_OF_LONG, response.valueSlice(i));
            entry += HEADER_ENTRY_LENGTH;
        }
    }

    private void encodeSelected(final RestResponse response, final MutableDirectBuffer target, final int offset)
    {
        final DirectBuffer source = response.buffer();
        final int textOffset = offset + TABLE_OFFSET + selectedCount * HEADER_ENTRY_LENGTH;
        int entryOffset = offset + TABLE_OFFSET;
        int position = 0;
        for (int i = 0; i < selectedCount; i++)
        {
            position = put(target, entryOffset, textOffset, position, source, response.nameSlice(selected[i]));
            position = put(target, entryOffset + BitUtil.SIZE_OF_LONG, textOffset, position, source,
                response.valueSlice(selected[i]));
            entryOffset += HEADER_ENTRY_LENGTH;
        }

        position = put(target, offset + REASON_OFFSET, textOffset, position, source,
            Slice.of(response.reasonOffset(), response.reasonLength()));
        put(target, offset + BODY_OFFSET, textOffset, position, source,
            Slice.of(response.bodyOffset(), response.bodyLength()));
    }

    /** Copies a piece behind those before it, and says where it is; returns the position behind it. */
    private static int put(
        final MutableDirectBuffer target,
        final int sliceOffset,
        final int textOffset,
        final int position,
        final DirectBuffer source,
        final long slice)
    {
        final int length = Slice.length(slice);
        target.putLong(sliceOffset, Slice.of(position, length));
        target.putBytes(textOffset + position, source, Slice.offset(slice), length);
        return position + length;
    }

    private void select(final RestResponse response)
    {
        selectedCount = 0;
        textLength = response.reasonLength() + response.bodyLength();
        for (int i = 0; i < response.headerCount(); i++)
        {
            if (isCaptured(response, i))
            {
                selected[selectedCount++] = i;
                textLength += Slice.length(response.nameSlice(i)) + Slice.length(response.valueSlice(i));
            }
        }
    }

    private boolean isCaptured(final RestResponse response, final int index)
    {
        final long name = response.nameSlice(index);
        for (final HeaderName candidate : captured)
        {
            if (candidate.equalsIgnoreCase(response.buffer(), Slice.offset(name), Slice.length(name)))
            {
                return true;
            }
        }

        return false;
    }
}
