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

/** The methods that the venue knows by name; {@link #OTHER} stands for every other token. */
enum HttpMethod
{
    GET(false),
    HEAD(false),
    POST(true),
    PUT(true),
    DELETE(false),
    PATCH(true),
    OPTIONS(false),
    OTHER(false);

    private static final HttpMethod[] VALUES = values();

    private final boolean isContentExpected;
    private final byte[] token;

    HttpMethod(final boolean isContentExpected)
    {
        this.isContentExpected = isContentExpected;
        token = HttpText.ascii(name());
    }

    /** Whether a request of this method without a stated length is refused with 411 (RFC 9110 section 15.5.12). */
    boolean isContentExpected()
    {
        return isContentExpected;
    }

    /** Methods are case-sensitive (RFC 9110 section 9.1). */
    static HttpMethod of(final byte[] buffer, final int offset, final int limit)
    {
        for (final HttpMethod method : VALUES)
        {
            if (OTHER != method && HttpText.equals(buffer, offset, limit, method.token))
            {
                return method;
            }
        }

        return OTHER;
    }
}
