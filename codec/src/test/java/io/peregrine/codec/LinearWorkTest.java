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
import org.junit.jupiter.api.Test;

import java.util.function.Supplier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each byte is looked at a few times at the most, however the stream is cut: n bytes one at a time cost O(n). */
class LinearWorkTest
{
    private static final int LOOKS_MAX = 3;

    @FunctionalInterface
    private interface Parser
    {
        int parse(MutableDirectBuffer buffer, int offset, int limit);
    }

    @Test
    void shouldScanTheStatusLineOnce()
    {
        thenWorkIsLinear("HTTP/1.1 200 " + "reason ".repeat(500) + "\r\n", () ->
            new StatusLineParser(false)::parse);
    }

    @Test
    void shouldScanALongValueOnce()
    {
        thenWorkIsLinear("X: " + "value ".repeat(500) + "\r\n\r\n", LinearWorkTest::fieldParser);
    }

    @Test
    void shouldScanManyFieldsOnce()
    {
        thenWorkIsLinear("Name: v\r\n".repeat(300) + "\r\n", LinearWorkTest::fieldParser);
    }

    @Test
    void shouldScanALongNameOnce()
    {
        thenWorkIsLinear("n".repeat(3000) + ": v\r\n\r\n", LinearWorkTest::fieldParser);
    }

    @Test
    void shouldScanWhiteSpaceAroundAValueOnceFromEachSide()
    {
        thenWorkIsLinear("X:" + " ".repeat(3000) + "v\r\n\r\n", LinearWorkTest::fieldParser);
        thenWorkIsLinear("X: v" + " ".repeat(3000) + "\r\n\r\n", LinearWorkTest::fieldParser);
    }

    @Test
    void shouldScanAndMoveChunksOnce()
    {
        thenWorkIsLinear("400\r\n" + "x".repeat(0x400) + "\r\n800\r\n" + "y".repeat(0x800) + "\r\n0\r\n\r\n",
            LinearWorkTest::chunkedDecoder);
        thenWorkIsLinear("1\r\nx\r\n".repeat(500) + "0\r\n\r\n", LinearWorkTest::chunkedDecoder);
    }

    @Test
    void shouldScanExtensionsAndTrailersOnce()
    {
        thenWorkIsLinear("1;" + "e".repeat(2000) + "\r\nx\r\n0\r\n" + "Name: v\r\n".repeat(300) + "\r\n",
            LinearWorkTest::chunkedDecoder);
    }

    private static Parser fieldParser()
    {
        return new FieldParser((source, nameOffset, nameLength, valueOffset, valueLength) -> null, false)::parse;
    }

    private static Parser chunkedDecoder()
    {
        final ChunkedDecoder decoder = new ChunkedDecoder(ResponseLimits.DEFAULT);
        decoder.reset(0, ResponseLimits.DEFAULT.maxBodyLength(), ResponseError.BODY_TOO_LARGE);
        return decoder::decode;
    }

    private static void thenWorkIsLinear(final String text, final Supplier<Parser> newParser)
    {
        for (final int pieceLength : new int[]{ 1, 2, 7, 100, text.length() })
        {
            final CountingBuffer buffer = new CountingBuffer(text.getBytes(ISO_8859_1));
            final Parser parser = newParser.get();
            int position = 0;
            while (position < text.length())
            {
                final int limit = Math.min(position + pieceLength, text.length());
                final int parsed = parser.parse(buffer.buffer(), position, limit);
                assertTrue(parsed == limit, () -> "stopped at " + parsed);
                position = limit;
            }

            final long looks = buffer.bytesLookedAt();
            assertTrue(looks <= (long)LOOKS_MAX * text.length(),
                () -> looks + " looks at " + text.length() + " bytes in pieces of " + pieceLength);
        }
    }
}
