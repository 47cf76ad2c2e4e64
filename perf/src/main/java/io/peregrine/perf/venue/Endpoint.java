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

/** The paths of the venue, what they serve and how much of the rate limit a look at them costs. */
enum Endpoint
{
    ORDER("/api/v3/order", 4, "GET, HEAD, POST, DELETE, OPTIONS"),
    PING("/api/v3/ping", 1, "GET, HEAD, OPTIONS"),
    TIME("/api/v3/time", 1, "GET, HEAD, OPTIONS");

    private static final Endpoint[] VALUES = values();

    private final byte[] path;
    private final int readWeight;
    private final byte[] allow;

    Endpoint(final String path, final int readWeight, final String allow)
    {
        this.path = HttpText.ascii(path);
        this.readWeight = readWeight;
        this.allow = HttpText.ascii(allow);
    }

    /** The endpoint of exactly that path, or null. */
    static Endpoint of(final byte[] buffer, final int offset, final int limit)
    {
        for (final Endpoint endpoint : VALUES)
        {
            if (HttpText.equals(buffer, offset, limit, endpoint.path))
            {
                return endpoint;
            }
        }

        return null;
    }

    /** What a request costs; whatever changes something, or nothing, costs 1. */
    int weight(final HttpMethod method)
    {
        return HttpMethod.GET == method || HttpMethod.HEAD == method ? readWeight : 1;
    }

    /** The value of the Allow field. */
    byte[] allow()
    {
        return allow;
    }
}
