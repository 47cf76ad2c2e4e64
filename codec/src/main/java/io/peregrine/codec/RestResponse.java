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

import org.agrona.AsciiSequenceView;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.charset.Charset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * View of a complete response over the receive buffer: nothing is copied. It is valid until the handler it was given to
 * returns, or until the connection's next send, whichever comes first; then every accessor throws
 * {@link IllegalStateException}. One view serves a connection for life, so whoever keeps a reference across exchanges
 * compares {@link #generation()} to tell one response from the next.
 * <p>
 * Header names are matched without regard to case. Only methods that return a String allocate. Not thread safe.
 */
public final class RestResponse
{
    /** What index searches return when there is no such header. */
    public static final int NOT_FOUND = -1;

    private final UnsafeBuffer buffer;
    private final HeaderTable headers;

    private boolean isValid;
    private long generation;
    private int status;
    private int minorVersion;
    private int reasonOffset;
    private int reasonLength;
    private int bodyOffset;
    private int bodyLength;

    RestResponse(final UnsafeBuffer buffer, final HeaderTable headers)
    {
        this.buffer = buffer;
        this.headers = headers;
    }

    void onComplete(
        final long generation,
        final StatusLineParser statusLine,
        final int bodyOffset,
        final int bodyLength)
    {
        set(generation, statusLine.status(), statusLine.minorVersion());
        setReason(statusLine.reasonOffset(), statusLine.reasonLength());
        setBody(bodyOffset, bodyLength);
    }

    /** Turns to another buffer, with no header yet; stale until set. */
    HeaderTable startWrap(final DirectBuffer newBuffer, final int offset, final int length)
    {
        isValid = false;
        buffer.wrap(newBuffer, offset, length);
        headers.clear();
        return headers;
    }

    void set(final long generation, final int status, final int minorVersion)
    {
        this.generation = generation;
        this.status = status;
        this.minorVersion = minorVersion;
    }

    void setReason(final int reasonOffset, final int reasonLength)
    {
        this.reasonOffset = reasonOffset;
        this.reasonLength = reasonLength;
    }

    /** The last that is set: the view is valid from here. */
    void setBody(final int bodyOffset, final int bodyLength)
    {
        this.bodyOffset = bodyOffset;
        this.bodyLength = bodyLength;
        isValid = true;
    }

    int reasonOffset()
    {
        return reasonOffset;
    }

    int reasonLength()
    {
        return reasonLength;
    }

    /**
     * Ends the life of this view; called by its owner when the bytes behind it may change.
     */
    public void invalidate()
    {
        isValid = false;
    }

    /**
     * Whether the view may be read.
     *
     * @return true from completion to the next send or the return of the handler.
     */
    public boolean isValid()
    {
        return isValid;
    }

    /**
     * Counts the responses of a connection; differs from one response to the next.
     *
     * @return the number of this response.
     * @throws IllegalStateException when the view is stale.
     */
    public long generation()
    {
        checkValid();
        return generation;
    }

    /**
     * Status code.
     *
     * @return 200 to 999.
     * @throws IllegalStateException when the view is stale.
     */
    public int status()
    {
        checkValid();
        return status;
    }

    /**
     * Minor version of HTTP/1.
     *
     * @return 0 or 1.
     * @throws IllegalStateException when the view is stale.
     */
    public int minorVersion()
    {
        checkValid();
        return minorVersion;
    }

    /**
     * Reason phrase. Allocates.
     *
     * @return the phrase, empty when there is none.
     * @throws IllegalStateException when the view is stale.
     */
    public String reason()
    {
        checkValid();
        return text(reasonOffset, reasonLength, ISO_8859_1);
    }

    /**
     * Number of header fields; a repeated name counts each time.
     *
     * @return the count.
     * @throws IllegalStateException when the view is stale.
     */
    public int headerCount()
    {
        checkValid();
        return headers.size();
    }

    /**
     * Index of the first header of a name; for all values of a repeated one go on from the last index plus one.
     *
     * @param name      to look for.
     * @param fromIndex where to start.
     * @return the index, or {@link #NOT_FOUND}.
     * @throws IllegalStateException when the view is stale.
     */
    public int findHeader(final HeaderName name, final int fromIndex)
    {
        checkValid();
        return headers.find(buffer, name, fromIndex);
    }

    /**
     * Wraps the first value of a header.
     *
     * @param name  to look for.
     * @param value to wrap over the value; left alone when there is none.
     * @return true if the header is there.
     * @throws IllegalStateException when the view is stale.
     */
    public boolean header(final HeaderName name, final AsciiSequenceView value)
    {
        final int index = findHeader(name, 0);
        if (NOT_FOUND == index)
        {
            return false;
        }

        headerValue(index, value);
        return true;
    }

    /**
     * First value of a header. Allocates.
     *
     * @param name to look for.
     * @return the value with each byte as one character, or null when there is none.
     * @throws HttpException         when the name is not a valid one.
     * @throws IllegalStateException when the view is stale.
     */
    public String header(final CharSequence name)
    {
        final int index = findHeader(HeaderName.of(name), 0);
        return NOT_FOUND == index ? null : headerValue(index);
    }

    /**
     * First value of a header as a number, parsed in place.
     *
     * @param name         to look for.
     * @param missingValue what to return when the header is not there, or is not a plain decimal number of up to 63
     *                     bits.
     * @return the number.
     * @throws IllegalStateException when the view is stale.
     */
    public long headerAsLong(final HeaderName name, final long missingValue)
    {
        final int index = findHeader(name, 0);
        if (NOT_FOUND == index)
        {
            return missingValue;
        }

        final long slice = headers.value(index);
        final int offset = Slice.offset(slice);
        final long value = DecimalParser.parse(buffer, offset, offset + Slice.length(slice));

        return value < 0 ? missingValue : value;
    }

    /**
     * Wraps the name of a header.
     *
     * @param index of the header, from 0.
     * @param name  to wrap over the name as it was received.
     * @throws IndexOutOfBoundsException when there is no such index.
     * @throws IllegalStateException     when the view is stale.
     */
    public void headerName(final int index, final AsciiSequenceView name)
    {
        final long slice = nameSlice(index);
        name.wrap(buffer, Slice.offset(slice), Slice.length(slice));
    }

    /**
     * Wraps the value of a header.
     *
     * @param index of the header, from 0.
     * @param value to wrap over the value, white space around it left out.
     * @throws IndexOutOfBoundsException when there is no such index.
     * @throws IllegalStateException     when the view is stale.
     */
    public void headerValue(final int index, final AsciiSequenceView value)
    {
        final long slice = valueSlice(index);
        value.wrap(buffer, Slice.offset(slice), Slice.length(slice));
    }

    /**
     * Name of a header. Allocates.
     *
     * @param index of the header, from 0.
     * @return the name as it was received.
     * @throws IndexOutOfBoundsException when there is no such index.
     * @throws IllegalStateException     when the view is stale.
     */
    public String headerName(final int index)
    {
        final long slice = nameSlice(index);
        return text(Slice.offset(slice), Slice.length(slice), ISO_8859_1);
    }

    /**
     * Value of a header. Allocates.
     *
     * @param index of the header, from 0.
     * @return the value with each byte as one character.
     * @throws IndexOutOfBoundsException when there is no such index.
     * @throws IllegalStateException     when the view is stale.
     */
    public String headerValue(final int index)
    {
        final long slice = valueSlice(index);
        return text(Slice.offset(slice), Slice.length(slice), ISO_8859_1);
    }

    /**
     * The receive buffer, in which {@link #bodyOffset()} counts.
     *
     * @return the buffer; not to be written to.
     * @throws IllegalStateException when the view is stale.
     */
    public DirectBuffer buffer()
    {
        checkValid();
        return buffer;
    }

    /**
     * Where the body starts.
     *
     * @return offset in {@link #buffer()}.
     * @throws IllegalStateException when the view is stale.
     */
    public int bodyOffset()
    {
        checkValid();
        return bodyOffset;
    }

    /**
     * Length of the body, chunks decoded.
     *
     * @return length in bytes.
     * @throws IllegalStateException when the view is stale.
     */
    public int bodyLength()
    {
        checkValid();
        return bodyLength;
    }

    /**
     * Wraps the body.
     *
     * @param body to wrap over it; lives no longer than this view.
     * @throws IllegalStateException when the view is stale.
     */
    public void body(final DirectBuffer body)
    {
        checkValid();
        body.wrap(buffer, bodyOffset, bodyLength);
    }

    /**
     * Body as text. Allocates.
     *
     * @return the body decoded as UTF-8, malformed bytes replaced.
     * @throws IllegalStateException when the view is stale.
     */
    public String bodyAsString()
    {
        checkValid();
        return text(bodyOffset, bodyLength, UTF_8);
    }

    /**
     * Names the status and the length of the body, never their content.
     *
     * @return a short description.
     */
    @Override
    public String toString()
    {
        return isValid ? "RestResponse{status=" + status + ", bodyLength=" + bodyLength + '}' : "RestResponse{stale}";
    }

    long nameSlice(final int index)
    {
        checkIndex(index);
        return headers.name(index);
    }

    long valueSlice(final int index)
    {
        checkIndex(index);
        return headers.value(index);
    }

    private String text(final int offset, final int length, final Charset charset)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, charset);
    }

    private void checkIndex(final int index)
    {
        checkValid();
        if (index < 0 || index >= headers.size())
        {
            throw new IndexOutOfBoundsException("header " + index + " of " + headers.size());
        }
    }

    private void checkValid()
    {
        if (!isValid)
        {
            throw new IllegalStateException("response view is stale: it ended with its handler or with the next send");
        }
    }
}
