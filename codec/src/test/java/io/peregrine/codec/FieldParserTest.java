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

import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The parser keeps to the region it is given and to its sink; which lines it accepts is in {@link FieldCases}. */
class FieldParserTest
{
    private static final String FIELDS = "Name:  value \t\r\nn:\r\n\r\n";
    private static final int OFFSET = 11;

    private final List<String> fields = new ArrayList<>();
    private final UnsafeBuffer buffer =
        new UnsafeBuffer(("\0".repeat(OFFSET) + FIELDS + "\0".repeat(OFFSET)).getBytes(ISO_8859_1));

    @Test
    void shouldHandOverFieldsInPlace()
    {
        final FieldParser parser = new FieldParser(this::onField, false);

        assertEquals(OFFSET + FIELDS.length(), parser.parse(buffer, OFFSET, buffer.capacity()));
        assertTrue(parser.isDone());
        assertEquals(List.of("Name=value", "n="), fields);
    }

    @Test
    void shouldStopAtTheLimitAndGoOnFromThere()
    {
        for (int length = 0; length < FIELDS.length(); length++)
        {
            final FieldParser parser = new FieldParser(this::onField, false);
            fields.clear();

            assertEquals(OFFSET + length, parser.parse(buffer, OFFSET, OFFSET + length));
            assertFalse(parser.isDone());
            assertNull(parser.error());
            assertEquals(OFFSET + length, parser.parse(buffer, OFFSET + length, OFFSET + length));
            assertEquals(OFFSET + FIELDS.length(), parser.parse(buffer, OFFSET + length, OFFSET + FIELDS.length()));
            assertTrue(parser.isDone());
            assertEquals(List.of("Name=value", "n="), fields);
        }
    }

    @Test
    void shouldTakeNothingBehindTheBlankLine()
    {
        final FieldParser parser = new FieldParser(null, false);
        final int end = parser.parse(buffer, OFFSET, buffer.capacity());

        assertEquals(end, parser.parse(buffer, end, buffer.capacity()));
        assertNull(parser.error());
    }

    @Test
    void shouldStopAtAFieldThatTheSinkRefuses()
    {
        final FieldParser parser = new FieldParser(
            (source, nameOffset, nameLength, valueOffset, valueLength) -> ResponseError.TOO_MANY_HEADERS, false);

        assertEquals(OFFSET + FIELDS.indexOf('\n'), parser.parse(buffer, OFFSET, buffer.capacity()));
        assertEquals(ResponseError.TOO_MANY_HEADERS, parser.error());
        assertFalse(parser.isDone());
    }

    @Test
    void shouldForgetAFailureOnReset()
    {
        final FieldParser parser = new FieldParser(null, false);
        assertEquals(0, parser.parse(buffer, 0, buffer.capacity()));
        assertEquals(ResponseError.MALFORMED_HEADER_NAME, parser.error());

        parser.reset();

        assertNull(parser.error());
        assertEquals(OFFSET + FIELDS.length(), parser.parse(buffer, OFFSET, buffer.capacity()));
    }

    private ResponseError onField(
        final DirectBuffer source,
        final int nameOffset,
        final int nameLength,
        final int valueOffset,
        final int valueLength)
    {
        fields.add(text(nameOffset, nameLength) + "=" + text(valueOffset, valueLength));
        return null;
    }

    private String text(final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, ISO_8859_1);
    }
}
