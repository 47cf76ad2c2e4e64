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
import org.agrona.concurrent.UnsafeBuffer;

import java.util.List;

/**
 * Copies answers out of the receive buffer, to where a {@link RestResponse} of another thread reads them: status,
 * reason, the headers asked for, and the body.
 * <p>
 * An instance belongs to one thread. Nothing is allocated after construction.
 */
public final class ResponseSnapshot
{
    private static final int GENERATION_OFFSET = 0;
    private static final int STATUS_OFFSET = GENERATION_OFFSET + BitUtil.SIZE_OF_LONG;
    private static final int MINOR_VERSION_OFFSET = STATUS_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int REASON_LENGTH_OFFSET = MINOR_VERSION_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int HEADERS_OFFSET = REASON_LENGTH_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int BODY_LENGTH_OFFSET = HEADERS_OFFSET + BitUtil.SIZE_OF_INT;
    private static final int TABLE_OFFSET = BODY_LENGTH_OFFSET + BitUtil.SIZE_OF_INT;

    /** Lengths of name and value. */
    private static final int HEADER_ENTRY_LENGTH = 2 * BitUtil.SIZE_OF_INT;

    private final HeaderName[] captured;
    private final int[] selected;
    private int selectedCount;

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
        final int headerCount = buffer.getInt(offset + HEADERS_OFFSET);
        final int tableOffset = offset + TABLE_OFFSET;
        final int reasonLength = buffer.getInt(offset + REASON_LENGTH_OFFSET);
        final int reasonOffset = tableOffset + headerCount * HEADER_ENTRY_LENGTH;
        final HeaderTable headers = view.startWrap(buffer);
        int textOffset = reasonOffset + reasonLength;
        for (int i = 0; i < headerCount; i++)
        {
            final int entryOffset = tableOffset + i * HEADER_ENTRY_LENGTH;
            final int nameLength = buffer.getInt(entryOffset);
            final int valueLength = buffer.getInt(entryOffset + BitUtil.SIZE_OF_INT);
            headers.add(textOffset, nameLength, textOffset + nameLength, valueLength);
            textOffset += nameLength + valueLength;
        }

        view.set(
            buffer.getLong(offset + GENERATION_OFFSET),
            buffer.getInt(offset + STATUS_OFFSET),
            buffer.getInt(offset + MINOR_VERSION_OFFSET));
        view.setReason(reasonOffset, reasonLength);
        view.setBody(textOffset, buffer.getInt(offset + BODY_LENGTH_OFFSET));
    }

    /**
     * Takes the measure of an answer, and keeps which headers to take along for the call of
     * {@link #encode(RestResponse, MutableDirectBuffer, int)} that follows.
     *
     * @param response to measure.
     * @return length of its snapshot in bytes.
     */
    public int measure(final RestResponse response)
    {
        int length = TABLE_OFFSET + response.reasonLength() + response.bodyLength();
        selectedCount = 0;
        for (int i = 0; i < response.headerCount(); i++)
        {
            if (isCaptured(response, i))
            {
                selected[selectedCount++] = i;
                length += HEADER_ENTRY_LENGTH +
                    Slice.length(response.nameSlice(i)) + Slice.length(response.valueSlice(i));
            }
        }

        return length;
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
        final DirectBuffer source = response.buffer();
        final int reasonLength = response.reasonLength();
        final int bodyLength = response.bodyLength();
        target.putLong(offset + GENERATION_OFFSET, response.generation());
        target.putInt(offset + STATUS_OFFSET, response.status());
        target.putInt(offset + MINOR_VERSION_OFFSET, response.minorVersion());
        target.putInt(offset + REASON_LENGTH_OFFSET, reasonLength);
        target.putInt(offset + HEADERS_OFFSET, selectedCount);
        target.putInt(offset + BODY_LENGTH_OFFSET, bodyLength);

        int entryOffset = offset + TABLE_OFFSET;
        int textOffset = entryOffset + selectedCount * HEADER_ENTRY_LENGTH;
        target.putBytes(textOffset, source, response.reasonOffset(), reasonLength);
        textOffset += reasonLength;
        for (int i = 0; i < selectedCount; i++)
        {
            final long name = response.nameSlice(selected[i]);
            final long value = response.valueSlice(selected[i]);
            target.putInt(entryOffset, Slice.length(name));
            target.putInt(entryOffset + BitUtil.SIZE_OF_INT, Slice.length(value));
            target.putBytes(textOffset, source, Slice.offset(name), Slice.length(name));
            textOffset += Slice.length(name);
            target.putBytes(textOffset, source, Slice.offset(value), Slice.length(value));
            textOffset += Slice.length(value);
            entryOffset += HEADER_ENTRY_LENGTH;
        }

        target.putBytes(textOffset, source, response.bodyOffset(), bodyLength);
    }

    private boolean isCaptured(final RestResponse response, final int index)
    {
        if (null == captured)
        {
            return true;
        }

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
