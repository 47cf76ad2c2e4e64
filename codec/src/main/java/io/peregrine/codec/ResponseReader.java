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
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

import static io.peregrine.codec.ReadState.COMPLETE;
import static io.peregrine.codec.ReadState.FAILED;
import static io.peregrine.codec.ReadState.INCOMPLETE;

/**
 * Turns the bytes of a stream into responses, one after another, within a buffer of fixed length. It knows no socket:
 * bytes are put behind {@link #receiveOffset()} and announced by {@link #onReceived(int)}, which parses on from where
 * it stopped, so that each byte is scanned once however the stream was cut, and the outcome never depends on the
 * cuts. A head that came whole and looks like the one before is compared with that instead of being scanned.
 * <p>
 * A reader expects one response at a time: {@link #expect(HttpMethod)} drops the last one and whatever came behind it.
 * Framing follows RFC 9112 section 6; interim responses (1xx) are skipped; chunks are decoded in place.
 * <p>
 * Not thread safe. Nothing is allocated after construction, except by {@link #errorDetail()}.
 */
public final class ResponseReader
{
    /** Default length of the buffer that holds head and body together: 32 KiB. */
    public static final int CAPACITY_DEFAULT = 32 * 1024;

    /** Room behind the capacity for what is taken but never kept: chunk sizes, trailers, bytes behind the message. */
    private static final int SCRATCH_LENGTH = 2 * BitUtil.CACHE_LINE_LENGTH;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final int capacity;
    private final ResponseLimits limits;
    private final ByteBuffer byteBuffer;
    private final UnsafeBuffer buffer;
    private final HeaderTable headers;
    private final MessageFraming framing = new MessageFraming();
    private final HeadMemory memory;
    private final StatusLineParser statusLineParser;
    private final FieldParser fieldParser;
    private final ChunkedDecoder chunkedDecoder;
    private final RestResponse response;

    private HttpMethod method = HttpMethod.GET;
    private ReadState state = INCOMPLETE;
    private ResponseError error;
    private MessageFraming.Body body;
    /** Whether the head was parsed in one go. */
    private boolean isHeadNew;
    private boolean isInterimKeepAlive;
    private boolean isEndOfStream;
    private int interimResponses;
    private int position;
    private int limit;
    private int bodyOffset;
    private int bodyLength;
    private int maxBodyLength;
    private ResponseError bodyLimitError;
    private long bytesReceived;
    private long generation;

    /**
     * Allocates the buffer, off-heap.
     *
     * @param capacity bytes that head and body of a response may take together.
     * @param limits   what is accepted at the most.
     * @throws IllegalArgumentException when the longest head that the limits allow does not fit the capacity.
     */
    public ResponseReader(final int capacity, final ResponseLimits limits)
    {
        if (capacity < limits.maxHeadLength())
        {
            throw new IllegalArgumentException(
                "capacity " + capacity + " is less than maxHeadLength " + limits.maxHeadLength());
        }

        this.capacity = capacity;
        this.limits = limits;
        byteBuffer = BufferUtil.allocateDirectAligned(
            Math.addExact(capacity, SCRATCH_LENGTH), BitUtil.CACHE_LINE_LENGTH);
        buffer = new UnsafeBuffer(byteBuffer);
        headers = new HeaderTable(limits.maxHeaders());
        memory = new HeadMemory(limits.maxHeadLength(), headers, framing);
        statusLineParser = new StatusLineParser(limits.isBareLineFeedAllowed());
        fieldParser = new FieldParser(this::onField, limits.isBareLineFeedAllowed());
        chunkedDecoder = new ChunkedDecoder(limits);
        response = new RestResponse(buffer, headers);
        expect(HttpMethod.GET);
    }

    /**
     * Drops what was read and starts on the response to a request. A {@link RestResponse} handed out before turns
     * stale.
     *
     * @param method of the request, which decides whether the response has a body (RFC 9112 section 6.3).
     */
    public void expect(final HttpMethod method)
    {
        this.method = method;
        generation++;
        response.invalidate();
        state = INCOMPLETE;
        error = null;
        isInterimKeepAlive = true;
        isEndOfStream = false;
        interimResponses = 0;
        position = 0;
        limit = 0;
        bodyOffset = 0;
        bodyLength = 0;
        bytesReceived = 0;
        startHead();
    }

    /**
     * The buffer that bytes are received into.
     *
     * @return the buffer, longer than the capacity by some scratch space.
     */
    public UnsafeBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the next bytes go.
     *
     * @return offset in {@link #buffer()}.
     */
    public int receiveOffset()
    {
        return limit;
    }

    /**
     * How many bytes fit behind {@link #receiveOffset()}; at least one while the response is incomplete.
     *
     * @return length in bytes.
     */
    public int receiveLength()
    {
        return buffer.capacity() - limit;
    }

    /**
     * The same place as {@link #receiveOffset()} and {@link #receiveLength()} describe, ready for a channel to read
     * into.
     *
     * @return the reader's own byte buffer with position and limit set.
     */
    public ByteBuffer receiveRegion()
    {
        return byteBuffer.limit(buffer.capacity()).position(limit);
    }

    /**
     * Parses bytes that were put at {@link #receiveOffset()}.
     *
     * @param length of them, at most {@link #receiveLength()}.
     * @return how far the response is.
     * @throws IllegalArgumentException when length is negative or more than fits.
     */
    public ReadState onReceived(final int length)
    {
        if (length < 0 || length > receiveLength())
        {
            throw new IllegalArgumentException("length " + length + " of " + receiveLength());
        }

        limit += length;
        bytesReceived += length;
        if (INCOMPLETE == state)
        {
            advance();
        }

        return state;
    }

    /**
     * Takes as many bytes as fit from elsewhere: {@link #onReceived(int)} for bytes that are not in place yet. Bytes
     * behind the end of the message are taken too, as they would be from a socket.
     *
     * @param source of the bytes.
     * @param offset of the first one.
     * @param length that is offered.
     * @return how many were taken; fewer than offered when the buffer is full or the response is settled.
     */
    public int read(final DirectBuffer source, final int offset, final int length)
    {
        int taken = 0;
        while (taken < length && INCOMPLETE == state)
        {
            final int step = Math.min(length - taken, receiveLength());
            buffer.putBytes(limit, source, offset + taken, step);
            onReceived(step);
            taken += step;
        }

        return taken;
    }

    /**
     * The stream has ended: nothing more will come. Completes a body that ends with the stream, and fails any other
     * incomplete response.
     *
     * @return how far the response is; not {@link ReadState#INCOMPLETE}.
     */
    public ReadState onEndOfStream()
    {
        isEndOfStream = true;
        if (INCOMPLETE == state)
        {
            if (MessageFraming.Body.UNTIL_CLOSE == body)
            {
                complete();
            }
            else if (null != body)
            {
                fail(ResponseError.TRUNCATED_BODY);
            }
            else
            {
                fail(0 == bytesReceived ? ResponseError.CLOSED_BEFORE_RESPONSE : ResponseError.TRUNCATED_HEAD);
            }
        }

        return state;
    }

    /**
     * How far the response is.
     *
     * @return the state.
     */
    public ReadState state()
    {
        return state;
    }

    /**
     * Why the response was refused.
     *
     * @return the reason, or null unless the state is {@link ReadState#FAILED}.
     */
    public ResponseError error()
    {
        return error;
    }

    /**
     * Says why the response was refused, with the limit that was passed and where in the stream. Allocates.
     *
     * @return a sentence for people, or null unless the state is {@link ReadState#FAILED}.
     */
    public String errorDetail()
    {
        return null == error ? null : error.description() + limitPassed() + " at byte " + bytesConsumed();
    }

    /**
     * The response, once the state is {@link ReadState#COMPLETE}; a view that turns stale with the next
     * {@link #expect(HttpMethod)}.
     *
     * @return the reader's only view; its accessors throw while there is no complete response.
     */
    public RestResponse response()
    {
        return response;
    }

    /**
     * Whether the connection may carry another exchange by what was read: the response is complete, neither version nor
     * Connection field speaks against it (RFC 9112 section 9.3), the body did not end with the stream, and nothing came
     * behind it.
     *
     * @return true if the connection may be used again.
     */
    public boolean isReusable()
    {
        return COMPLETE == state &&
            isInterimKeepAlive &&
            MessageFraming.Body.UNTIL_CLOSE != body &&
            !isEndOfStream &&
            position == limit &&
            framing.isKeepAlive(statusLineParser.minorVersion(), statusLineParser.status());
    }

    /**
     * How long the server keeps the connection while nothing happens, by the Keep-Alive field of the head.
     *
     * @return seconds, or -1 when it does not say.
     */
    public long keepAliveTimeoutSeconds()
    {
        return framing.keepAlive().timeoutSeconds();
    }

    /**
     * How many requests more the server takes on the connection, by the Keep-Alive field of the head.
     *
     * @return number of requests, or -1 when it does not say.
     */
    public long keepAliveMax()
    {
        return framing.keepAlive().max();
    }

    /**
     * Bytes received since {@link #expect(HttpMethod)}, those behind the end of the message included.
     *
     * @return number of bytes.
     */
    public long bytesReceived()
    {
        return bytesReceived;
    }

    /**
     * Bytes that belong to the message so far, interim responses included: when complete, where the message ends; when
     * failed, the index of the byte that decided it.
     *
     * @return number of bytes.
     */
    public long bytesConsumed()
    {
        return bytesReceived - (limit - position);
    }

    /**
     * What the reader accepts at the most.
     *
     * @return the limits.
     */
    public ResponseLimits limits()
    {
        return limits;
    }

    private void advance()
    {
        if (null == body)
        {
            parseHeads();
        }

        if (null != body && INCOMPLETE == state)
        {
            switch (body)
            {
                case NONE -> complete();
                case CONTENT_LENGTH -> takeBody((int)framing.contentLength());
                case UNTIL_CLOSE -> takeUntilClose();
                case CHUNKED -> decodeChunks();
            }
        }
    }

    /** Parses interim heads, as long as they are complete, and the final one. */
    private void parseHeads()
    {
        while (null == body && INCOMPLETE == state && parseHead())
        {
            onHeadComplete(statusLineParser.status());
        }
    }

    private boolean parseHead()
    {
        final int maxHeadLength = limits.maxHeadLength();
        final int headLimit = Math.min(limit, maxHeadLength);
        isHeadNew = 0 == position;
        if (isHeadNew && recallHead(headLimit))
        {
            return true;
        }

        if (!statusLineParser.isDone())
        {
            position = statusLineParser.parse(buffer, position, headLimit);
            error = statusLineParser.error();
        }

        if (statusLineParser.isDone())
        {
            position = fieldParser.parse(buffer, position, headLimit);
            error = fieldParser.error();
        }

        if (null != error)
        {
            state = FAILED;
        }
        else if (!fieldParser.isDone() && position == maxHeadLength)
        {
            fail(ResponseError.HEAD_TOO_LARGE);
        }

        return fieldParser.isDone();
    }

    /** Takes a head that looks like the one before, without parsing. */
    private boolean recallHead(final int headLimit)
    {
        position = memory.recall(buffer, headLimit);
        if (0 == position)
        {
            return false;
        }

        isHeadNew = false;
        return true;
    }

    private ResponseError onField(
        final DirectBuffer source,
        final int nameOffset,
        final int nameLength,
        final int valueOffset,
        final int valueLength)
    {
        if (headers.isFull())
        {
            return ResponseError.TOO_MANY_HEADERS;
        }

        headers.add(nameOffset, nameLength, valueOffset, valueLength);
        return framing.onField(source, nameOffset, nameLength, valueOffset, valueLength);
    }

    private void onHeadComplete(final int status)
    {
        final ResponseError refusal = framing.onHeadComplete(statusLineParser.minorVersion());
        if (null != refusal)
        {
            fail(refusal);
        }
        else if (status < FIRST_FINAL_STATUS)
        {
            onInterimResponse(status);
        }
        else
        {
            if (isHeadNew)
            {
                memory.remember(buffer, position);
            }
            startBody(status);
        }
    }

    private void onInterimResponse(final int status)
    {
        interimResponses++;
        if (SWITCHING_PROTOCOLS == status)
        {
            fail(ResponseError.UNEXPECTED_SWITCHING_PROTOCOLS);
        }
        else if (interimResponses > limits.maxInterimResponses())
        {
            fail(ResponseError.TOO_MANY_INTERIM_RESPONSES);
        }
        else
        {
            isInterimKeepAlive &= framing.isKeepAlive(statusLineParser.minorVersion(), status);
            final int remaining = limit - position;
            buffer.putBytes(0, buffer, position, remaining);
            position = 0;
            limit = remaining;
            startHead();
        }
    }

    private void startHead()
    {
        body = null;
        headers.clear();
        framing.reset();
        statusLineParser.reset();
        fieldParser.reset();
    }

    private void startBody(final int status)
    {
        body = framing.body(method, status);
        bodyOffset = position;
        final int roomForBody = capacity - bodyOffset;
        final boolean isBufferTheLimit = roomForBody < limits.maxBodyLength();
        maxBodyLength = isBufferTheLimit ? roomForBody : limits.maxBodyLength();
        bodyLimitError = isBufferTheLimit ? ResponseError.RECEIVE_BUFFER_TOO_SMALL : ResponseError.BODY_TOO_LARGE;

        if (MessageFraming.Body.CHUNKED == body)
        {
            chunkedDecoder.reset(bodyOffset, maxBodyLength, bodyLimitError);
        }
        else if (MessageFraming.Body.CONTENT_LENGTH == body && framing.contentLength() > maxBodyLength)
        {
            fail(bodyLimitError);
        }
    }

    private void takeBody(final int contentLength)
    {
        bodyLength = Math.min(limit - bodyOffset, contentLength);
        position = bodyOffset + bodyLength;
        if (bodyLength == contentLength)
        {
            complete();
        }
    }

    private void takeUntilClose()
    {
        bodyLength = Math.min(limit - bodyOffset, maxBodyLength);
        position = bodyOffset + bodyLength;
        if (position < limit)
        {
            fail(bodyLimitError);
        }
    }

    private void decodeChunks()
    {
        position = chunkedDecoder.decode(buffer, position, limit);
        bodyLength = chunkedDecoder.bodyLimit() - bodyOffset;
        if (null != chunkedDecoder.error())
        {
            fail(chunkedDecoder.error());
        }
        else if (chunkedDecoder.isDone())
        {
            complete();
        }
        else
        {
            position = chunkedDecoder.bodyLimit();
            limit = position;
        }
    }

    private void complete()
    {
        state = COMPLETE;
        response.onComplete(generation, statusLineParser, bodyOffset, bodyLength);
    }

    private void fail(final ResponseError reason)
    {
        error = reason;
        state = FAILED;
    }

    private String limitPassed()
    {
        return switch (error)
        {
            case HEAD_TOO_LARGE -> ": maxHeadLength is " + limits.maxHeadLength();
            case TOO_MANY_HEADERS -> ": maxHeaders is " + limits.maxHeaders();
            case TOO_MANY_INTERIM_RESPONSES -> ": maxInterimResponses is " + limits.maxInterimResponses();
            case CHUNK_EXTENSIONS_TOO_LARGE -> ": maxChunkExtensionLength is " + limits.maxChunkExtensionLength();
            case TRAILERS_TOO_LARGE -> ": maxTrailerLength is " + limits.maxTrailerLength();
            case BODY_TOO_LARGE -> ": maxBodyLength is " + limits.maxBodyLength();
            case RECEIVE_BUFFER_TOO_SMALL -> ": receive buffer length is " + capacity + ", head takes " + bodyOffset;
            default -> "";
        };
    }
}
