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

/**
 * Why a request, or a part of its set-up, was refused before a byte of it could leave.
 */
public enum RequestError implements ErrorCode
{
    /** The text is not an absolute http or https URL as this client accepts it. */
    INVALID_URL(100, "The URL is malformed, or has a part that a client must not send."),

    /** A path, a base path, a raw target or a raw query has a character which may not stand there. */
    INVALID_TARGET(101, "The request target is malformed, or has a space, a '#' or a character outside ASCII."),

    /** A query name or value cannot be encoded as UTF-8. */
    INVALID_QUERY(102, "A query parameter has half of a surrogate pair, which UTF-8 cannot express."),

    /** A header name is empty or has a character outside the token set of RFC 9110 section 5.6.2. */
    INVALID_HEADER_NAME(103, "The header name is not a token."),

    /** A header value has a character which may not stand there. */
    INVALID_HEADER_VALUE(104, "The header value has a character outside ASCII; give such values as bytes."),

    /** A control character such as CR, LF or NUL stands in a target, a header name or a header value. */
    CONTROL_CHARACTER(105, "A control character stands where it could end or split a line of the request."),

    /** The caller tried to set a header that belongs to the writer. */
    FORBIDDEN_HEADER(106, "Host, Content-Length, Transfer-Encoding and Connection are written by the client itself."),

    /** The request does not fit into the region that the writer was given. */
    REQUEST_TOO_LARGE(107, "The request needs more bytes than its buffer has."),

    /** A body written in place has another length than was announced, or a negative one. */
    BODY_LENGTH_MISMATCH(108, "The body has another length than was announced, or a negative one."),

    /** A step of the encoding was called when it was not due. */
    WRONG_ORDER(109, "A step of the encoding was called when it was not due."),

    /** A body given as text cannot be encoded as UTF-8. */
    INVALID_BODY(110, "The body has half of a surrogate pair, which UTF-8 cannot express.");

    private final int id;
    private final String description;

    RequestError(final int id, final String description)
    {
        this.id = id;
        this.description = description;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public int id()
    {
        return id;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String description()
    {
        return description;
    }
}
