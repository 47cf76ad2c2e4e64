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

/**
 * What the fields of one head say about where the message ends and whether the connection lives on: Content-Length,
 * Transfer-Encoding, Connection (RFC 9112 sections 6 and 9.3) and Keep-Alive. Anything ambiguous is refused, since two
 * readings of one stream are how an answer comes to the wrong request.
 */
final class MessageFraming
{
    /** Where the body of a message ends (RFC 9112 section 6.3). */
    enum Body
    {
        NONE, CHUNKED, CONTENT_LENGTH, UNTIL_CLOSE
    }

    private static final HeaderName CONTENT_LENGTH = HeaderName.of("Content-Length");
    private static final HeaderName TRANSFER_ENCODING = HeaderName.of("Transfer-Encoding");
    private static final HeaderName CONNECTION = HeaderName.of("Connection");
    private static final HeaderName CHUNKED = HeaderName.of("chunked");
    private static final HeaderName CLOSE = HeaderName.of("close");
    private static final HeaderName KEEP_ALIVE = HeaderName.of("keep-alive");

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int FIRST_FINAL_STATUS = 200;
    private static final long NO_CONTENT_LENGTH = -1;

    private final KeepAliveField keepAlive = new KeepAliveField();

    private long contentLength;
    private boolean isTransferEncodingPresent;
    private boolean isChunked;
    private boolean isCloseAsked;
    private boolean isKeepAliveOffered;

    void reset()
    {
        contentLength = NO_CONTENT_LENGTH;
        isTransferEncodingPresent = false;
        isChunked = false;
        isCloseAsked = false;
        isKeepAliveOffered = false;
        keepAlive.reset();
    }

    /** Takes over what the fields of another head said. */
    void set(final MessageFraming other)
    {
        contentLength = other.contentLength;
        isTransferEncodingPresent = other.isTransferEncodingPresent;
        isChunked = other.isChunked;
        isCloseAsked = other.isCloseAsked;
        isKeepAliveOffered = other.isKeepAliveOffered;
        keepAlive.set(other.keepAlive);
    }

    KeepAliveField keepAlive()
    {
        return keepAlive;
    }

    long contentLength()
    {
        return contentLength;
    }

    /** Whether a field of that name says anything about the framing. */
    static boolean isConcerned(final DirectBuffer buffer, final int nameOffset, final int nameLength)
    {
        return CONTENT_LENGTH.equalsIgnoreCase(buffer, nameOffset, nameLength) ||
            TRANSFER_ENCODING.equalsIgnoreCase(buffer, nameOffset, nameLength) ||
            CONNECTION.equalsIgnoreCase(buffer, nameOffset, nameLength) ||
            KEEP_ALIVE.equalsIgnoreCase(buffer, nameOffset, nameLength);
    }

    /** Looks at one field; null, or why the message is refused. */
    ResponseError onField(
        final DirectBuffer buffer,
        final int nameOffset,
        final int nameLength,
        final int valueOffset,
        final int valueLength)
    {
        final int valueLimit = valueOffset + valueLength;
        if (CONTENT_LENGTH.equalsIgnoreCase(buffer, nameOffset, nameLength))
        {
            return onContentLength(buffer, valueOffset, valueLimit);
        }

        if (TRANSFER_ENCODING.equalsIgnoreCase(buffer, nameOffset, nameLength))
        {
            return onTransferEncoding(buffer, valueOffset, valueLimit);
        }

        if (CONNECTION.equalsIgnoreCase(buffer, nameOffset, nameLength))
        {
            onConnection(buffer, valueOffset, valueLimit);
        }
        else if (KEEP_ALIVE.equalsIgnoreCase(buffer, nameOffset, nameLength))
        {
            keepAlive.parse(buffer, valueOffset, valueLimit);
        }

        return null;
    }

    /** Looks at the head as a whole; null, or why the message is refused. */
    ResponseError onHeadComplete(final int minorVersion)
    {
        if (isTransferEncodingPresent)
        {
            if (NO_CONTENT_LENGTH != contentLength)
            {
                return CONTENT_LENGTH_WITH_TRANSFER_ENCODING;
            }

            if (0 == minorVersion)
            {
                return TRANSFER_ENCODING_IN_HTTP_1_0;
            }
        }

        return null;
    }

    Body body(final HttpMethod method, final int status)
    {
        if (HttpMethod.HEAD == method || isBodiless(status) || NOT_MODIFIED == status)
        {
            return Body.NONE;
        }

        if (isChunked)
        {
            return Body.CHUNKED;
        }

        return NO_CONTENT_LENGTH == contentLength ? Body.UNTIL_CLOSE : Body.CONTENT_LENGTH;
    }

    /**
     * Whether the connection outlives this message by what its head says (RFC 9112 section 9.3). A status that has no
     * body, sent with fields that announce one, leaves open what the server will do next, so nothing more is sent to
     * it.
     */
    boolean isKeepAlive(final int minorVersion, final int status)
    {
        final boolean isBodyAnnounced = isTransferEncodingPresent || contentLength > 0;
        if (isCloseAsked || (isBodiless(status) && isBodyAnnounced))
        {
            return false;
        }

        return 1 == minorVersion || isKeepAliveOffered;
    }

    private static boolean isBodiless(final int status)
    {
        return NO_CONTENT == status || status < FIRST_FINAL_STATUS;
    }

    private ResponseError onContentLength(final DirectBuffer buffer, final int offset, final int limit)
    {
        final long value = DecimalParser.parse(buffer, offset, limit);
        if (DecimalParser.MALFORMED == value)
        {
            return MALFORMED_CONTENT_LENGTH;
        }

        if (DecimalParser.OVERFLOW == value)
        {
            return CONTENT_LENGTH_OVERFLOW;
        }

        if (NO_CONTENT_LENGTH != contentLength && value != contentLength)
        {
            return CONFLICTING_CONTENT_LENGTH;
        }

        contentLength = value;
        return null;
    }

    private ResponseError onTransferEncoding(final DirectBuffer buffer, final int offset, final int limit)
    {
        isTransferEncodingPresent = true;
        boolean isCodingNamed = false;
        int elementOffset = offset;
        while (elementOffset <= limit)
        {
            final int elementLimit = ListElement.limit(buffer, elementOffset, limit);
            final long element = ListElement.trim(buffer, elementOffset, elementLimit);
            if (0 != Slice.length(element))
            {
                isCodingNamed = true;
                final ResponseError refusal = onTransferCoding(buffer, element);
                if (null != refusal)
                {
                    return refusal;
                }
            }
            elementOffset = elementLimit + 1;
        }

        return isCodingNamed ? null : MALFORMED_TRANSFER_ENCODING;
    }

    private ResponseError onTransferCoding(final DirectBuffer buffer, final long element)
    {
        final boolean isThisChunked =
            CHUNKED.equalsIgnoreCase(buffer, Slice.offset(element), Slice.length(element));
        if (isChunked)
        {
            return isThisChunked ? CHUNKED_REPEATED : CHUNKED_NOT_LAST;
        }

        isChunked = isThisChunked;
        return isThisChunked ? null : UNKNOWN_TRANSFER_CODING;
    }

    private void onConnection(final DirectBuffer buffer, final int offset, final int limit)
    {
        int elementOffset = offset;
        while (elementOffset <= limit)
        {
            final int elementLimit = ListElement.limit(buffer, elementOffset, limit);
            final long element = ListElement.trim(buffer, elementOffset, elementLimit);
            final int optionOffset = Slice.offset(element);
            final int optionLength = Slice.length(element);
            isCloseAsked |= CLOSE.equalsIgnoreCase(buffer, optionOffset, optionLength);
            isKeepAliveOffered |= KEEP_ALIVE.equalsIgnoreCase(buffer, optionOffset, optionLength);
            elementOffset = elementLimit + 1;
        }
    }
}
