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
 * Finds one request after another in the bytes of a connection. It keeps its place between reads, so that a byte is
 * looked at once and the outcome never depends on how the stream was cut; it judges a line as soon as the line is
 * whole.
 */
final class RequestParser
{
    /** How far the present request has come. */
    enum Step
    {
        REQUEST_LINE, FIELDS, BODY, CHUNKED_BODY, COMPLETE, REFUSED
    }

    private final int headLengthLimit;
    private final Request request = new Request();
    private final RequestFraming framing;
    private final ChunkedBody chunkedBody;

    private Step step;
    private VenueError refusal;
    private int headOffset;
    private int lineOffset;
    private int scanOffset;
    private int requestLimit;
    private boolean isBlankLineSkipped;

    RequestParser(final int headLengthLimit, final int bodyLengthLimit)
    {
        this.headLengthLimit = headLengthLimit;
        framing = new RequestFraming(bodyLengthLimit);
        chunkedBody = new ChunkedBody(bodyLengthLimit);
        begin(0);
    }

    /** A request starts here. */
    void begin(final int offset)
    {
        step = Step.REQUEST_LINE;
        refusal = null;
        headOffset = offset;
        lineOffset = offset;
        scanOffset = offset;
        requestLimit = offset;
        isBlankLineSkipped = false;
        request.method(HttpMethod.OTHER);
        request.minorVersion(1);
        framing.reset();
    }

    /** Takes the bytes that came since the last call, and says how far the request has come. */
    Step parse(final byte[] buffer, final int limit)
    {
        while (Step.REQUEST_LINE == step || Step.FIELDS == step)
        {
            final int lineFeed = HttpText.indexOf(buffer, scanOffset, limit, (byte)'\n');
            final int headLimit = lineFeed < 0 ? limit + 1 : lineFeed + 1;
            if (headLimit - headOffset > headLengthLimit)
            {
                refuse(Step.REQUEST_LINE == step ? VenueError.TARGET_TOO_LONG : VenueError.HEAD_TOO_LARGE);
                return step;
            }

            if (lineFeed < 0)
            {
                scanOffset = limit;
                return step;
            }

            onLineFeed(buffer, lineFeed);
        }

        if (Step.BODY == step && limit >= requestLimit)
        {
            step = Step.COMPLETE;
        }
        else if (Step.CHUNKED_BODY == step && chunkedBody.decode(buffer, limit))
        {
            onChunkedBodyEnd();
        }

        return step;
    }

    /** The request, once it is complete. */
    Request request()
    {
        return request;
    }

    /** Why the request was refused; nothing after it can be understood. */
    VenueError refusal()
    {
        return refusal;
    }

    /** Whether the client's side lets the connection live on after the answer. */
    boolean isPersistent()
    {
        return Step.REFUSED != step && framing.isPersistent(request.minorVersion());
    }

    /** Whether the answer has to say that the connection lives on (RFC 9112 section 9.3: to an HTTP/1.0 client). */
    boolean isKeepAliveToBeSaid()
    {
        return 0 == request.minorVersion() && framing.isKeepAliveAsked();
    }

    /** Whether the client waits for a 100 before it sends the body (RFC 9110 section 10.1.1). */
    boolean isContinueAwaited(final int limit)
    {
        final boolean isInBody = Step.BODY == step || Step.CHUNKED_BODY == step;
        return isInBody && framing.isContinueExpected() && request.minorVersion() > 0 && limit == scanOffset;
    }

    /** Just past the complete request. */
    int requestLimit()
    {
        return requestLimit;
    }

    /** Where the bytes begin that have to be kept for the present request. */
    int retainedOffset()
    {
        return headOffset;
    }

    /** Drops framing that is no longer needed from the end of what was received; returns the new end. */
    int closeGap(final int limit)
    {
        if (Step.CHUNKED_BODY != step)
        {
            return limit;
        }

        chunkedBody.closeGap();
        return chunkedBody.readOffset();
    }

    /** Follows the bytes that were moved to the front of their buffer. */
    void slide(final int distance)
    {
        headOffset -= distance;
        lineOffset -= distance;
        scanOffset -= distance;
        requestLimit -= distance;
        request.slide(distance);
        chunkedBody.slide(distance);
    }

    private void onLineFeed(final byte[] buffer, final int lineFeed)
    {
        final int lineLimit = lineFeed - 1;
        final int offset = lineOffset;
        scanOffset = lineFeed + 1;
        lineOffset = scanOffset;

        if (lineLimit < offset || buffer[lineLimit] != '\r')
        {
            refuse(VenueError.MALFORMED_REQUEST);
        }
        else if (Step.REQUEST_LINE == step)
        {
            onRequestLine(buffer, offset, lineLimit);
        }
        else if (offset == lineLimit)
        {
            onHeadEnd();
        }
        else
        {
            refuse(framing.onField(buffer, offset, lineLimit));
        }
    }

    private void onRequestLine(final byte[] buffer, final int offset, final int limit)
    {
        if (offset == limit && !isBlankLineSkipped)
        {
            // Some clients end a body with a line end that is not part of it (RFC 9112 section 2.2).
            isBlankLineSkipped = true;
            headOffset = lineOffset;
            return;
        }

        step = Step.FIELDS;
        refuse(RequestLine.parse(buffer, offset, limit, request));
    }

    private void onHeadEnd()
    {
        final VenueError error = framing.onHeadComplete(request);
        if (null != error)
        {
            refuse(error);
        }
        else if (framing.isChunked())
        {
            step = Step.CHUNKED_BODY;
            chunkedBody.begin(scanOffset);
        }
        else
        {
            step = Step.BODY;
            requestLimit = scanOffset + framing.contentLength();
            request.body(scanOffset, requestLimit);
        }
    }

    private void onChunkedBodyEnd()
    {
        if (null != chunkedBody.refusal())
        {
            refuse(chunkedBody.refusal());
            return;
        }

        step = Step.COMPLETE;
        requestLimit = chunkedBody.readOffset();
        request.body(chunkedBody.bodyOffset(), chunkedBody.bodyLimit());
    }

    /** Null is no refusal. */
    private void refuse(final VenueError error)
    {
        if (null != error)
        {
            refusal = error;
            step = Step.REFUSED;
        }
    }
}
