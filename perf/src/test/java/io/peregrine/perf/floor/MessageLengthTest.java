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
package io.peregrine.perf.floor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;

class MessageLengthTest
{
    @Test
    void shouldFindTheEndOfAMessageAndNoEarlier()
    {
        final String message = "HTTP/1.1 200 OK\r\nA: b\r\ncontent-LENGTH:  4 \r\n\r\nbody";
        final ByteBuffer buffer = buffer(message + "HTTP/1.1");
        for (int limit = 0; limit < message.length(); limit++)
        {
            assertEquals(MessageLength.INCOMPLETE, MessageLength.of(buffer, limit));
        }

        assertEquals(message.length(), MessageLength.of(buffer, message.length()));
        assertEquals(message.length(), MessageLength.of(buffer, buffer.limit()));
    }

    @Test
    void shouldTakeAMessageWithoutALengthForOneWithoutABody()
    {
        assertEquals(18, MessageLength.of(buffer("GET / HTTP/1.1\r\n\r\nxyz"), 21));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1x", "99999999999"})
    void shouldNotGuessALength(final String length)
    {
        final ByteBuffer buffer = buffer("GET / HTTP/1.1\r\nContent-Length: " + length + "\r\n\r\n");
        assertEquals(MessageLength.MALFORMED, MessageLength.of(buffer, buffer.limit()));
    }

    private static ByteBuffer buffer(final String text)
    {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
