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

import java.util.function.LongSupplier;

/** Turns answers into HTTP/1.1 bytes. */
final class ResponseWriter
{
    /** No answer is longer than this. */
    static final int RESPONSE_LENGTH_LIMIT = 1536;

    private static final byte[] CONTINUE = HttpText.ascii("HTTP/1.1 100 Continue\r\n\r\n");
    private static final byte[] DATE = HttpText.ascii("Date: ");
    private static final byte[] CONTENT_TYPE = HttpText.ascii("\r\nContent-Type: application/json");
    private static final byte[] CONTENT_LENGTH = HttpText.ascii("\r\nContent-Length: ");
    private static final byte[] USED_WEIGHT = HttpText.ascii("\r\nX-MBX-USED-WEIGHT-1M: ");
    private static final byte[] ORDER_COUNT = HttpText.ascii("\r\nX-MBX-ORDER-COUNT-10S: ");
    private static final byte[] RETRY_AFTER = HttpText.ascii("\r\nRetry-After: ");
    private static final byte[] ALLOW = HttpText.ascii("\r\nAllow: ");
    private static final byte[] CLOSE = HttpText.ascii("\r\nConnection: close");
    private static final byte[] KEEP_ALIVE = HttpText.ascii("\r\nConnection: keep-alive");
    private static final byte[] HEAD_END = HttpText.ascii("\r\n\r\n");

    /** What an answer says of the life of its connection (RFC 9112 section 9.3). */
    enum Persistence
    {
        /** It lives on, which goes without saying. */
        IMPLIED,

        /** It lives on, which an HTTP/1.0 client has to be told. */
        STATED,

        /** This is its last answer. */
        CLOSE
    }

    private final LongSupplier epochClockMs;
    private final HttpDate date = new HttpDate();

    ResponseWriter(final LongSupplier epochClockMs)
    {
        this.epochClockMs = epochClockMs;
    }

    static void writeContinue(final AsciiText out)
    {
        out.append(CONTINUE);
    }

    /** Appends an answer; the one to a HEAD request keeps its Content-Length and leaves the body out. */
    void write(final Answer answer, final boolean isHead, final Persistence persistence, final AsciiText out)
    {
        out.append(answer.status().statusLine());
        out.append(DATE).append(date.text(epochClockMs.getAsLong()));
        appendNumber(USED_WEIGHT, answer.usedWeight(), out);
        appendNumber(ORDER_COUNT, answer.orderCount(), out);
        appendNumber(RETRY_AFTER, answer.retryAfterSeconds(), out);
        if (null != answer.allow())
        {
            out.append(ALLOW).append(answer.allow());
        }

        if (Persistence.IMPLIED != persistence)
        {
            out.append(Persistence.CLOSE == persistence ? CLOSE : KEEP_ALIVE);
        }

        final AsciiText body = answer.body();
        final boolean hasContent = HttpStatus.NO_CONTENT != answer.status();
        if (hasContent)
        {
            out.append(CONTENT_TYPE).append(CONTENT_LENGTH).append(body.length());
        }

        out.append(HEAD_END);
        if (hasContent && !isHead)
        {
            out.append(body.bytes(), 0, body.length());
        }
    }

    private static void appendNumber(final byte[] nameAndColon, final int value, final AsciiText out)
    {
        if (Answer.ABSENT != value)
        {
            out.append(nameAndColon).append(value);
        }
    }
}
