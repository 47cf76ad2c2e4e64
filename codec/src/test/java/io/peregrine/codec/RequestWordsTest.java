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

import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static io.peregrine.codec.EncodedRequest.assertRefused;
import static io.peregrine.codec.EncodedRequest.textOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Short texts are stored as words, which reach beyond them: neighbours keep what they hold, whatever the lengths. */
class RequestWordsTest
{
    private static final int REGION_LENGTH = 8192;
    private static final int MAX_LENGTH = 40;
    private static final String HOST_LINE = " HTTP/1.1\r\nHost: h\r\n";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz".repeat(100);

    private final RequestWriter writer =
        new RequestWriter("h").wrap(new UnsafeBuffer(new byte[REGION_LENGTH]), 0, REGION_LENGTH);

    @Test
    void shouldWriteNamesAndValuesOfEachLength()
    {
        for (int nameLength = 1; nameLength <= MAX_LENGTH; nameLength++)
        {
            final String name = LETTERS.substring(0, nameLength);
            final HeaderName headerName = HeaderName.of(name);
            for (int length = 0; length <= MAX_LENGTH; length++)
            {
                final String value = LETTERS.substring(0, length);
                final String field = name + ": " + value + "\r\n";
                final String expected = "GET /p" + HOST_LINE + field + field + "n: 7\r\n\r\n";
                for (final DirectBuffer buffer : buffersOf(value))
                {
                    assertEquals(expected, textOf(writer.get("/p")
                        .header(headerName, buffer, 1, length)
                        .header(name, buffer, 1, length)
                        .header("n", 7)
                        .finish()));
                }
            }
        }
    }

    @Test
    void shouldRefuseAControlWhereverItStandsInABuffer()
    {
        for (int length = 1; length <= MAX_LENGTH; length++)
        {
            for (int i = 0; i < length; i++)
            {
                for (char c = 0; c <= 0xFF; c++)
                {
                    final String value = LETTERS.substring(0, i) + c + LETTERS.substring(i + 1, length);
                    thenIsTakenOrRefused(value, '\t' == c || c >= ' ' && 0x7F != c);
                }
            }
        }
    }

    private void thenIsTakenOrRefused(final String value, final boolean isAllowed)
    {
        for (final DirectBuffer buffer : buffersOf(value))
        {
            final FinalStage request = writer.get("/").header("n", buffer, 1, value.length());
            if (isAllowed)
            {
                assertEquals("GET /" + HOST_LINE + "n: " + value + "\r\n\r\n", textOf(request.finish()));
            }
            else
            {
                assertRefused(RequestError.CONTROL_CHARACTER, request);
            }
        }
    }

    @Test
    void shouldNotReadBeyondABuffer()
    {
        for (final DirectBuffer buffer : buffersOf(LETTERS.substring(0, MAX_LENGTH)))
        {
            assertThrows(IndexOutOfBoundsException.class, () -> writer.get("/").header("n", buffer, 4, MAX_LENGTH));
            assertThrows(IndexOutOfBoundsException.class, () -> writer.get("/").header("n", buffer, -1, MAX_LENGTH));
        }
    }

    /** The memory for the fields grows when it is full: a field may end at any byte before that, and a number too. */
    @Test
    void shouldWriteFieldsThatEndAnywhereBeforeTheMemoryGrows()
    {
        final int aboutFull = 1_500;
        for (int length = aboutFull - 200; length < LETTERS.length(); length++)
        {
            final String value = LETTERS.substring(0, length);
            final RequestWriter fresh =
                new RequestWriter("h").wrap(new UnsafeBuffer(new byte[REGION_LENGTH]), 0, REGION_LENGTH);

            assertEquals("GET /" + HOST_LINE + "long: " + value + "\r\na: b\r\nn: 1234567890123\r\nm: 7\r\n\r\n",
                textOf(fresh.get("/").header("long", value).header(HeaderName.of("a"), "b")
                    .header("n", 1_234_567_890_123L).header("m", 7).finish()));
        }
    }

    /** The line grows towards the fixed fields, which are in place already. */
    @Test
    void shouldKeepTheFixedFieldsBehindALineOfEachLength()
    {
        for (int length = 1; length < LETTERS.length(); length++)
        {
            final String path = "/" + LETTERS.substring(0, length);
            final RequestWriter fresh =
                new RequestWriter("h").wrap(new UnsafeBuffer(new byte[REGION_LENGTH]), 0, REGION_LENGTH);

            assertEquals("GET " + path + "?a=1&b=1234567890123&c=2" + HOST_LINE + "\r\n",
                textOf(fresh.get(path).query("a", 1).query("b", 1_234_567_890_123L).query("c", 2).finish()));
            assertEquals("GET " + path + HOST_LINE + "\r\n", textOf(fresh.get(path).finish()));
        }
    }

    /** The value between two other bytes, in an array and off-heap. */
    private static DirectBuffer[] buffersOf(final String value)
    {
        final byte[] bytes = ("\n" + value + "\n").getBytes(StandardCharsets.ISO_8859_1);
        final UnsafeBuffer offHeap = new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes.length, Long.BYTES));
        offHeap.putBytes(0, bytes);

        return new DirectBuffer[]{ new UnsafeBuffer(bytes), offHeap };
    }
}
