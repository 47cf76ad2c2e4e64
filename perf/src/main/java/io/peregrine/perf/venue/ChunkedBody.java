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
package io.peregrine.perf.venue;

/**
 * Decodes the chunked transfer coding (RFC 9112 section 7.1) in place: data slides down over the framing around it, and
 * every byte is looked at once, wherever the stream was cut.
 */
final class ChunkedBody
{
    private static final int EXTENSION_LENGTH_LIMIT = 256;
    private static final int TRAILER_LENGTH_LIMIT = 4096;
    private static final int MAX_SIZE_DIGITS = 7;

    private enum Step
    {
        SIZE, EXTENSION, SIZE_END, DATA, DATA_CR, DATA_LF, TRAILER_START, TRAILER, TRAILER_END, LAST_LF, COMPLETE
    }

    private final int bodyLengthLimit;

    private Step step;
    private VenueError refusal;
    private int readOffset;
    private int bodyOffset;
    private int bodyLimit;
    private int chunkRemaining;
    private int sizeDigits;
    private int extensionLength;
    private int trailerLength;

    ChunkedBody(final int bodyLengthLimit)
    {
        this.bodyLengthLimit = bodyLengthLimit;
    }

    /** A body starts here. */
    void begin(final int offset)
    {
        refusal = null;
        readOffset = offset;
        bodyOffset = offset;
        bodyLimit = offset;
        trailerLength = 0;
        beginChunk();
    }

    /**
     * Takes the bytes that came since the last call; true when nothing more is to be read, be it an end or a refusal.
     */
    boolean decode(final byte[] buffer, final int limit)
    {
        while (readOffset < limit && Step.COMPLETE != step && null == refusal)
        {
            if (Step.DATA == step)
            {
                moveData(buffer, limit);
            }
            else
            {
                onFramingByte(buffer[readOffset++]);
            }
        }

        return Step.COMPLETE == step || null != refusal;
    }

    /** Why the body is refused, or null. */
    VenueError refusal()
    {
        return refusal;
    }

    int bodyOffset()
    {
        return bodyOffset;
    }

    /** Just past the decoded bytes. */
    int bodyLimit()
    {
        return bodyLimit;
    }

    /** Just past the coded bytes that were looked at. */
    int readOffset()
    {
        return readOffset;
    }

    /** Forgets the gap between the decoded bytes and those to come; only when every byte was looked at. */
    void closeGap()
    {
        readOffset = bodyLimit;
    }

    void slide(final int distance)
    {
        readOffset -= distance;
        bodyOffset -= distance;
        bodyLimit -= distance;
    }

    private void beginChunk()
    {
        step = Step.SIZE;
        chunkRemaining = 0;
        sizeDigits = 0;
        extensionLength = 0;
    }

    private void moveData(final byte[] buffer, final int limit)
    {
        final int length = Math.min(chunkRemaining, limit - readOffset);
        System.arraycopy(buffer, readOffset, buffer, bodyLimit, length);
        readOffset += length;
        bodyLimit += length;
        chunkRemaining -= length;
        if (0 == chunkRemaining)
        {
            step = Step.DATA_CR;
        }
    }

    private void onFramingByte(final byte b)
    {
        switch (step)
        {
            case SIZE -> onSizeByte(b);
            case EXTENSION -> onExtensionByte(b);
            case SIZE_END -> onSizeEnd(b);
            case DATA_CR -> expect(b, '\r', Step.DATA_LF);
            case DATA_LF ->
            {
                expect(b, '\n', Step.SIZE);
                beginChunk();
            }
            case TRAILER_START -> onTrailerByte(b, Step.LAST_LF);
            case TRAILER -> onTrailerByte(b, Step.TRAILER_END);
            case TRAILER_END -> expect(b, '\n', Step.TRAILER_START);
            case LAST_LF -> expect(b, '\n', Step.COMPLETE);
            default -> throw new IllegalStateException("no framing in " + step);
        }
    }

    private void onSizeByte(final byte b)
    {
        final int digit = HttpText.hexDigit(b);
        if (digit >= 0)
        {
            chunkRemaining = chunkRemaining * 16 + digit;
            if (++sizeDigits > MAX_SIZE_DIGITS || chunkRemaining > bodyLengthLimit - (bodyLimit - bodyOffset))
            {
                refusal = VenueError.BODY_TOO_LARGE;
            }
        }
        else if (0 == sizeDigits)
        {
            refusal = VenueError.MALFORMED_REQUEST;
        }
        else if (b == ';' || HttpText.isBlank(b))
        {
            step = Step.EXTENSION;
        }
        else
        {
            expect(b, '\r', Step.SIZE_END);
        }
    }

    private void onExtensionByte(final byte b)
    {
        if (b == '\r')
        {
            step = Step.SIZE_END;
        }
        else if (!HttpText.isFieldValue(b) || ++extensionLength > EXTENSION_LENGTH_LIMIT)
        {
            refusal = VenueError.MALFORMED_REQUEST;
        }
    }

    private void onSizeEnd(final byte b)
    {
        expect(b, '\n', 0 == chunkRemaining ? Step.TRAILER_START : Step.DATA);
    }

    private void onTrailerByte(final byte b, final Step stepAtLineEnd)
    {
        if (b == '\r')
        {
            step = stepAtLineEnd;
        }
        else if (!HttpText.isFieldValue(b))
        {
            refusal = VenueError.MALFORMED_REQUEST;
        }
        else if (++trailerLength > TRAILER_LENGTH_LIMIT)
        {
            refusal = VenueError.HEAD_TOO_LARGE;
        }
        else
        {
            step = Step.TRAILER;
        }
    }

    private void expect(final byte b, final char wanted, final Step next)
    {
        if (b == wanted)
        {
            step = next;
        }
        else
        {
            refusal = VenueError.MALFORMED_REQUEST;
        }
    }
}
