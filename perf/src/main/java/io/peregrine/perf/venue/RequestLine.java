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

/** Takes a request line apart (RFC 9112 section 3): one space between the parts, nothing lenient. */
final class RequestLine
{
    private static final byte[] VERSION_PREFIX = HttpText.ascii("HTTP/");
    private static final int VERSION_LENGTH = "HTTP/1.1".length();
    private static final byte[] HTTP_SCHEME = HttpText.ascii("http://");

    private RequestLine()
    {
    }

    /** Fills in the request from the line without its line end; null, or why it is refused. */
    static VenueError parse(final byte[] buffer, final int offset, final int limit, final Request request)
    {
        final int methodLimit = HttpText.indexOf(buffer, offset, limit, (byte)' ');
        if (methodLimit <= offset || !isEveryToken(buffer, offset, methodLimit))
        {
            return VenueError.MALFORMED_REQUEST;
        }

        final int targetOffset = methodLimit + 1;
        final int targetLimit = HttpText.indexOf(buffer, targetOffset, limit, (byte)' ');
        if (targetLimit <= targetOffset || !isEveryVisible(buffer, targetOffset, targetLimit))
        {
            return VenueError.MALFORMED_REQUEST;
        }

        request.method(HttpMethod.of(buffer, offset, methodLimit));
        splitTarget(buffer, pathOffset(buffer, targetOffset, targetLimit), targetLimit, request);
        return parseVersion(buffer, targetLimit + 1, limit, request);
    }

    private static VenueError parseVersion(
        final byte[] buffer, final int offset, final int limit, final Request request)
    {
        final int prefixLimit = offset + VERSION_PREFIX.length;
        if (limit - offset != VERSION_LENGTH ||
            !HttpText.equals(buffer, offset, prefixLimit, VERSION_PREFIX) ||
            buffer[prefixLimit + 1] != '.')
        {
            return VenueError.MALFORMED_REQUEST;
        }

        final int major = buffer[prefixLimit] - '0';
        final int minor = buffer[prefixLimit + 2] - '0';
        if (major < 0 || major > 9 || minor < 0 || minor > 9)
        {
            return VenueError.MALFORMED_REQUEST;
        }

        request.minorVersion(minor);
        return 1 == major ? null : VenueError.UNKNOWN_VERSION;
    }

    /** Leaves scheme and authority of an absolute-form target out (RFC 9112 section 3.2.2). */
    private static int pathOffset(final byte[] buffer, final int offset, final int limit)
    {
        final int schemeLimit = offset + HTTP_SCHEME.length;
        if (schemeLimit > limit || !HttpText.equalsIgnoreCase(buffer, offset, schemeLimit, HTTP_SCHEME))
        {
            return offset;
        }

        final int slash = HttpText.indexOf(buffer, schemeLimit, limit, (byte)'/');
        return slash < 0 ? limit : slash;
    }

    private static void splitTarget(final byte[] buffer, final int offset, final int limit, final Request request)
    {
        final int questionMark = HttpText.indexOf(buffer, offset, limit, (byte)'?');
        final int pathLimit = questionMark < 0 ? limit : questionMark;
        request.path(offset, pathLimit);
        request.query(questionMark < 0 ? limit : questionMark + 1, limit);
    }

    private static boolean isEveryToken(final byte[] buffer, final int offset, final int limit)
    {
        for (int i = offset; i < limit; i++)
        {
            if (!HttpText.isToken(buffer[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static boolean isEveryVisible(final byte[] buffer, final int offset, final int limit)
    {
        for (int i = offset; i < limit; i++)
        {
            if (!HttpText.isVisible(buffer[i]))
            {
                return false;
            }
        }

        return true;
    }
}
