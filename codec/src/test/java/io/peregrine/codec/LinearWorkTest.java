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
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;
import java.util.function.Supplier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each byte is looked at a few times at the most, however the stream is cut: n bytes one at a time cost O(n). */
class LinearWorkTest
{
    private static final int LOOKS_MAX = 3;
    private static final int RANDOM_CUTS = 20;
    private static final int HEADERS = 40;
    private static final String FORTY_HEADERS =
        "HTTP/1.1 200 OK\r\n" + ("X-Name: " + "value ".repeat(10) + "\r\n").repeat(HEADERS);

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

    @Test
    void shouldScanAWholeResponseOnce()
    {
        thenWorkIsLinear(FORTY_HEADERS + "Content-Length: 0\r\n\r\n", LinearWorkTest::responseParser);
        thenWorkIsLinear(FORTY_HEADERS + "Transfer-Encoding: chunked\r\n\r\n" +
            "10\r\n0123456789abcdef\r\n".repeat(100) + "0\r\nChecksum: 1234\r\n\r\n", LinearWorkTest::responseParser);
    }

    /**
     * A reader owns its memory, where nobody can count. So every byte that it has taken, as soon as the line it is part
     * of has ended, is overwritten: a reader that looked at one again would come to another verdict. And it takes each
     * byte when it comes: one that waited for the rest of a line would begin with that line again and again.
     */
    @Test
    void shouldNotLookAgainAtWhatTheReaderHasTaken()
    {
        thenTakenBytesAreNotLookedAtAgain(FORTY_HEADERS + "Content-Length: 5\r\n\r\n", "hello", 5);
        thenTakenBytesAreNotLookedAtAgain("HTTP/1.1 100 Continue\r\n\r\n" + FORTY_HEADERS +
            "Transfer-Encoding: chunked\r\n\r\n", "5\r\nhello\r\n7;name=value\r\n, world\r\n0\r\nA: b\r\n\r\n", 12);
    }

    private static void thenTakenBytesAreNotLookedAtAgain(final String head, final String body, final int bodyLength)
    {
        final byte[] bytes = (head + body).getBytes(ISO_8859_1);
        final UnsafeBuffer source = new UnsafeBuffer(bytes);
        final ResponseReader reader = new ResponseReader(ResponseReader.CAPACITY_DEFAULT, ResponseLimits.DEFAULT);
        reader.expect(HttpMethod.GET);
        for (int i = 0; i < bytes.length; i++)
        {
            assertEquals(1, reader.read(source, i, 1), () -> reader.state() + " " + reader.errorDetail());
            assertEquals(i + 1, reader.bytesConsumed(), "held back");
            if ('\n' == bytes[i] || i >= head.length())
            {
                reader.buffer().setMemory(0, reader.receiveOffset(), (byte)0);
            }
        }

        assertEquals(ReadState.COMPLETE, reader.state());
        assertEquals(bytes.length, reader.bytesConsumed());
        assertEquals(HEADERS + 1, reader.response().headerCount());
        assertEquals(bodyLength, reader.response().bodyLength());
        assertTrue(reader.isReusable());
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

    /** Status line, fields with all that is read of them, and chunks, each from where the one before ended. */
    private static Parser responseParser()
    {
        final StatusLineParser statusLine = new StatusLineParser(false);
        final MessageFraming framing = new MessageFraming();
        framing.reset();
        final FieldParser fields = new FieldParser(framing::onField, false);
        final Parser chunks = chunkedDecoder();
        return (buffer, offset, limit) ->
        {
            int position = statusLine.isDone() ? offset : statusLine.parse(buffer, offset, limit);
            position = fields.isDone() ? position : fields.parse(buffer, position, limit);
            return fields.isDone() && position < limit ? chunks.parse(buffer, position, limit) : position;
        };
    }

    private static void thenWorkIsLinear(final String text, final Supplier<Parser> newParser)
    {
        for (final int pieceLength : new int[]{ 1, 2, 7, 100, text.length() })
        {
            thenWorkIsLinear(text, newParser.get(), Segmentation.piecesOf(pieceLength), "pieces of " + pieceLength);
        }
        for (int seed = 0; seed < RANDOM_CUTS; seed++)
        {
            thenWorkIsLinear(text, newParser.get(), Segmentation.random(new SplittableRandom(seed)), "seed " + seed);
        }
    }

    private static void thenWorkIsLinear(
        final String text, final Parser parser, final Segmentation segmentation, final String cuts)
    {
        final CountingBuffer buffer = new CountingBuffer(text.getBytes(ISO_8859_1));
        int position = 0;
        while (position < text.length())
        {
            final int limit = (int)Math.min((long)position + segmentation.lengthAt(position), text.length());
            final int parsed = parser.parse(buffer.buffer(), position, limit);
            assertEquals(limit, parsed, "stopped");
            position = limit;
        }

        final long looks = buffer.bytesLookedAt();
        assertTrue(looks <= (long)LOOKS_MAX * text.length(),
            () -> looks + " looks at " + text.length() + " bytes, " + cuts);
    }
}
