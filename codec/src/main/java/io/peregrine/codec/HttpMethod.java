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

import java.nio.charset.StandardCharsets;

/**
 * The request methods that a client sends (RFC 9110 section 9.3, RFC 5789 for PATCH).
 */
public enum HttpMethod
{
    /** Asks for the current representation of the target. */
    GET(false),

    /** Like GET, but the response has no body. */
    HEAD(false),

    /** Lets the target process the content, for example place an order. */
    POST(true),

    /** Replaces the target by the content. */
    PUT(true),

    /** Removes the target, for example cancels an order. */
    DELETE(false),

    /** Changes the target as the content says. */
    PATCH(true),

    /** Asks what the target or, with {@code *}, the whole server can do. */
    OPTIONS(false);

    /** The method and the space behind it, as a request line begins. */
    private final byte[] requestLineStart;
    private final boolean isContentExpected;

    HttpMethod(final boolean isContentExpected)
    {
        requestLineStart = (name() + " ").getBytes(StandardCharsets.US_ASCII);
        this.isContentExpected = isContentExpected;
    }

    /**
     * Whether the method's meaning expects content, so that an empty request says {@code Content-Length: 0}
     * (RFC 9110 section 8.6).
     *
     * @return true for POST, PUT and PATCH.
     */
    public boolean isContentExpected()
    {
        return isContentExpected;
    }

    byte[] requestLineStart()
    {
        return requestLineStart;
    }
}
