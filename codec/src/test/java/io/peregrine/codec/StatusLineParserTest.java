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

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The parser keeps to the region it is given; which lines it accepts is in {@link StatusLineCases}. */
class StatusLineParserTest
{
    private static final String LINE = "HTTP/1.1 404 Not Found\r\n";

    private final StatusLineParser parser = new StatusLineParser(false);

    @Test
    void shouldParseALineThatStartsAnywhere()
    {
        for (int offset = 0; offset < 40; offset++)
        {
            final UnsafeBuffer buffer = new UnsafeBuffer(("\0".repeat(offset) + LINE + "\0").getBytes(ISO_8859_1));
            final int limit = offset + LINE.length();
            parser.reset();

            assertEquals(limit, parser.parse(buffer, offset, limit));
            assertTrue(parser.isDone());
            assertEquals(404, parser.status());
            assertEquals(offset + LINE.indexOf("Not"), parser.reasonOffset());
            assertEquals("Not Found".length(), parser.reasonLength());
        }
    }

    @Test
    void shouldNotLookBehindTheLimit()
    {
        final int offset = 30;
        final UnsafeBuffer buffer = new UnsafeBuffer(("\0".repeat(offset) + LINE).getBytes(ISO_8859_1));
        for (int length = 0; length < LINE.length(); length++)
        {
            parser.reset();

            assertEquals(offset + length, parser.parse(buffer, offset, offset + length));
            assertFalse(parser.isDone());
            assertEquals(offset + LINE.length(), parser.parse(buffer, offset + length, offset + LINE.length()));
            assertTrue(parser.isDone());
        }
    }

    @Test
    void shouldStopAtTheFault()
    {
        final UnsafeBuffer buffer = new UnsafeBuffer("\0\0\0HTTP/2.0 200 OK\r\n".getBytes(ISO_8859_1));

        assertEquals(8, parser.parse(buffer, 3, buffer.capacity()));
        assertEquals(ResponseError.UNSUPPORTED_HTTP_VERSION, parser.error());
    }
}
