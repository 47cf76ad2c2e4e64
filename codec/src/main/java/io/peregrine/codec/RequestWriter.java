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

import org.agrona.MutableDirectBuffer;

import java.util.Objects;

/**
 * Encodes requests into memory of the caller's choice, without allocation.
 * <p>
 * Host, base path and default headers are encoded once; a request writes only what changes. The stages returned by the
 * starting methods allow the calls in the one order in which a request is written:
 * <pre>{@code
 * final Request request = writer.post("/api/v3/order")
 *     .query("recvWindow", 5_000)
 *     .header(TIMESTAMP, epochMs)
 *     .header(SIGNATURE, signatureBuffer, 0, 64)
 *     .body(orderBuffer, 0, orderLength)
 *     .finish();
 * }</pre>
 * On the wire come request line, Host, default headers, headers of the request in the order of the calls,
 * Content-Length or Transfer-Encoding, and the body (RFC 9112 section 2.1).
 * <p>
 * A step never throws because of what a request says. The first error is kept, the steps after it do nothing, and
 * {@link FinalStage#finish()} reports it, so that a malformed request cannot leave. Starting another request abandons
 * an unfinished one and forgets its error. Nothing is ever written outside the wrapped region.
 * <p>
 * A writer, its stages and its request belong to one thread.
 */
public final class RequestWriter
{
    private final RequestTemplate template;
    private final RequestEncoder encoder;

    /**
     * Creates a writer for a server. Only the host and port of the URL are used; see {@link #basePath(CharSequence)}
     * for its path.
     *
     * @param url of the server.
     */
    public RequestWriter(final HttpUrl url)
    {
        this(url.hostHeader());
    }

    /**
     * Creates a writer from the ready-made value of the Host header.
     *
     * @param hostHeader host, with the port if it is not the default, and brackets around an IPv6 address
     *                   (RFC 9110 section 7.2).
     * @throws HttpException with {@link RequestError#INVALID_URL} if it is empty or has a character that no host has,
     *                       or {@link RequestError#CONTROL_CHARACTER} if it has a control character.
     */
    public RequestWriter(final CharSequence hostHeader)
    {
        template = new RequestTemplate(hostHeader.toString());
        encoder = new RequestEncoder(template);
    }

    /**
     * Adds a header to all later requests, behind those added before. A request that sets the same header sends both.
     * A request under way is abandoned.
     *
     * @param name  a token (RFC 9110 section 5.6.2).
     * @param value visible ASCII, spaces and tabs.
     * @return this for a fluent API.
     * @throws HttpException with {@link RequestError#INVALID_HEADER_NAME}, {@link RequestError#INVALID_HEADER_VALUE},
     *                       {@link RequestError#CONTROL_CHARACTER} or {@link RequestError#FORBIDDEN_HEADER}.
     */
    public RequestWriter defaultHeader(final CharSequence name, final CharSequence value)
    {
        return defaultHeader(HeaderName.of(name), value);
    }

    /**
     * Adds a header to all later requests, behind those added before. A request that sets the same header sends both.
     * A request under way is abandoned.
     *
     * @param name  the header's name.
     * @param value visible ASCII, spaces and tabs.
     * @return this for a fluent API.
     * @throws HttpException with {@link RequestError#INVALID_HEADER_VALUE}, {@link RequestError#CONTROL_CHARACTER} or
     *                       {@link RequestError#FORBIDDEN_HEADER}.
     */
    public RequestWriter defaultHeader(final HeaderName name, final CharSequence value)
    {
        template.defaultHeader(name, value);
        encoder.onTemplateChange();
        return this;
    }

    /**
     * Sets what precedes the path or raw target of all later requests, in place of an earlier base path. A request
     * under way is abandoned.
     *
     * @param path empty, or starting with {@code /}; slashes at its end are stripped. No query, no fragment.
     * @return this for a fluent API.
     * @throws HttpException with {@link RequestError#INVALID_TARGET} or {@link RequestError#CONTROL_CHARACTER}.
     */
    public RequestWriter basePath(final CharSequence path)
    {
        template.basePath(path);
        encoder.onTemplateChange();
        return this;
    }

    /**
     * Says where requests are written; until then every request is too large. A request under way is abandoned.
     *
     * @param buffer holds the region.
     * @param offset of its first byte.
     * @param length of it in bytes, which is the longest possible request.
     * @return this for a fluent API.
     * @throws IndexOutOfBoundsException if the region is outside the buffer.
     */
    public RequestWriter wrap(final MutableDirectBuffer buffer, final int offset, final int length)
    {
        encoder.wrap(buffer, offset, length);
        return this;
    }

    /**
     * The first error of the request under way, for a caller that wants to look before {@link FinalStage#finish()}
     * throws. A request without body, or in chunks, gets its last bytes from {@code finish()} itself, which can still
     * find that they do not fit.
     *
     * @return the error, or null. It is kept until the next request is started.
     */
    public RequestError error()
    {
        return encoder.error();
    }

    /**
     * Starts a GET request.
     *
     * @param path as of {@link #request(HttpMethod, CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage get(final CharSequence path)
    {
        return encoder.start(HttpMethod.GET, path);
    }

    /**
     * Starts a GET request whose target has its query already.
     *
     * @param target as of {@link #requestRaw(HttpMethod, CharSequence)}.
     * @return takes headers and the body.
     */
    public HeaderStage getRaw(final CharSequence target)
    {
        return encoder.startRaw(HttpMethod.GET, target);
    }

    /**
     * Starts a HEAD request.
     *
     * @param path as of {@link #request(HttpMethod, CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage head(final CharSequence path)
    {
        return encoder.start(HttpMethod.HEAD, path);
    }

    /**
     * Starts a HEAD request whose target has its query already.
     *
     * @param target as of {@link #requestRaw(HttpMethod, CharSequence)}.
     * @return takes headers and the body.
     */
    public HeaderStage headRaw(final CharSequence target)
    {
        return encoder.startRaw(HttpMethod.HEAD, target);
    }

    /**
     * Starts a POST request.
     *
     * @param path as of {@link #request(HttpMethod, CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage post(final CharSequence path)
    {
        return encoder.start(HttpMethod.POST, path);
    }

    /**
     * Starts a POST request whose target has its query already.
     *
     * @param target as of {@link #requestRaw(HttpMethod, CharSequence)}.
     * @return takes headers and the body.
     */
    public HeaderStage postRaw(final CharSequence target)
    {
        return encoder.startRaw(HttpMethod.POST, target);
    }

    /**
     * Starts a PUT request.
     *
     * @param path as of {@link #request(HttpMethod, CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage put(final CharSequence path)
    {
        return encoder.start(HttpMethod.PUT, path);
    }

    /**
     * Starts a PUT request whose target has its query already.
     *
     * @param target as of {@link #requestRaw(HttpMethod, CharSequence)}.
     * @return takes headers and the body.
     */
    public HeaderStage putRaw(final CharSequence target)
    {
        return encoder.startRaw(HttpMethod.PUT, target);
    }

    /**
     * Starts a DELETE request.
     *
     * @param path as of {@link #request(HttpMethod, CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage delete(final CharSequence path)
    {
        return encoder.start(HttpMethod.DELETE, path);
    }

    /**
     * Starts a DELETE request whose target has its query already.
     *
     * @param target as of {@link #requestRaw(HttpMethod, CharSequence)}.
     * @return takes headers and the body.
     */
    public HeaderStage deleteRaw(final CharSequence target)
    {
        return encoder.startRaw(HttpMethod.DELETE, target);
    }

    /**
     * Starts a PATCH request.
     *
     * @param path as of {@link #request(HttpMethod, CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage patch(final CharSequence path)
    {
        return encoder.start(HttpMethod.PATCH, path);
    }

    /**
     * Starts a PATCH request whose target has its query already.
     *
     * @param target as of {@link #requestRaw(HttpMethod, CharSequence)}.
     * @return takes headers and the body.
     */
    public HeaderStage patchRaw(final CharSequence target)
    {
        return encoder.startRaw(HttpMethod.PATCH, target);
    }

    /**
     * Starts an OPTIONS request.
     *
     * @param path as of {@link #request(HttpMethod, CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage options(final CharSequence path)
    {
        return encoder.start(HttpMethod.OPTIONS, path);
    }

    /**
     * Starts an OPTIONS request whose target has its query already.
     *
     * @param target as of {@link #requestRaw(HttpMethod, CharSequence)}.
     * @return takes headers and the body.
     */
    public HeaderStage optionsRaw(final CharSequence target)
    {
        return encoder.startRaw(HttpMethod.OPTIONS, target);
    }

    /**
     * Starts a request.
     *
     * @param method of the request.
     * @param path   starting with {@code /}, or empty, or {@code *} for OPTIONS of a whole server
     *               (RFC 9112 section 3.2); visible ASCII without {@code #}. It may have a query already.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage request(final HttpMethod method, final CharSequence path)
    {
        return encoder.start(Objects.requireNonNull(method, "method"), path);
    }

    /**
     * Starts a request whose target has its query already.
     *
     * @param method of the request.
     * @param target as the path of {@link #request(HttpMethod, CharSequence)}.
     * @return takes headers and the body.
     */
    public HeaderStage requestRaw(final HttpMethod method, final CharSequence target)
    {
        return encoder.startRaw(Objects.requireNonNull(method, "method"), target);
    }
}
