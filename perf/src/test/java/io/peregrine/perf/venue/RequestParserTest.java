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

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;

class RequestParserTest
{
    private static final int HEAD_LENGTH_LIMIT = 256;
    private static final int BODY_LENGTH_LIMIT = 200;
    private static final int MUTATIONS = 20_000;
    private static final byte[] INTERESTING = "\r\n\t :;,0198afg/HTP.\u0000".getBytes(StandardCharsets.ISO_8859_1);

    private static final List<String> REQUESTS = List.of(
        Requests.PING,
        Requests.order("parsed"),
        Requests.request("POST", "/api/v3/order?a=b", "Transfer-Encoding: chunked\r\nConnection: close\r\n") +
            "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: u\r\n\r\n",
        Requests.request("DELETE", "http://venue/api/v3/order?clientOrderId=1", "Expect: 100-continue\r\n"),
        "GET / HTTP/1.1\r\nHost: venue\r\nX: " + "x".repeat(HEAD_LENGTH_LIMIT) + "\r\n\r\n",
        "GET / HTTP/1.1\r\nbad line\r\n\r\n");

    @Test
    void shouldParseTheSameWhereverTheReadsStop()
    {
        for (final String request : REQUESTS)
        {
            final byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
            final String whole = parse(bytes, bytes.length, bytes.length);
            for (int first = 0; first <= bytes.length; first++)
            {
                for (int second = first; second <= bytes.length; second++)
                {
                    assertEquals(whole, parse(bytes, first, second), request + " cut at " + first + ", " + second);
                }
            }
        }
    }

    @Test
    void shouldMakeTheSameOfWhateverComes()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int i = 0; i < MUTATIONS; i++)
        {
            final byte[] bytes =
                REQUESTS.get(random.nextInt(REQUESTS.size())).getBytes(StandardCharsets.ISO_8859_1);
            for (int change = random.nextInt(4); change >= 0; change--)
            {
                bytes[random.nextInt(bytes.length)] = INTERESTING[random.nextInt(INTERESTING.length)];
            }

            final int first = random.nextInt(bytes.length + 1);
            final int second = first + random.nextInt(bytes.length + 1 - first);
            final String text = new String(bytes, StandardCharsets.ISO_8859_1);
            assertEquals(
                parse(bytes, bytes.length, bytes.length), parse(bytes, first, second), "seed " + seed + ": " + text);
        }
    }

    /** Feeds the bytes in three parts as a connection does, and tells what came of them. */
    private static String parse(final byte[] bytes, final int first, final int second)
    {
        final RequestParser parser = new RequestParser(HEAD_LENGTH_LIMIT, BODY_LENGTH_LIMIT);
        final byte[] buffer = new byte[HEAD_LENGTH_LIMIT + BODY_LENGTH_LIMIT + bytes.length];
        final StringBuilder story = new StringBuilder();
        int limit = 0;
        int offset = 0;
        boolean isRefused = false;
        for (final int end : new int[]{first, second, bytes.length})
        {
            System.arraycopy(bytes, offset, buffer, limit, end - offset);
            limit += end - offset;
            offset = end;
            while (!isRefused && isDone(parser.parse(buffer, limit)))
            {
                isRefused = null != parser.refusal();
                story.append(isRefused ? parser.refusal().name() : describe(parser, buffer)).append('\n');
                if (!isRefused)
                {
                    parser.begin(parser.requestLimit());
                }
            }

            if (!isRefused)
            {
                limit = slide(parser, buffer, limit);
            }
        }

        return story.toString();
    }

    private static boolean isDone(final RequestParser.Step step)
    {
        return RequestParser.Step.COMPLETE == step || RequestParser.Step.REFUSED == step;
    }

    private static int slide(final RequestParser parser, final byte[] buffer, final int limit)
    {
        final int retainedLimit = parser.closeGap(limit);
        final int distance = parser.retainedOffset();
        System.arraycopy(buffer, distance, buffer, 0, retainedLimit - distance);
        parser.slide(distance);

        // What is out of reach must not matter.
        Arrays.fill(buffer, retainedLimit - distance, buffer.length, (byte)'#');
        return retainedLimit - distance;
    }

    private static String describe(final RequestParser parser, final byte[] buffer)
    {
        final Request request = parser.request();
        return request.method() + " " + text(buffer, request.pathOffset(), request.pathLimit()) +
            " ? " + text(buffer, request.queryOffset(), request.queryLimit()) +
            " 1." + request.minorVersion() + " " + parser.isPersistent() +
            " " + text(buffer, request.bodyOffset(), request.bodyLimit());
    }

    private static String text(final byte[] buffer, final int offset, final int limit)
    {
        return new String(buffer, offset, limit - offset, StandardCharsets.ISO_8859_1);
    }
}
