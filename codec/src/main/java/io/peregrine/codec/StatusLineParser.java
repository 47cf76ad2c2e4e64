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

import static io.peregrine.codec.ResponseError.*;

/** Resumable parser of a status line (RFC 9112 section 4), with or without a reason phrase. */
final class StatusLineParser
{
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte SPACE = ' ';

    private static final byte[] PROTOCOL = { 'H', 'T', 'T', 'P', '/', '1', '.' };
    private static final int MAJOR_VERSION_INDEX = 5;
    private static final int STATUS_CODE_DIGITS = 3;

    /** {@code HTTP/1.0} as a little-endian word; the minor version is its highest byte. */
    private static final long HTTP_1_0 = 0x302E_312F_5054_5448L;
    private static final long HTTP_1_1 = 0x312E_312F_5054_5448L;
    private static final int STATUS_CODE_OFFSET = "HTTP/1.1".length();
    private static final int REASON_OFFSET = "HTTP/1.1 200 ".length();
    private static final int USUAL_LENGTH_MIN = 2 * Long.BYTES;

    // Not an enum: a switch over one loads a class of the compiler's making when it first runs, which may be late.
    private static final int AT_PROTOCOL = 0;
    private static final int AT_MINOR_VERSION = 1;
    private static final int AT_SPACE = 2;
    private static final int AT_STATUS_CODE = 3;
    private static final int AT_AFTER_STATUS_CODE = 4;
    private static final int AT_REASON = 5;
    private static final int AT_LINE_FEED = 6;
    private static final int AT_DONE = 7;

    private final boolean isBareLineFeedAllowed;

    private int state = AT_PROTOCOL;
    private ResponseError error;
    private int matched;
    private int minorVersion;
    private int status;
    private int statusDigits;
    private int reasonOffset;
    private int reasonEnd;

    StatusLineParser(final boolean isBareLineFeedAllowed)
    {
        this.isBareLineFeedAllowed = isBareLineFeedAllowed;
    }

    void reset()
    {
        state = AT_PROTOCOL;
        error = null;
        matched = 0;
    }

    private void clear()
    {
        minorVersion = 0;
        status = 0;
        statusDigits = 0;
        reasonOffset = 0;
        reasonEnd = 0;
    }

    boolean isDone()
    {
        return AT_DONE == state;
    }

    ResponseError error()
    {
        return error;
    }

    int minorVersion()
    {
        return minorVersion;
    }

    int status()
    {
        return status;
    }

    int reasonOffset()
    {
        return reasonOffset;
    }

    int reasonLength()
    {
        return reasonEnd - reasonOffset;
    }

    /**
     * Parses what has come.
     *
     * @return the position of the first byte that was not taken: limit when more is needed, the byte behind the line
     * when done, the offending byte when there is an error.
     */
    int parse(final DirectBuffer buffer, final int offset, final int limit)
    {
        int position = offset;
        if (AT_PROTOCOL == state && 0 == matched)
        {
            clear();
            if (limit - position >= USUAL_LENGTH_MIN && null == buffer.byteArray())
            {
                position = takeUsualLine(buffer, position, limit);
            }
        }

        while (position < limit && null == error && AT_DONE != state)
        {
            position = AT_REASON == state ?
                parseReason(buffer, position, limit) : onByte(buffer.getByte(position), position);
        }

        return position;
    }

    /**
     * The usual line came in one piece, off-heap, with a reason phrase and CR LF. Whatever is unusual is left to the
     * byte-wise states, which know what is wrong with it: then the position stays where it is.
     */
    private int takeUsualLine(final DirectBuffer buffer, final int position, final int limit)
    {
        buffer.boundsCheck(position, limit - position);
        final long address = buffer.addressOffset() + position;
        final long protocol = TextScanner.word(address);
        final long code = TextScanner.word(address + STATUS_CODE_OFFSET);
        final int hundreds = digit(code, 1);
        final int tens = digit(code, 2);
        final int ones = digit(code, 3);
        if ((HTTP_1_1 != protocol && HTTP_1_0 != protocol) || SPACE != (byte)code || SPACE != (byte)(code >>> 32) ||
            0 == hundreds || !isDigit(hundreds) || !isDigit(tens) || !isDigit(ones))
        {
            return position;
        }

        final int offset = position + REASON_OFFSET;
        final int end = TextScanner.endOfPlainText(buffer.addressOffset(), offset, limit);
        if (end > limit - Short.BYTES || TextScanner.CR_LF != TextScanner.pair(buffer.addressOffset() + end))
        {
            return position;
        }

        minorVersion = HTTP_1_1 == protocol ? 1 : 0;
        status = hundreds * 100 + tens * 10 + ones;
        reasonOffset = offset;
        reasonEnd = end;
        return next(AT_DONE, end + 1);
    }

    private static int digit(final long word, final int index)
    {
        return (int)(word >>> Byte.SIZE * index & 0xFF) - '0';
    }

    private int onByte(final byte b, final int position)
    {
        return switch (state)
        {
            case AT_PROTOCOL -> matchProtocol(b, position);
            case AT_MINOR_VERSION -> parseMinorVersion(b, position);
            case AT_SPACE -> SPACE == b ? next(AT_STATUS_CODE, position) : fail(MALFORMED_STATUS_LINE, position);
            case AT_STATUS_CODE -> parseStatusCode(b, position);
            case AT_AFTER_STATUS_CODE -> endStatusCode(b, position);
            case AT_LINE_FEED -> LF == b ? next(AT_DONE, position) : fail(BARE_CARRIAGE_RETURN, position);
            default -> throw new IllegalStateException("state " + state);
        };
    }

    private int matchProtocol(final byte b, final int position)
    {
        if (PROTOCOL[matched] != b)
        {
            return fail(MAJOR_VERSION_INDEX == matched && isDigit(b) ?
                UNSUPPORTED_HTTP_VERSION : MALFORMED_STATUS_LINE, position);
        }

        matched++;
        return next(PROTOCOL.length == matched ? AT_MINOR_VERSION : AT_PROTOCOL, position);
    }

    private int parseMinorVersion(final byte b, final int position)
    {
        if ('0' != b && '1' != b)
        {
            return fail(isDigit(b) ? UNSUPPORTED_HTTP_VERSION : MALFORMED_STATUS_LINE, position);
        }

        minorVersion = b - '0';
        return next(AT_SPACE, position);
    }

    private int parseStatusCode(final byte b, final int position)
    {
        if (!isDigit(b) || (0 == statusDigits && '0' == b))
        {
            return fail(MALFORMED_STATUS_CODE, position);
        }

        status = status * 10 + (b - '0');
        statusDigits++;
        return next(STATUS_CODE_DIGITS == statusDigits ? AT_AFTER_STATUS_CODE : AT_STATUS_CODE, position);
    }

    private int endStatusCode(final byte b, final int position)
    {
        if (SPACE == b)
        {
            reasonOffset = position + 1;
            return next(AT_REASON, position);
        }

        return endLine(b, position, MALFORMED_STATUS_CODE);
    }

    private int parseReason(final DirectBuffer buffer, final int offset, final int limit)
    {
        final int position = TextScanner.endOfText(buffer, offset, limit);
        if (position == limit)
        {
            return limit;
        }

        reasonEnd = position;
        final int next = endLine(buffer.getByte(position), position, CONTROL_BYTE);

        return AT_LINE_FEED == state && next < limit ? onByte(buffer.getByte(next), next) : next;
    }

    private int endLine(final byte b, final int position, final ResponseError otherwise)
    {
        if (CR == b)
        {
            return next(AT_LINE_FEED, position);
        }

        if (LF == b)
        {
            return isBareLineFeedAllowed ? next(AT_DONE, position) : fail(BARE_LINE_FEED, position);
        }

        return fail(otherwise, position);
    }

    private int next(final int newState, final int position)
    {
        state = newState;
        return position + 1;
    }

    private int fail(final ResponseError reason, final int position)
    {
        error = reason;
        return position;
    }

    private static boolean isDigit(final byte b)
    {
        return isDigit(b - '0');
    }

    private static boolean isDigit(final int value)
    {
        return value >= 0 && value < 10;
    }
}
