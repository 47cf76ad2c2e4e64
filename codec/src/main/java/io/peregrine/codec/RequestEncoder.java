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

import org.agrona.AsciiEncoding;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Encodes one request at a time, all its stages in one object that is used again for life: adds body and end to the
 * head.
 */
final class RequestEncoder extends RequestHeadEncoder implements ChunkStage, BodyRegion
{
    private static final HeaderName CONTENT_LENGTH = HeaderName.of("Content-Length");
    private static final byte[] CHUNKED = bytesOf("Transfer-Encoding: chunked\r\n\r\n");
    private static final byte[] LAST_CHUNK = bytesOf("0\r\n\r\n");
    private static final byte[] CRLF = bytesOf("\r\n");
    private static final int BLANK_LINE_LENGTH = 2 * CRLF_LENGTH;

    private static final int UNKNOWN_LENGTH = -1;
    private static final int INITIAL_LENGTH_DIGITS = 3;
    private static final int HEX_DIGIT_BITS = 4;

    /** Length of what is complete in the region. */
    private int length;
    private int bodyOffset;
    private int bodyCapacity;
    private int announcedLength;
    /** Digits of the last body written in place: the best guess for the next one, which then stays where it is. */
    private int expectedDigits = INITIAL_LENGTH_DIGITS;

    RequestEncoder(final RequestTemplate template)
    {
        super(template);
    }

    private static byte[] bytesOf(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public FinalStage body(final byte[] content)
    {
        return body(content, 0, content.length);
    }

    @Override
    public FinalStage body(final byte[] content, final int offset, final int length)
    {
        Objects.checkFromIndexSize(offset, length, content.length);
        if (putContentLength(length))
        {
            putHead();
            region.putBytes(this.length, content, offset, length);
            endContent(length);
        }
        return this;
    }

    @Override
    public FinalStage body(final DirectBuffer content, final int offset, final int length)
    {
        content.boundsCheck(offset, length);
        if (putContentLength(length))
        {
            putHead();
            region.putBytes(this.length, content, offset, length);
            endContent(length);
        }
        return this;
    }

    @Override
    public FinalStage body(final CharSequence content)
    {
        final long length = Utf8.encodedLength(content);
        if (isBodyDue())
        {
            if (Utf8.UNPAIRED_SURROGATE == length)
            {
                fail(RequestError.INVALID_BODY, "the body has half of a surrogate pair");
            }
            // Like the head it is encoded in the array and goes to the region with it, in one piece.
            else if (hasRoom(length) && putContentLength((int)length) && hasRoom(length))
            {
                head.position(Utf8.encode(head.bytes(), head.position(), content));
                putHead();
                endContent(0);
            }
        }
        return this;
    }

    @Override
    public BodyRegion beginBody()
    {
        bodyOffset = 0;
        bodyCapacity = 0;
        if (isBodyDue() && hasRoom(CONTENT_LENGTH.linePrefixLength()))
        {
            head.position(CONTENT_LENGTH.putLinePrefix(head.bytes(), head.position()));
            final int room = head.capacity() - head.length() - BLANK_LINE_LENGTH;
            if (room < 1)
            {
                failTooLarge();
            }
            else
            {
                // The longest body that fits together with its length, and digits that do not push it out.
                final int mostDigits = mostLengthDigits(room);
                bodyCapacity = (int)Math.min(room - mostDigits, AsciiEncoding.LONG_POW_10[mostDigits] - 1);
                bodyOffset = head.length() + Math.min(expectedDigits, mostDigits) + BLANK_LINE_LENGTH;
                announcedLength = UNKNOWN_LENGTH;
                phase = Phase.BODY_REGION;
            }
        }
        return this;
    }

    /** Most digits that the length of a body can have if digits and body share the room. */
    private static int mostLengthDigits(final int room)
    {
        final int digits = AsciiEncoding.digitCount(room);
        return digits > 1 && room - digits < AsciiEncoding.INT_POW_10[digits - 1] ? digits - 1 : digits;
    }

    @Override
    public BodyRegion beginBody(final int exactLength)
    {
        bodyOffset = 0;
        bodyCapacity = 0;
        if (isBodyDue())
        {
            if (exactLength < 0)
            {
                fail(RequestError.BODY_LENGTH_MISMATCH, "a body cannot have " + exactLength + " bytes");
            }
            else if (putContentLength(exactLength))
            {
                putHead();
                bodyOffset = length;
                bodyCapacity = exactLength;
                announcedLength = exactLength;
                phase = Phase.BODY_REGION;
            }
        }
        return this;
    }

    @Override
    public MutableDirectBuffer buffer()
    {
        return region;
    }

    @Override
    public int offset()
    {
        return bodyOffset;
    }

    @Override
    public int capacity()
    {
        return Phase.BODY_REGION == phase ? bodyCapacity : 0;
    }

    @Override
    public FinalStage endBody(final int length)
    {
        if (Phase.BODY_REGION != phase)
        {
            failOrder("the end of a body");
        }
        else if (UNKNOWN_LENGTH == announcedLength)
        {
            endMeasuredBody(length);
        }
        else if (announcedLength != length)
        {
            fail(
                RequestError.BODY_LENGTH_MISMATCH,
                "the body has " + length + " bytes where " + announcedLength + " were announced");
        }
        else
        {
            endContent(length);
        }
        return this;
    }

    /** Completes the head, and moves the body if its length has more or fewer digits than was guessed. */
    private void endMeasuredBody(final int length)
    {
        if (length < 0)
        {
            fail(RequestError.BODY_LENGTH_MISMATCH, "a body cannot have " + length + " bytes");
        }
        else if (length > bodyCapacity)
        {
            failTooLarge();
        }
        else if (hasRoom((long)AsciiEncoding.digitCount(length) + BLANK_LINE_LENGTH))
        {
            expectedDigits = AsciiEncoding.digitCount(length);
            putLength(length);
            if (head.length() != bodyOffset)
            {
                region.putBytes(head.length(), region, bodyOffset, length);
            }
            putHead();
            endContent(length);
        }
    }

    @Override
    public ChunkStage chunked()
    {
        if (isBodyDue() && hasRoom(CHUNKED.length))
        {
            put(CHUNKED);
            putHead();
            phase = Phase.CHUNKS;
        }
        return this;
    }

    @Override
    public ChunkStage chunk(final byte[] content)
    {
        return chunk(content, 0, content.length);
    }

    @Override
    public ChunkStage chunk(final byte[] content, final int offset, final int length)
    {
        Objects.checkFromIndexSize(offset, length, content.length);
        final int index = beginChunk(length);
        if (NONE != index)
        {
            region.putBytes(index, content, offset, length);
            endChunk(index + length);
        }
        return this;
    }

    @Override
    public ChunkStage chunk(final DirectBuffer content, final int offset, final int length)
    {
        content.boundsCheck(offset, length);
        final int index = beginChunk(length);
        if (NONE != index)
        {
            region.putBytes(index, content, offset, length);
            endChunk(index + length);
        }
        return this;
    }

    /** Writes the line with the length; index behind it, or {@link #NONE} if there is no chunk to write. */
    private int beginChunk(final int length)
    {
        if (Phase.CHUNKS != phase)
        {
            failOrder("a chunk");
            return NONE;
        }
        if (0 == length)
        {
            return NONE;
        }

        final int digits = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + HEX_DIGIT_BITS - 1) / HEX_DIGIT_BITS;
        if ((long)digits + length + 2 * CRLF_LENGTH > head.capacity() - this.length)
        {
            failTooLarge();
            return NONE;
        }

        int remaining = length;
        for (int i = digits - 1; i >= 0; i--)
        {
            region.putByte(this.length + i, HttpCharacters.hexDigit(remaining));
            remaining >>>= HEX_DIGIT_BITS;
        }
        region.putBytes(this.length + digits, CRLF);
        return this.length + digits + CRLF_LENGTH;
    }

    private void endChunk(final int index)
    {
        region.putBytes(index, CRLF);
        length = index + CRLF_LENGTH;
    }

    @Override
    public Request finish()
    {
        final Request finished = tryFinish();
        if (null == finished)
        {
            throw failure();
        }

        return finished;
    }

    @Override
    public Request tryFinish()
    {
        if (Phase.BODY_DONE != phase)
        {
            endWithoutContent();
        }
        if (Phase.FAILED == phase)
        {
            return null;
        }

        phase = Phase.IDLE;
        request.set(method, length);
        return request;
    }

    private void endWithoutContent()
    {
        if (Phase.CHUNKS == phase)
        {
            endChunks();
        }
        else if (Phase.HEADERS == phase || beginHeaders("the end"))
        {
            if (method.isContentExpected())
            {
                if (putContentLength(0))
                {
                    putHead();
                }
            }
            else if (hasRoom(CRLF_LENGTH))
            {
                put(CRLF);
                putHead();
            }
        }
    }

    private void endChunks()
    {
        if (LAST_CHUNK.length > head.capacity() - length)
        {
            failTooLarge();
        }
        else
        {
            region.putBytes(length, LAST_CHUNK);
            length += LAST_CHUNK.length;
        }
    }

    private boolean isBodyDue()
    {
        return Phase.HEADERS == phase || beginHeaders("a body");
    }

    /** Writes Content-Length and the blank line, if the content fits behind them. */
    private boolean putContentLength(final int contentLength)
    {
        if (!isBodyDue())
        {
            return false;
        }

        final int digits = AsciiEncoding.digitCount(contentLength);
        if (!head.hasRoom(CONTENT_LENGTH.linePrefixLength() + digits + BLANK_LINE_LENGTH, contentLength))
        {
            return failTooLarge();
        }
        head.position(CONTENT_LENGTH.putLinePrefix(head.bytes(), head.position()));
        putLength(contentLength);
        return true;
    }

    private void putLength(final int contentLength)
    {
        final byte[] bytes = head.bytes();
        final int index = head.position();
        final int digits = AsciiEncoding.digitCount(contentLength);
        DecimalText.put(bytes, index, digits, contentLength);
        RequestText.putHeadEnd(bytes, index + digits);
        head.position(index + digits + BLANK_LINE_LENGTH);
    }

    private void put(final byte[] constant)
    {
        System.arraycopy(constant, 0, head.bytes(), head.position(), constant.length);
        head.position(head.position() + constant.length);
    }

    /** Moves the complete head to the region. */
    private void putHead()
    {
        length = head.length();
        region.putBytes(0, head.bytes(), head.origin(), length);
    }

    private void endContent(final int contentLength)
    {
        length += contentLength;
        phase = Phase.BODY_DONE;
    }
}
