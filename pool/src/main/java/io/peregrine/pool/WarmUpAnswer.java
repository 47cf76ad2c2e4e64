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
package io.peregrine.pool;

import java.nio.charset.StandardCharsets;

/**
 * What a {@link WarmUpVenue} does with a request; the last character of the request's target names it. Answers come as
 * those of a venue do: most of them short and whole, some chunked, in pieces, refusing or long, few of them never.
 */
enum WarmUpAnswer
{
    /** Has been done. */
    ACCEPTED('a', answer("200 OK", body(96))),

    /** The same in chunks. */
    CHUNKED('c', chunked(body(96), 40)),

    /** The same in two writes. */
    SPLIT('s', answer("200 OK", body(96))),

    /** Refused by the venue's rules. */
    REJECTED('r', answer("400 Bad Request", body(64))),

    /** A list. */
    LONG('l', answer("200 OK", body(4_000))),

    /** The last answer of its connection. */
    CLOSING('x', closing()),

    /** No answer, the connection is reset. */
    DROPPED('d', new byte[0]),

    /** No answer. */
    SILENT('n', new byte[0]);

    /** What the path of every request begins with. */
    static final String PATH_START = "/warm-up/";

    private static final WarmUpAnswer[] VALUES = values();
    private static final int FAILURE_CYCLE = 512;
    private static final int CYCLE = 16;

    private final String code;
    private final String path;
    private final byte[] bytes;

    WarmUpAnswer(final char code, final byte[] bytes)
    {
        this.code = String.valueOf(code);
        path = PATH_START + code;
        this.bytes = bytes;
    }

    /** The answer that an exchange asks for: pairs of each, so that both ways to exchange meet them. */
    static WarmUpAnswer of(final int exchangeIndex)
    {
        return switch (exchangeIndex % FAILURE_CYCLE)
        {
            case 96, 97 -> DROPPED;
            case 224, 225 -> CLOSING;
            case 352, 353 -> SILENT;
            default -> switch (exchangeIndex % CYCLE)
            {
                case 2, 3 -> CHUNKED;
                case 6, 7 -> SPLIT;
                case 10, 11 -> REJECTED;
                case 14, 15 -> LONG;
                default -> ACCEPTED;
            };
        };
    }

    /** The answer that a request asks for; null if there is none of that name. */
    static WarmUpAnswer of(final byte code)
    {
        for (final WarmUpAnswer answer : VALUES)
        {
            if (code == answer.code.charAt(0))
            {
                return answer;
            }
        }

        return null;
    }

    /** What the target of a request has to end with. */
    String code()
    {
        return code;
    }

    /** A path that ends with it, the same string each time, as orders go to one path. */
    String path()
    {
        return path;
    }

    /** Not to be changed; empty when there is no answer. */
    byte[] bytes()
    {
        return bytes;
    }

    private static String body(final int length)
    {
        final String start = "{\"orderId\":12345678,\"status\":\"NEW\",\"text\":\"";
        return start + "x".repeat(length - start.length() - 2) + "\"}";
    }

    private static byte[] answer(final String status, final String body)
    {
        return ascii(head(status, "Content-Length: " + body.length()) + body);
    }

    private static byte[] closing()
    {
        return ascii(head("200 OK", "Connection: close\r\nContent-Length: 2") + "{}");
    }

    private static byte[] chunked(final String body, final int chunkLength)
    {
        final StringBuilder text = new StringBuilder(head("200 OK", "Transfer-Encoding: chunked"));
        for (int i = 0; i < body.length(); i += chunkLength)
        {
            final String chunk = body.substring(i, Math.min(body.length(), i + chunkLength));
            text.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
        }

        return ascii(text.append("0\r\n\r\n").toString());
    }

    private static String head(final String status, final String framing)
    {
        return "HTTP/1.1 " + status + "\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n" +
            "Content-Type: application/json\r\nX-Used-Weight: 17\r\n" + framing + "\r\n\r\n";
    }

    private static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
