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

import java.util.function.UnaryOperator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * One response of the corpus: the bytes and what is to be made of them. In its text each character is one byte, and
 * {@link #DECISION} stands before the byte where the message ends or breaks; left out, that is the end of the text.
 */
final class ResponseCase
{
    /** Where the message ends, or the index of the byte that breaks it; no byte itself. */
    static final String DECISION = "▸";

    /** Small, so that limits are near; strict. */
    static final ResponseLimits LIMITS = ResponseLimits.DEFAULT.maxHeadLength(768).maxBodyLength(512);
    static final int CAPACITY = 2048;

    private static final int OK = 200;

    private final String name;
    private final byte[] bytes;
    private final int consumed;
    private final ResponseError error;

    private HttpMethod method = HttpMethod.GET;
    private ResponseLimits limits = LIMITS;
    private int capacity = CAPACITY;
    private boolean isEndOfStream;
    private int status = OK;
    private String body = "";
    private boolean isReusable;

    private ResponseCase(final String name, final String text, final ResponseError error)
    {
        final int decision = text.indexOf(DECISION);
        final String message = text.replace(DECISION, "");
        this.name = name;
        this.error = error;
        bytes = message.getBytes(ISO_8859_1);
        consumed = decision < 0 ? bytes.length : decision;
        isReusable = null == error && consumed == bytes.length;
    }

    /** A response that ends by itself; with status 200, no body and a reusable connection unless said otherwise. */
    static ResponseCase complete(final String name, final String text)
    {
        return new ResponseCase(name, text, null);
    }

    /** A response that ends with the stream, which is therefore not reusable. */
    static ResponseCase untilClose(final String name, final String text)
    {
        return new ResponseCase(name, text, null).endOfStream().notReusable();
    }

    /** A response that breaks a rule. */
    static ResponseCase refused(final String name, final ResponseError error, final String text)
    {
        return new ResponseCase(name, text, error);
    }

    /** A response that is cut off by the end of the stream. */
    static ResponseCase truncated(final String name, final ResponseError error, final String text)
    {
        return new ResponseCase(name, text, error).endOfStream();
    }

    /** A head with status 200 and these field lines, blank line included. */
    static String head(final String... fieldLines)
    {
        final StringBuilder head = new StringBuilder("HTTP/1.1 200 OK\r\n");
        for (final String line : fieldLines)
        {
            head.append(line).append("\r\n");
        }

        return head.append("\r\n").toString();
    }

    /** A head that announces chunks. */
    static String chunkedHead()
    {
        return head("Transfer-Encoding: chunked");
    }

    ResponseCase to(final HttpMethod method)
    {
        this.method = method;
        return this;
    }

    ResponseCase within(final UnaryOperator<ResponseLimits> change)
    {
        limits = change.apply(limits);
        return this;
    }

    ResponseCase capacity(final int capacity)
    {
        this.capacity = capacity;
        limits = limits.maxHeadLength(Math.min(capacity, limits.maxHeadLength()));
        return this;
    }

    ResponseCase allowingBareLineFeed()
    {
        return within(limits -> limits.allowBareLineFeed(true));
    }

    ResponseCase status(final int status)
    {
        this.status = status;
        return this;
    }

    ResponseCase body(final String body)
    {
        this.body = body;
        return this;
    }

    ResponseCase notReusable()
    {
        isReusable = false;
        return this;
    }

    String name()
    {
        return name;
    }

    HttpMethod method()
    {
        return method;
    }

    ResponseLimits limits()
    {
        return limits;
    }

    int capacity()
    {
        return capacity;
    }

    boolean isEndOfStream()
    {
        return isEndOfStream;
    }

    boolean isComplete()
    {
        return null == error;
    }

    ResponseError error()
    {
        return error;
    }

    int status()
    {
        return status;
    }

    String body()
    {
        return body;
    }

    boolean isReusable()
    {
        return isReusable;
    }

    int consumed()
    {
        return consumed;
    }

    byte[] bytes()
    {
        return bytes.clone();
    }

    ResponseReader newReader()
    {
        return new ResponseReader(capacity, limits);
    }

    @Override
    public String toString()
    {
        return name;
    }

    private ResponseCase endOfStream()
    {
        isEndOfStream = true;
        return this;
    }
}
