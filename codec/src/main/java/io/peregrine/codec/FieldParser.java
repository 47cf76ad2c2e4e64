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

import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

import static io.peregrine.codec.ResponseError.*;

/**
 * Resumable parser of a field section: the header section of a head, or the trailer section after the last chunk
 * (RFC 9112 section 5). Each call goes on where the last one stopped, so that a byte is looked at once however the
 * stream was cut; twice in a line that did not come whole, or is unusual, since the usual line is tried first.
 */
final class FieldParser
{
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte SPACE = ' ';
    private static final byte TAB = '\t';
    private static final byte COLON = ':';
    private static final int COLON_SPACE = ':' | ' ' << Byte.SIZE;

    // Not an enum: a switch over one loads a class of the compiler's making when it first runs, which may be late.
    private static final int AT_LINE_START = 0;
    private static final int AT_NAME = 1;
    private static final int AT_BEFORE_VALUE = 2;
    private static final int AT_VALUE = 3;
    private static final int AT_LINE_FEED = 4;
    private static final int AT_LAST_LINE_FEED = 5;
    private static final int AT_DONE = 6;

    private final FieldSink sink;
    private final boolean isBareLineFeedAllowed;

    private int state = AT_LINE_START;
    private ResponseError error;
    private int nameOffset;
    private int nameLength;
    private int valueOffset;
    private int valueEnd;

    /**
     * @param sink                  for the fields, or null to check and drop them; then no offset is kept, and the
     *                              bytes before the position may be moved between calls.
     * @param isBareLineFeedAllowed whether LF alone ends a line.
     */
    FieldParser(final FieldSink sink, final boolean isBareLineFeedAllowed)
    {
        this.sink = sink;
        this.isBareLineFeedAllowed = isBareLineFeedAllowed;
    }

    void reset()
    {
        state = AT_LINE_START;
        error = null;
    }

    boolean isDone()
    {
        return AT_DONE == state;
    }

    ResponseError error()
    {
        return error;
    }

    /**
     * Parses what has come. Each step goes straight on to the next one, and the state is noted only where the bytes
     * end.
     *
     * @return the position of the first byte that was not taken: limit when more is needed, the byte behind the blank
     * line when done, the offending byte when there is an error.
     */
    int parse(final DirectBuffer buffer, final int offset, final int limit)
    {
        int position = offset;
        if (AT_LINE_START != state && position < limit)
        {
            position = resume(buffer, position, limit);
        }

        buffer.boundsCheck(offset, limit - offset);
        final boolean isOffHeap = null == buffer.byteArray();
        final long address = buffer.addressOffset();
        while (position < limit && AT_LINE_START == state && null == error)
        {
            final int lineOffset = position;
            position = isOffHeap ? takeUsualLine(buffer, address, lineOffset, limit) : lineOffset;
            position = lineOffset == position ? startLine(buffer, lineOffset, limit) : position;
        }

        return position;
    }

    /**
     * The usual line came in one piece, off-heap: a name, a colon and one space, and a value without tabs or more
     * spaces around it; or it is the blank one. Whatever is unusual is left to the steps, which know what is wrong
     * with it: then the position stays where it is.
     */
    private int takeUsualLine(final DirectBuffer buffer, final long address, final int position, final int limit)
    {
        final int nameEnd = TextScanner.endOfName(address, position, limit);
        if (nameEnd > limit - Short.BYTES)
        {
            return position;
        }

        final int separator = TextScanner.pair(address + nameEnd);
        if (nameEnd == position)
        {
            return TextScanner.CR_LF == separator ? done(position + 1) : position;
        }

        if (COLON_SPACE != separator)
        {
            return position;
        }

        final int offset = nameEnd + Short.BYTES;
        final int end = TextScanner.endOfPlainText(address, offset, limit);
        if (end == offset || end > limit - Short.BYTES ||
            TextScanner.CR_LF != TextScanner.pair(address + end) ||
            SPACE == UnsafeApi.getByte(address + offset) || SPACE == UnsafeApi.getByte(address + end - 1))
        {
            return position;
        }

        nameOffset = position;
        nameLength = nameEnd - position;
        valueOffset = offset;
        return handOver(buffer, end, end + 1);
    }

    private int resume(final DirectBuffer buffer, final int position, final int limit)
    {
        return switch (state)
        {
            case AT_NAME -> parseName(buffer, position, limit);
            case AT_BEFORE_VALUE -> skipWhiteSpace(buffer, position, limit);
            case AT_VALUE -> parseValue(buffer, position, limit);
            case AT_LINE_FEED -> expectLineFeed(buffer, position, limit);
            case AT_LAST_LINE_FEED -> expectLastLineFeed(buffer, position, limit);
            default -> position;
        };
    }

    private int startLine(final DirectBuffer buffer, final int position, final int limit)
    {
        final byte b = buffer.getByte(position);
        if (HttpCharacters.isToken(b))
        {
            nameOffset = position;
            return parseName(buffer, position, limit);
        }

        return switch (b)
        {
            case CR -> expectLastLineFeed(buffer, position + 1, limit);
            case LF -> isBareLineFeedAllowed ? done(position) : fail(BARE_LINE_FEED, position);
            case SPACE, TAB -> fail(OBSOLETE_LINE_FOLDING, position);
            default -> fail(MALFORMED_HEADER_NAME, position);
        };
    }

    private int parseName(final DirectBuffer buffer, final int offset, final int limit)
    {
        final int position = TextScanner.endOfToken(buffer, offset, limit);
        if (position == limit)
        {
            return suspend(AT_NAME, limit);
        }

        final byte b = buffer.getByte(position);
        if (COLON == b)
        {
            nameLength = position - nameOffset;
            return skipWhiteSpace(buffer, position + 1, limit);
        }

        return fail(SPACE == b || TAB == b ? SPACE_BEFORE_COLON : MALFORMED_HEADER_NAME, position);
    }

    private int skipWhiteSpace(final DirectBuffer buffer, final int offset, final int limit)
    {
        for (int position = offset; position < limit; position++)
        {
            if (!isWhiteSpace(buffer.getByte(position)))
            {
                valueOffset = position;
                return parseValue(buffer, position, limit);
            }
        }

        return suspend(AT_BEFORE_VALUE, limit);
    }

    private int parseValue(final DirectBuffer buffer, final int offset, final int limit)
    {
        final int position = TextScanner.endOfText(buffer, offset, limit);
        if (position == limit)
        {
            return suspend(AT_VALUE, limit);
        }

        valueEnd = position;
        final byte b = buffer.getByte(position);
        if (CR == b)
        {
            return expectLineFeed(buffer, position + 1, limit);
        }

        if (LF == b && isBareLineFeedAllowed)
        {
            return endField(buffer, position);
        }

        return fail(LF == b ? BARE_LINE_FEED : CONTROL_BYTE, position);
    }

    private int expectLineFeed(final DirectBuffer buffer, final int position, final int limit)
    {
        if (position == limit)
        {
            return suspend(AT_LINE_FEED, limit);
        }

        return LF == buffer.getByte(position) ? endField(buffer, position) : fail(BARE_CARRIAGE_RETURN, position);
    }

    private int expectLastLineFeed(final DirectBuffer buffer, final int position, final int limit)
    {
        if (position == limit)
        {
            return suspend(AT_LAST_LINE_FEED, limit);
        }

        return LF == buffer.getByte(position) ? done(position) : fail(BARE_CARRIAGE_RETURN, position);
    }

    private int endField(final DirectBuffer buffer, final int position)
    {
        int end = valueEnd;
        while (null != sink && end > valueOffset && isWhiteSpace(buffer.getByte(end - 1)))
        {
            end--;
        }

        return handOver(buffer, end, position);
    }

    /** Gives a field to the sink, if there is one; the position is that of the last byte of its line. */
    private int handOver(final DirectBuffer buffer, final int end, final int position)
    {
        final ResponseError refusal = null == sink ? null :
            sink.onField(buffer, nameOffset, nameLength, valueOffset, end - valueOffset);
        if (null != refusal)
        {
            return fail(refusal, position);
        }

        state = AT_LINE_START;
        return position + 1;
    }

    /** All bytes are taken; goes on from that state with the next ones. */
    private int suspend(final int newState, final int limit)
    {
        state = newState;
        return limit;
    }

    private int done(final int position)
    {
        state = AT_DONE;
        return position + 1;
    }

    private int fail(final ResponseError reason, final int position)
    {
        error = reason;
        return position;
    }

    private static boolean isWhiteSpace(final byte b)
    {
        return SPACE == b || TAB == b;
    }
}
