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

import org.agrona.MutableDirectBuffer;

import static io.peregrine.codec.ResponseError.*;

/**
 * Resumable, in-place decoder of the chunked transfer coding (RFC 9112 section 7.1). Chunk data is moved down to
 * where the body ends so far; sizes, extensions and trailers are taken byte by byte and kept nowhere. When all bytes
 * that came are taken, the next ones can therefore be received right behind the body, where they mostly need no move.
 */
final class ChunkedDecoder
{
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    /** 15 digits keep a size within 60 bits, so that sums of lengths cannot overflow. */
    private static final int MAX_SIZE_DIGITS = 15;
    private static final int LAST_LINE_LENGTH = "\r\n".length();

    // Not an enum: a switch over one loads a class of the compiler's making when it first runs, which may be late.
    private static final int AT_SIZE = 0;
    private static final int AT_WHITE_SPACE = 1;
    private static final int AT_EXTENSION = 2;
    private static final int AT_SIZE_LINE_FEED = 3;
    private static final int AT_DATA = 4;
    private static final int AT_DATA_END = 5;
    private static final int AT_DATA_LINE_FEED = 6;
    private static final int AT_TRAILERS = 7;
    private static final int AT_DONE = 8;

    private final int maxExtensionLength;
    private final long trailerLimit;
    private final FieldParser trailerParser;

    private int state;
    private ResponseError error;
    private long chunkSize;
    private int sizeDigits;
    private long remainingInChunk;
    private int extensionLength;
    private long trailerLength;
    private int bodyOffset;
    private int bodyLimit;
    private int maxBodyLength;
    private ResponseError bodyLimitError;

    ChunkedDecoder(final ResponseLimits limits)
    {
        maxExtensionLength = limits.maxChunkExtensionLength();
        // The blank line that ends every message is no part of the limit: without trailers nothing is used up.
        trailerLimit = (long)limits.maxTrailerLength() + LAST_LINE_LENGTH;
        trailerParser = new FieldParser(null, false);
    }

    /**
     * Starts a body.
     *
     * @param bodyOffset     where the decoded body goes.
     * @param maxBodyLength  the most that may be decoded.
     * @param bodyLimitError what a longer body is refused with.
     */
    void reset(final int bodyOffset, final int maxBodyLength, final ResponseError bodyLimitError)
    {
        state = AT_SIZE;
        error = null;
        chunkSize = 0;
        sizeDigits = 0;
        extensionLength = 0;
        trailerLength = 0;
        this.bodyOffset = bodyOffset;
        bodyLimit = bodyOffset;
        this.maxBodyLength = maxBodyLength;
        this.bodyLimitError = bodyLimitError;
    }

    boolean isDone()
    {
        return AT_DONE == state;
    }

    ResponseError error()
    {
        return error;
    }

    /** Offset behind the last decoded byte. */
    int bodyLimit()
    {
        return bodyLimit;
    }

    /**
     * Decodes what has come.
     *
     * @return the position of the first byte that was not taken: limit when more is needed, the byte behind the
     * message when done, the offending byte when there is an error.
     */
    int decode(final MutableDirectBuffer buffer, final int offset, final int limit)
    {
        int position = offset;
        while (position < limit && null == error && AT_DONE != state)
        {
            position = switch (state)
            {
                case AT_DATA -> moveData(buffer, position, limit);
                case AT_TRAILERS -> parseTrailers(buffer, position, limit);
                case AT_EXTENSION -> skipExtension(buffer, position, limit);
                default -> onByte(buffer.getByte(position), position);
            };
        }

        return position;
    }

    private int onByte(final byte b, final int position)
    {
        return switch (state)
        {
            case AT_SIZE -> parseSize(b, position);
            case AT_WHITE_SPACE -> skipWhiteSpace(b, position);
            case AT_SIZE_LINE_FEED -> LF == b ? startChunk(position) : fail(BARE_CARRIAGE_RETURN, position);
            case AT_DATA_END -> CR == b ? next(AT_DATA_LINE_FEED, position) : fail(MISSING_CHUNK_END, position);
            case AT_DATA_LINE_FEED -> LF == b ? startSize(position) : fail(MISSING_CHUNK_END, position);
            default -> throw new IllegalStateException("state " + state);
        };
    }

    private int startSize(final int position)
    {
        chunkSize = 0;
        sizeDigits = 0;
        return next(AT_SIZE, position);
    }

    private int parseSize(final byte b, final int position)
    {
        final int digit = Character.digit(b, 16);
        if (digit >= 0)
        {
            sizeDigits++;
            if (sizeDigits > MAX_SIZE_DIGITS)
            {
                return fail(CHUNK_SIZE_OVERFLOW, position);
            }

            chunkSize = (chunkSize << 4) | digit;
            return position + 1;
        }

        return 0 == sizeDigits ? fail(MALFORMED_CHUNK_SIZE, position) : endSize(b, position);
    }

    private int endSize(final byte b, final int position)
    {
        return switch (b)
        {
            case CR -> next(AT_SIZE_LINE_FEED, position);
            case ';' -> extension(AT_EXTENSION, position);
            case ' ', '\t' -> extension(AT_WHITE_SPACE, position);
            case LF -> fail(BARE_LINE_FEED, position);
            default -> fail(MALFORMED_CHUNK_SIZE, position);
        };
    }

    /**
     * White space may stand before an extension (RFC 9112 section 7.1.1), but is no part of a size line without one.
     */
    private int skipWhiteSpace(final byte b, final int position)
    {
        return switch (b)
        {
            case ';' -> extension(AT_EXTENSION, position);
            case ' ', '\t' -> extension(AT_WHITE_SPACE, position);
            default -> fail(MALFORMED_CHUNK_SIZE, position);
        };
    }

    private int extension(final int newState, final int position)
    {
        if (extensionLength == maxExtensionLength)
        {
            return fail(CHUNK_EXTENSIONS_TOO_LARGE, position);
        }

        extensionLength++;
        return next(newState, position);
    }

    private int skipExtension(final MutableDirectBuffer buffer, final int offset, final int limit)
    {
        final int allowed = maxExtensionLength - extensionLength;
        final int scanLimit = Math.min(limit - offset, allowed) + offset;
        final int position = TextScanner.endOfText(buffer, offset, scanLimit);
        extensionLength += position - offset;
        if (position == limit)
        {
            return position;
        }

        final byte b = buffer.getByte(position);
        if (CR == b)
        {
            return next(AT_SIZE_LINE_FEED, position);
        }

        if (position == scanLimit && TextScanner.isText(b))
        {
            return fail(CHUNK_EXTENSIONS_TOO_LARGE, position);
        }

        return fail(LF == b ? BARE_LINE_FEED : CONTROL_BYTE, position);
    }

    private int startChunk(final int position)
    {
        if (0 == chunkSize)
        {
            trailerParser.reset();
            return next(AT_TRAILERS, position);
        }

        final int bodyLength = bodyLimit - bodyOffset;
        if (bodyLength + chunkSize > maxBodyLength)
        {
            return fail(bodyLimitError, position);
        }

        remainingInChunk = chunkSize;
        return next(AT_DATA, position);
    }

    private int moveData(final MutableDirectBuffer buffer, final int offset, final int limit)
    {
        final int length = (int)Math.min(remainingInChunk, limit - offset);
        if (offset != bodyLimit)
        {
            buffer.putBytes(bodyLimit, buffer, offset, length);
        }

        bodyLimit += length;
        remainingInChunk -= length;
        if (0 == remainingInChunk)
        {
            state = AT_DATA_END;
        }

        return offset + length;
    }

    private int parseTrailers(final MutableDirectBuffer buffer, final int offset, final int limit)
    {
        final int allowed = (int)Math.min(limit - offset, trailerLimit - trailerLength);
        final int position = trailerParser.parse(buffer, offset, offset + allowed);
        trailerLength += position - offset;
        error = trailerParser.error();
        if (trailerParser.isDone())
        {
            state = AT_DONE;
        }
        else if (null == error && trailerLength == trailerLimit)
        {
            error = TRAILERS_TOO_LARGE;
        }

        return position;
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
}
