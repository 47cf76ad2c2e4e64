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
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import java.util.Objects;

/**
 * Encodes the head of a request: request line, query parameters and headers.
 * <p>
 * The head takes shape in an array of the encoder's own and goes to the caller's region in one piece: stores to an
 * array are what the compiler handles best. The position moves only when a step has written all of its part, so that a
 * step which throws, say because the caller's region is out of bounds, leaves nothing half written. One comparison of
 * the phase guards each step: it covers a call out of order as well as an earlier error.
 */
abstract class RequestHeadEncoder implements QueryStage
{
    enum Phase
    {
        /** No request under way. */
        IDLE,
        /** The target was written, parameters may follow. */
        PATH,
        /** Parameters are being written. */
        QUERY,
        HEADERS,
        /** The caller writes a body in place. */
        BODY_REGION,
        CHUNKS,
        BODY_DONE,
        FAILED
    }

    static final int NONE = -1;
    static final int CRLF_LENGTH = 2;
    private static final int COLON_SPACE_LENGTH = 2;

    final UnsafeBuffer region = new UnsafeBuffer(0, 0);
    final Request request = new Request(region);
    final HeadBuffer head = new HeadBuffer();
    Phase phase = Phase.IDLE;
    HttpMethod method;

    private final RequestTemplate template;
    /** The path whose line is in place at the end of the line room, if it is a String, which cannot change. */
    private CharSequence linePath;
    private HttpMethod lineMethod;
    /** What precedes the next query parameter. */
    private byte separator;
    private RequestError error;
    private String errorDetail;

    RequestHeadEncoder(final RequestTemplate template)
    {
        this.template = template;
        head.fixedFields(template.fixedFields());
    }

    void wrap(final MutableDirectBuffer buffer, final int offset, final int length)
    {
        region.wrap(buffer, offset, length);
        if (length != head.capacity())
        {
            head.capacity(length);
            linePath = null;
        }
        begin();
    }

    void onTemplateChange()
    {
        head.fixedFields(template.fixedFields());
        linePath = null;
        begin();
    }

    private void begin()
    {
        request.invalidate();
        phase = Phase.IDLE;
        error = null;
    }

    public RequestError error()
    {
        return error;
    }

    QueryStage start(final HttpMethod method, final CharSequence path)
    {
        Objects.requireNonNull(path, "path");
        begin();
        this.method = method;
        phase = Phase.PATH;

        // An order goes to the same constant path each time; its line is still in place unless parameters moved it.
        if (path == linePath && method == lineMethod)
        {
            head.reuseLine();
        }
        else
        {
            putLine(method, path);
        }
        return this;
    }

    private void putLine(final HttpMethod method, final CharSequence path)
    {
        linePath = null;
        final byte[] lineStart = template.lineStart(method);
        final int pathLength = path.length();
        final boolean isSlashMissing = 0 == pathLength && !template.hasBasePath();
        if (head.startLine((long)lineStart.length + pathLength + (isSlashMissing ? 1 : 0)))
        {
            System.arraycopy(lineStart, 0, head.bytes(), head.origin(), lineStart.length);
            final int pathIndex = head.origin() + lineStart.length;
            if (isSlashMissing)
            {
                head.bytes()[pathIndex] = '/';
            }
            if (putTarget(pathIndex, path, pathLength, "the path") && isFormRight(pathIndex, pathLength))
            {
                lineMethod = method;
                linePath = path instanceof String ? path : null;
            }
        }
        else
        {
            failTooLarge();
        }
    }

    HeaderStage startRaw(final HttpMethod method, final CharSequence target)
    {
        start(method, target);
        if (Phase.PATH == phase)
        {
            beginHeaders("a raw target");
        }
        return this;
    }

    /** Origin form, or asterisk form for OPTIONS (RFC 9112 section 3.2). */
    private boolean isFormRight(final int pathIndex, final int pathLength)
    {
        if (0 == pathLength || '/' == head.bytes()[pathIndex])
        {
            return true;
        }

        final boolean isAsterisk = 1 == pathLength && '*' == head.bytes()[pathIndex];
        return isAsterisk && HttpMethod.OPTIONS == method && !template.hasBasePath() ||
            fail(RequestError.INVALID_TARGET, "the path does not start with '/'");
    }

    @Override
    public QueryStage query(final CharSequence name, final CharSequence value)
    {
        final long valueLength = PercentEncoder.encodedLength(value);
        final int index = beginParameter(name, valueLength);
        if (NONE != index)
        {
            endParameter(PercentEncoder.encode(head.bytes(), index, value));
        }
        return this;
    }

    @Override
    public QueryStage query(final CharSequence name, final long value)
    {
        final int valueLength = DecimalText.length(value);
        final int index = beginParameter(name, valueLength);
        if (NONE != index)
        {
            DecimalText.put(head.bytes(), index, valueLength, value);
            endParameter(index + valueLength);
        }
        return this;
    }

    @Override
    public QueryStage queryRaw(final CharSequence name, final CharSequence value)
    {
        final int nameLength = name.length();
        final int valueLength = value.length();
        if (isQueryDue() && hasRoom(2L + nameLength + valueLength))
        {
            final int nameIndex = putSeparator();
            final int equalsIndex = nameIndex + nameLength;
            if (putTarget(nameIndex, name, nameLength, "a raw query name") &&
                putTarget(equalsIndex + 1, value, valueLength, "a raw query value"))
            {
                head.bytes()[equalsIndex] = '=';
                endParameter(equalsIndex + 1 + valueLength);
            }
        }
        return this;
    }

    /** Writes separator, encoded name and equals sign; index behind them, or {@link #NONE}. */
    private int beginParameter(final CharSequence name, final long valueLength)
    {
        final long nameLength = PercentEncoder.encodedLength(name);
        if (!isQueryDue())
        {
            return NONE;
        }
        if (Utf8.UNPAIRED_SURROGATE == nameLength || Utf8.UNPAIRED_SURROGATE == valueLength)
        {
            fail(RequestError.INVALID_QUERY, "a query parameter has half of a surrogate pair");
            return NONE;
        }
        if (!hasRoom(2L + nameLength + valueLength))
        {
            return NONE;
        }
        final int equalsIndex = PercentEncoder.encode(head.bytes(), putSeparator(), name);
        head.bytes()[equalsIndex] = '=';
        return equalsIndex + 1;
    }

    private boolean isQueryDue()
    {
        return Phase.QUERY == phase || (Phase.PATH == phase ? openQuery() : failOrder("a query parameter"));
    }

    private boolean openQuery()
    {
        final byte[] bytes = head.bytes();
        final int limit = head.position();
        if ('*' == bytes[limit - 1] && ' ' == bytes[limit - 2])
        {
            return fail(RequestError.INVALID_TARGET, "the asterisk takes no query");
        }

        separator = '?';
        for (int i = head.origin(); i < limit; i++)
        {
            if ('?' == bytes[i])
            {
                separator = '&';
            }
        }
        head.openLine();
        linePath = null;
        phase = Phase.QUERY;
        return true;
    }

    private int putSeparator()
    {
        final int index = head.position();
        head.bytes()[index] = separator;
        return index + 1;
    }

    private void endParameter(final int limit)
    {
        head.position(limit);
        separator = '&';
    }

    @Override
    public HeaderStage header(final HeaderName name, final CharSequence value)
    {
        final int length = value.length();
        final int index = beginField(name, length);
        if (NONE != index)
        {
            endTextField(name, value, index, length);
        }
        return this;
    }

    @Override
    public HeaderStage header(final HeaderName name, final long value)
    {
        final int length = DecimalText.length(value);
        final int index = beginField(name, length);
        if (NONE != index)
        {
            DecimalText.put(head.bytes(), index, length, value);
            endField(index + length);
        }
        return this;
    }

    @Override
    public HeaderStage header(final HeaderName name, final byte[] value, final int offset, final int length)
    {
        final int index = beginField(name, length);
        if (NONE != index)
        {
            System.arraycopy(value, offset, head.bytes(), index, length);
            endBytesField(name, index, length);
        }
        return this;
    }

    @Override
    public HeaderStage header(final HeaderName name, final DirectBuffer value, final int offset, final int length)
    {
        final int index = beginField(name, length);
        if (NONE != index)
        {
            endBufferField(name, value, offset, index, length);
        }
        return this;
    }

    @Override
    public HeaderStage header(final CharSequence name, final CharSequence value)
    {
        final int length = value.length();
        final int index = beginField(name, length);
        if (NONE != index)
        {
            endTextField(name, value, index, length);
        }
        return this;
    }

    @Override
    public HeaderStage header(final CharSequence name, final long value)
    {
        final int length = DecimalText.length(value);
        final int index = beginField(name, length);
        if (NONE != index)
        {
            DecimalText.put(head.bytes(), index, length, value);
            endField(index + length);
        }
        return this;
    }

    @Override
    public HeaderStage header(final CharSequence name, final byte[] value, final int offset, final int length)
    {
        final int index = beginField(name, length);
        if (NONE != index)
        {
            System.arraycopy(value, offset, head.bytes(), index, length);
            endBytesField(name, index, length);
        }
        return this;
    }

    @Override
    public HeaderStage header(final CharSequence name, final DirectBuffer value, final int offset, final int length)
    {
        final int index = beginField(name, length);
        if (NONE != index)
        {
            endBufferField(name, value, offset, index, length);
        }
        return this;
    }

    /** Writes the name, a colon and a space; index behind them, where the value belongs, or {@link #NONE}. */
    private int beginField(final HeaderName name, final int valueLength)
    {
        if (Phase.HEADERS != phase && !beginHeaders("a header"))
        {
            return NONE;
        }
        if (name.isReserved())
        {
            fail(RequestError.FORBIDDEN_HEADER, "header " + name);
            return NONE;
        }

        if (!hasRoom((long)name.linePrefixLength() + valueLength + CRLF_LENGTH))
        {
            return NONE;
        }
        return name.putLinePrefix(head.bytes(), head.position());
    }

    private int beginField(final CharSequence name, final int valueLength)
    {
        if (Phase.HEADERS != phase && !beginHeaders("a header"))
        {
            return NONE;
        }

        final int nameLength = name.length();
        if (!hasRoom((long)nameLength + COLON_SPACE_LENGTH + valueLength + CRLF_LENGTH))
        {
            return NONE;
        }
        if (0 == nameLength)
        {
            fail(RequestError.INVALID_HEADER_NAME, "the header name is empty");
            return NONE;
        }
        return putName(name, nameLength);
    }

    private int putName(final CharSequence name, final int length)
    {
        final byte[] bytes = head.bytes();
        final int index = head.position();
        if (!RequestText.copyToken(bytes, index, name, length))
        {
            failText(RequestError.INVALID_HEADER_NAME, name, HttpCharacters.TOKEN, "a header name");
            return NONE;
        }
        if (ReservedHeaders.isReserved(bytes, index, length))
        {
            fail(RequestError.FORBIDDEN_HEADER, "header " + name);
            return NONE;
        }
        bytes[index + length] = ':';
        bytes[index + length + 1] = ' ';
        return index + length + COLON_SPACE_LENGTH;
    }

    private void endTextField(final Object name, final CharSequence value, final int index, final int length)
    {
        if (RequestText.copyFieldText(head.bytes(), index, value, length))
        {
            endField(index + length);
        }
        else
        {
            failText(
                RequestError.INVALID_HEADER_VALUE, value, HttpCharacters.FIELD_TEXT, "the value of header " + name);
        }
    }

    private void endBufferField(
        final Object name, final DirectBuffer value, final int offset, final int index, final int length)
    {
        if (RequestText.copyFieldValue(head.bytes(), index, value, offset, length))
        {
            endField(index + length);
        }
        else
        {
            value.getBytes(offset, head.bytes(), index, length);
            endBytesField(name, index, length);
        }
    }

    private void endBytesField(final Object name, final int index, final int length)
    {
        final int badIndex = HttpCharacters.indexOfNonFieldValue(head.bytes(), index, length);
        if (HttpCharacters.NOT_FOUND == badIndex)
        {
            endField(index + length);
        }
        else
        {
            fail(RequestError.CONTROL_CHARACTER, RequestText.describe(
                head.bytes()[badIndex], badIndex - index, "the value of header " + name));
        }
    }

    private void endField(final int index)
    {
        RequestText.putLineEnd(head.bytes(), index);
        head.position(index + CRLF_LENGTH);
    }

    /** Ends the request line and makes way for headers; false if that is not due or does not fit. */
    final boolean beginHeaders(final String step)
    {
        if (Phase.PATH != phase && Phase.QUERY != phase)
        {
            return failOrder(step);
        }
        phase = Phase.HEADERS;
        return head.beginFields() || failTooLarge();
    }

    private boolean putTarget(final int index, final CharSequence text, final int length, final String place)
    {
        return RequestText.copyTarget(head.bytes(), index, text, length) ||
            failText(RequestError.INVALID_TARGET, text, HttpCharacters.TARGET, place);
    }

    final boolean hasRoom(final long length)
    {
        return head.hasRoom(length) || failTooLarge();
    }

    final boolean failTooLarge()
    {
        return fail(
            RequestError.REQUEST_TOO_LARGE,
            "request needs more than " + head.capacity() + " bytes (transmit buffer length)");
    }

    final boolean failOrder(final String step)
    {
        return Phase.FAILED != phase && fail(RequestError.WRONG_ORDER, step + " is not due in phase " + phase);
    }

    private boolean failText(
        final RequestError otherwise, final CharSequence text, final int characterClass, final String place)
    {
        final int index = RequestText.indexOfOther(text, characterClass);
        if (index == text.length())
        {
            return fail(otherwise, place + " changed while it was written");
        }
        final char c = text.charAt(index);
        return fail(RequestTemplate.errorOf(c, otherwise), RequestText.describe(c, index, place));
    }

    /** Keeps the first error of a request; false, so that a check can end with it. */
    final boolean fail(final RequestError error, final String detail)
    {
        this.error = error;
        errorDetail = detail;
        phase = Phase.FAILED;
        return false;
    }

    final HttpException failure()
    {
        return new HttpException(error, errorDetail);
    }
}
