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
 * What one request says, as offsets into the receive buffer that holds it; reused for every request of a connection.
 */
final class Request
{
    private HttpMethod method = HttpMethod.OTHER;
    private int minorVersion;
    private int pathOffset;
    private int pathLimit;
    private int queryOffset;
    private int queryLimit;
    private int bodyOffset;
    private int bodyLimit;

    HttpMethod method()
    {
        return method;
    }

    void method(final HttpMethod value)
    {
        method = value;
    }

    int minorVersion()
    {
        return minorVersion;
    }

    void minorVersion(final int value)
    {
        minorVersion = value;
    }

    int pathOffset()
    {
        return pathOffset;
    }

    int pathLimit()
    {
        return pathLimit;
    }

    void path(final int offset, final int limit)
    {
        pathOffset = offset;
        pathLimit = limit;
    }

    int queryOffset()
    {
        return queryOffset;
    }

    int queryLimit()
    {
        return queryLimit;
    }

    void query(final int offset, final int limit)
    {
        queryOffset = offset;
        queryLimit = limit;
    }

    int bodyOffset()
    {
        return bodyOffset;
    }

    int bodyLimit()
    {
        return bodyLimit;
    }

    void body(final int offset, final int limit)
    {
        bodyOffset = offset;
        bodyLimit = limit;
    }

    /** Follows the bytes that were moved to the front of their buffer. */
    void slide(final int distance)
    {
        path(pathOffset - distance, pathLimit - distance);
        query(queryOffset - distance, queryLimit - distance);
        body(bodyOffset - distance, bodyLimit - distance);
    }
}
