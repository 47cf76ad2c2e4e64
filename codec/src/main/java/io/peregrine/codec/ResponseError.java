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
 * Why a response was refused. Each rule has its own code; ids and names are stable, so that counters, logs and
 * callers can rely on them. Whatever the code, the connection that carried the response may not be used again.
 */
public enum ResponseError implements ErrorCode
{
    /** The first line does not start with {@code HTTP/1.x} and a space (RFC 9112 section 4). */
    MALFORMED_STATUS_LINE(200, "malformed status line"),

    /** The version is well-formed, but is neither HTTP/1.0 nor HTTP/1.1 (RFC 9112 section 2.3). */
    UNSUPPORTED_HTTP_VERSION(201, "HTTP version other than 1.0 and 1.1"),

    /** The status code is not three digits from 100 to 999 (RFC 9112 section 4). */
    MALFORMED_STATUS_CODE(202, "malformed status code"),

    /** A carriage return is not followed by a line feed (RFC 9112 section 2.2). */
    BARE_CARRIAGE_RETURN(203, "carriage return without line feed"),

    /** A line feed ends a line without a carriage return before it (RFC 9112 section 2.2). */
    BARE_LINE_FEED(204, "line feed without carriage return"),

    /** A control byte in the reason phrase, a field value or a chunk extension (RFC 9110 section 5.5). */
    CONTROL_BYTE(205, "control byte in text"),

    /** A field name is empty or holds a byte that is not a token character (RFC 9110 section 5.1). */
    MALFORMED_HEADER_NAME(206, "malformed header name"),

    /** White space stands between a field name and its colon (RFC 9112 section 5.1). */
    SPACE_BEFORE_COLON(207, "white space between header name and colon"),

    /** A line starts with white space, which once meant that it continues the one before (RFC 9112 section 5.2). */
    OBSOLETE_LINE_FOLDING(208, "obsolete line folding"),

    /** The head is longer than {@link ResponseLimits#maxHeadLength()}. */
    HEAD_TOO_LARGE(209, "head is too large"),

    /** The head has more fields than {@link ResponseLimits#maxHeaders()}. */
    TOO_MANY_HEADERS(210, "too many headers"),

    /** More interim (1xx) responses came before the final one than {@link ResponseLimits#maxInterimResponses()}. */
    TOO_MANY_INTERIM_RESPONSES(211, "too many interim responses"),

    /** The server switched protocols (101), which was never asked for (RFC 9110 section 15.2.2). */
    UNEXPECTED_SWITCHING_PROTOCOLS(212, "switching protocols was not asked for"),

    /** Content-Length is empty or holds anything but digits (RFC 9112 section 6.3). */
    MALFORMED_CONTENT_LENGTH(220, "Content-Length is not a number"),

    /** Content-Length does not fit 63 bits. */
    CONTENT_LENGTH_OVERFLOW(221, "Content-Length overflows"),

    /** Content-Length is repeated with different values (RFC 9112 section 6.3). */
    CONFLICTING_CONTENT_LENGTH(222, "Content-Length values differ"),

    /** Content-Length and Transfer-Encoding stand together (RFC 9112 section 6.3). */
    CONTENT_LENGTH_WITH_TRANSFER_ENCODING(223, "Content-Length together with Transfer-Encoding"),

    /** Transfer-Encoding names no coding at all. */
    MALFORMED_TRANSFER_ENCODING(224, "Transfer-Encoding names no coding"),

    /** Transfer-Encoding names a coding other than chunked (RFC 9112 section 6.1). */
    UNKNOWN_TRANSFER_CODING(225, "unknown transfer coding"),

    /** Chunked is not the last transfer coding (RFC 9112 section 6.3). */
    CHUNKED_NOT_LAST(226, "chunked is not the last transfer coding"),

    /** Chunked is applied more than once (RFC 9112 section 6.1). */
    CHUNKED_REPEATED(227, "chunked is applied more than once"),

    /** An HTTP/1.0 response has a Transfer-Encoding, so its framing is faulty (RFC 9112 section 6.1). */
    TRANSFER_ENCODING_IN_HTTP_1_0(228, "Transfer-Encoding in an HTTP/1.0 response"),

    /** A chunk size is missing, or holds or is followed by a byte that may not stand there (RFC 9112 section 7.1). */
    MALFORMED_CHUNK_SIZE(230, "malformed chunk size"),

    /** A chunk size has more than 15 digits. */
    CHUNK_SIZE_OVERFLOW(231, "chunk size overflows"),

    /** The data of a chunk is not followed by CR LF (RFC 9112 section 7.1). */
    MISSING_CHUNK_END(232, "chunk data is not followed by CR LF"),

    /** The chunk extensions are together longer than {@link ResponseLimits#maxChunkExtensionLength()}. */
    CHUNK_EXTENSIONS_TOO_LARGE(233, "chunk extensions are too large"),

    /** The trailer section is longer than {@link ResponseLimits#maxTrailerLength()}. */
    TRAILERS_TOO_LARGE(234, "trailer section is too large"),

    /** The body is longer than {@link ResponseLimits#maxBodyLength()}. */
    BODY_TOO_LARGE(240, "body is too large"),

    /** Head and body together do not fit the receive buffer. */
    RECEIVE_BUFFER_TOO_SMALL(241, "response does not fit the receive buffer"),

    /** The stream ended before the first byte of a response. */
    CLOSED_BEFORE_RESPONSE(250, "stream ended before the response"),

    /** The stream ended within the head, or after an interim response. */
    TRUNCATED_HEAD(251, "stream ended within the head"),

    /** The stream ended within the body. */
    TRUNCATED_BODY(252, "stream ended within the body");

    private final int id;
    private final String description;

    ResponseError(final int id, final String description)
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
