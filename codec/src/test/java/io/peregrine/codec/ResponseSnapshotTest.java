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

import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ResponseSnapshotTest
{
    private static final int MAX_HEADERS = ResponseLimits.DEFAULT.maxHeaders();
    private static final String ANSWER = "HTTP/1.1 429 Slow down\r\nX-One: 1\r\nRetry-After:  7 \r\n" +
        "x-one: again\r\nContent-Length: 5\r\n\r\nlater";
    private static final String CHUNKED = "HTTP/1.0 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n" +
        "3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\nT: t\r\n\r\n";

    private final ResponseReader reader = new ResponseReader(64 * 1024, ResponseLimits.DEFAULT);
    private final ExpandableArrayBuffer memory = new ExpandableArrayBuffer();
    private final RestResponse view = ResponseSnapshot.newView(MAX_HEADERS);

    @Test
    void shouldShowTheSameAnswerElsewhere()
    {
        for (final String answer : List.of(ANSWER, CHUNKED.replace("1.0", "1.1"), "HTTP/1.1 204 \r\n\r\n"))
        {
            final RestResponse original = read(answer);
            final String expected = describe(original);
            for (final int offset : new int[]{ 0, 8, 1000 })
            {
                snapshot(ResponseSnapshot.ofAllHeaders(MAX_HEADERS), original, offset);
                assertEquals(expected, describe(view));
            }
            final RestResponse later = read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nxx");
            assertEquals(expected, describe(view), "a copy");
            assertEquals(200, later.status());
        }
    }

    @Test
    void shouldTakeAlongOnlyTheHeadersAskedFor()
    {
        snapshot(ResponseSnapshot.ofHeaders(MAX_HEADERS, List.of(HeaderName.of("X-ONE"), HeaderName.of("absent"))),
            read(ANSWER), 24);
        assertEquals("429 1 Slow down [X-One=1, x-one=again] later", describe(view));
        assertNull(view.header("Retry-After"));

        snapshot(ResponseSnapshot.ofHeaders(MAX_HEADERS, List.of()), read(ANSWER), 0);
        assertEquals("429 1 Slow down [] later", describe(view));
    }

    @Test
    void shouldBeNoLongerThanAnnounced()
    {
        final int length = snapshot(ResponseSnapshot.ofAllHeaders(MAX_HEADERS), read(ANSWER), 0);
        assertFalse(length > ResponseSnapshot.maxLength(ANSWER.length(), 4));
    }

    @Test
    void shouldBeStaleUntilWrappedAndOnceInvalidated()
    {
        assertThrows(IllegalStateException.class, view::status);
        snapshot(ResponseSnapshot.ofAllHeaders(MAX_HEADERS), read(ANSWER), 0);
        view.invalidate();
        assertThrows(IllegalStateException.class, view::status);
    }

    @Test
    void shouldCopyAnyBodyToTheByte()
    {
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        for (int length = 0; length < 2000; length += 1 + random.nextInt(50))
        {
            final byte[] body = new byte[length];
            random.nextBytes(body);
            final String answer =
                "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n" + new String(body, ISO_8859_1);
            snapshot(ResponseSnapshot.ofHeaders(MAX_HEADERS, List.of()), read(answer), random.nextInt(100));
            final byte[] copy = new byte[view.bodyLength()];
            view.buffer().getBytes(view.bodyOffset(), copy);
            assertEquals(new String(body, ISO_8859_1), new String(copy, ISO_8859_1), "seed " + seed);
        }
    }

    private RestResponse read(final String answer)
    {
        final byte[] bytes = answer.getBytes(ISO_8859_1);
        reader.expect(HttpMethod.GET);
        reader.buffer().putBytes(reader.receiveOffset(), bytes);
        assertEquals(ReadState.COMPLETE, reader.onReceived(bytes.length));
        return reader.response();
    }

    private int snapshot(final ResponseSnapshot snapshot, final RestResponse response, final int offset)
    {
        final int length = snapshot.measure(response);
        final UnsafeBuffer exact = new UnsafeBuffer(new byte[length]);
        snapshot.encode(response, exact, 0);
        memory.putBytes(offset, exact, 0, length);
        ResponseSnapshot.wrap(view, memory, offset);
        return length;
    }

    private static String describe(final RestResponse response)
    {
        final StringBuilder headers = new StringBuilder();
        for (int i = 0; i < response.headerCount(); i++)
        {
            headers.append(0 == i ? "" : ", ").append(response.headerName(i)).append('=')
                .append(response.headerValue(i));
        }

        return response.status() + " " + response.minorVersion() + " " + response.reason() + " [" + headers + "] " +
            response.bodyAsString();
    }
}
