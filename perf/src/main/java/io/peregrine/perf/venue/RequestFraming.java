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
 * What the header fields of one request say about its end and about the connection (RFC 9112 sections 6 and 9.3).
 * A request that two readers could end in two places is refused.
 */
final class RequestFraming
{
    private static final byte[] HOST = HttpText.ascii("host");
    private static final byte[] EXPECT = HttpText.ascii("expect");
    private static final byte[] CONNECTION = HttpText.ascii("connection");
    private static final byte[] CONTENT_LENGTH = HttpText.ascii("content-length");
    private static final byte[] TRANSFER_ENCODING = HttpText.ascii("transfer-encoding");
    private static final byte[] CHUNKED = HttpText.ascii("chunked");
    private static final byte[] CLOSE = HttpText.ascii("close");
    private static final byte[] KEEP_ALIVE = HttpText.ascii("keep-alive");
    private static final byte[] CONTINUE = HttpText.ascii("100-continue");
    private static final int NO_CONTENT_LENGTH = -1;

    private final int bodyLengthLimit;

    private int hostCount;
    private int contentLength;
    private int transferEncodingCount;
    private boolean isChunked;
    private boolean isCloseAsked;
    private boolean isKeepAliveAsked;
    private boolean isContinueExpected;

    RequestFraming(final int bodyLengthLimit)
    {
        this.bodyLengthLimit = bodyLengthLimit;
    }

    void reset()
    {
        hostCount = 0;
        contentLength = NO_CONTENT_LENGTH;
        transferEncodingCount = 0;
        isChunked = false;
        isCloseAsked = false;
        isKeepAliveAsked = false;
        isContinueExpected = false;
    }

    /** The stated length; 0 when none was stated. */
    int contentLength()
    {
        return Math.max(0, contentLength);
    }

    boolean isChunked()
    {
        return isChunked;
    }

    boolean isContinueExpected()
    {
        return isContinueExpected;
    }

    boolean isKeepAliveAsked()
    {
        return isKeepAliveAsked;
    }

    /** Whether the client's side lets the connection live on after the answer. */
    boolean isPersistent(final int minorVersion)
    {
        return !isCloseAsked && (minorVersion > 0 || isKeepAliveAsked);
    }

    /** Looks at one field line without its line end; null, or why the request is refused. */
    VenueError onField(final byte[] buffer, final int offset, final int limit)
    {
        final int colon = endOfName(buffer, offset, limit);
        if (colon <= offset || colon == limit || buffer[colon] != ':')
        {
            return VenueError.MALFORMED_REQUEST;
        }

        final int valueOffset = HttpText.skipBlanks(buffer, colon + 1, limit);
        final int valueLimit = HttpText.dropBlanks(buffer, valueOffset, limit);
        for (int i = valueOffset; i < valueLimit; i++)
        {
            if (!HttpText.isFieldValue(buffer[i]))
            {
                return VenueError.MALFORMED_REQUEST;
            }
        }

        return onField(buffer, offset, colon, valueOffset, valueLimit);
    }

    /** Looks at the head as a whole; null, or why the request is refused. */
    VenueError onHeadComplete(final Request request)
    {
        if (hostCount > 1 || (0 == hostCount && request.minorVersion() > 0))
        {
            return VenueError.HOST_REQUIRED;
        }

        if (transferEncodingCount > 0)
        {
            if (NO_CONTENT_LENGTH != contentLength || 0 == request.minorVersion())
            {
                return VenueError.AMBIGUOUS_FRAMING;
            }

            return isChunked && 1 == transferEncodingCount ? null : VenueError.UNKNOWN_TRANSFER_CODING;
        }

        if (NO_CONTENT_LENGTH == contentLength && request.method().isContentExpected())
        {
            return VenueError.LENGTH_REQUIRED;
        }

        return contentLength > bodyLengthLimit ? VenueError.BODY_TOO_LARGE : null;
    }

    private VenueError onField(
        final byte[] buffer, final int offset, final int colon, final int valueOffset, final int valueLimit)
    {
        switch (colon - offset)
        {
            case 4:
                hostCount += HttpText.equalsIgnoreCase(buffer, offset, colon, HOST) ? 1 : 0;
                break;

            case 6:
                isContinueExpected |= HttpText.equalsIgnoreCase(buffer, offset, colon, EXPECT) &&
                    HttpText.equalsIgnoreCase(buffer, valueOffset, valueLimit, CONTINUE);
                break;

            case 10:
                if (HttpText.equalsIgnoreCase(buffer, offset, colon, CONNECTION))
                {
                    isCloseAsked |= HttpText.listContains(buffer, valueOffset, valueLimit, CLOSE);
                    isKeepAliveAsked |= HttpText.listContains(buffer, valueOffset, valueLimit, KEEP_ALIVE);
                }
                break;

            case 14:
                if (HttpText.equalsIgnoreCase(buffer, offset, colon, CONTENT_LENGTH))
                {
                    return onContentLength(buffer, valueOffset, valueLimit);
                }
                break;

            case 17:
                if (HttpText.equalsIgnoreCase(buffer, offset, colon, TRANSFER_ENCODING))
                {
                    transferEncodingCount++;
                    isChunked = HttpText.equalsIgnoreCase(buffer, valueOffset, valueLimit, CHUNKED);
                }
                break;

            default:
                break;
        }

        return null;
    }

    private VenueError onContentLength(final byte[] buffer, final int offset, final int limit)
    {
        if (NO_CONTENT_LENGTH != contentLength)
        {
            return VenueError.AMBIGUOUS_FRAMING;
        }

        if (offset == limit)
        {
            return VenueError.MALFORMED_REQUEST;
        }

        for (int i = offset; i < limit; i++)
        {
            if (buffer[i] < '0' || buffer[i] > '9')
            {
                return VenueError.MALFORMED_REQUEST;
            }
        }

        // What does not fit an int does not fit the buffer either.
        final int value = HttpText.decimal(buffer, offset, limit);
        contentLength = HttpText.MALFORMED == value ? Integer.MAX_VALUE : value;
        return null;
    }

    private static int endOfName(final byte[] buffer, final int offset, final int limit)
    {
        int i = offset;
        while (i < limit && HttpText.isToken(buffer[i]))
        {
            i++;
        }

        return i;
    }
}
