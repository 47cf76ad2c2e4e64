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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Lines that look as usual are taken at once when they are off-heap, while those of an array go through the single
 * steps: both ways say the same of every head, byte for byte.
 */
class UsualLineTest
{
    private static final String USUAL =
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Y: a b\r\nContent-Length: 12345678\r\n\r\n{\"a\":1}";
    private static final int BYTE_VALUES = 256;
    private static final String NONE_REFUSED = "";

    static List<ResponseCase> corpus()
    {
        return ResponseCorpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldAgreeWhereverTheReadStops(final ResponseCase response)
    {
        final byte[] bytes = response.bytes();
        for (int cut = 0; cut <= bytes.length; cut++)
        {
            thenBothWaysAgree(bytes, cut);
        }
    }

    @Test
    void shouldAgreeWhicheverByteIsUnusual()
    {
        final byte[] bytes = USUAL.getBytes(ISO_8859_1);
        for (int i = 0; i < bytes.length; i++)
        {
            final byte usual = bytes[i];
            for (int value = 0; value < BYTE_VALUES; value++)
            {
                bytes[i] = (byte)value;
                thenBothWaysAgree(bytes, bytes.length);
            }
            bytes[i] = usual;
        }
    }

    @Test
    void shouldAgreeOnEachByteLeftOutOrDoubled()
    {
        for (int i = 0; i < USUAL.length(); i++)
        {
            thenBothWaysAgree((USUAL.substring(0, i) + USUAL.substring(i + 1)).getBytes(ISO_8859_1), i);
            thenBothWaysAgree((USUAL.substring(0, i + 1) + USUAL.substring(i)).getBytes(ISO_8859_1), i);
        }
    }

    @Test
    void shouldAgreeWhicheverFieldIsRefused()
    {
        final byte[] bytes = USUAL.getBytes(ISO_8859_1);
        for (final String name : List.of("Content-Type", "X-Y", "Content-Length"))
        {
            final int lineFeed = USUAL.indexOf('\n', USUAL.indexOf(name));
            for (int cut = 0; cut <= bytes.length; cut++)
            {
                final String found = parse(offHeap(bytes), cut, false, name);

                assertTrue(found.endsWith("] " + lineFeed + " false " + ResponseError.TOO_MANY_HEADERS), found);
                assertEquals(parse(new UnsafeBuffer(bytes), cut, false, name), found);
            }
        }
    }

    @Test
    void shouldSayOfTheUsualHeadWhatItSays()
    {
        final byte[] bytes = USUAL.getBytes(ISO_8859_1);

        assertEquals(
            "200 1 OK 17 null [Content-Type=text/plain][X-Y=a b][Content-Length=12345678] " +
            USUAL.indexOf('{') + " true null",
            parse(offHeap(bytes), bytes.length, false));
    }

    private static void thenBothWaysAgree(final byte[] bytes, final int cut)
    {
        final DirectBuffer array = new UnsafeBuffer(bytes);
        final DirectBuffer memory = offHeap(bytes);

        assertEquals(parse(array, cut, false), parse(memory, cut, false), () -> new String(bytes, ISO_8859_1));
        assertEquals(parse(array, cut, true), parse(memory, cut, true), () -> new String(bytes, ISO_8859_1));
    }

    private static DirectBuffer offHeap(final byte[] bytes)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(bytes.length, Long.BYTES));
        buffer.putBytes(0, bytes);

        return buffer;
    }

    private static String parse(final DirectBuffer buffer, final int cut, final boolean isBareLineFeedAllowed)
    {
        return parse(buffer, cut, isBareLineFeedAllowed, NONE_REFUSED);
    }

    /** Parses up to the cut, then to the end, unless a field is refused; all that was found, as text. */
    private static String parse(
        final DirectBuffer buffer, final int cut, final boolean isBareLineFeedAllowed, final String refusedName)
    {
        final StringBuilder found = new StringBuilder();
        final StatusLineParser statusLine = new StatusLineParser(isBareLineFeedAllowed);
        final FieldParser fields = new FieldParser(
            (source, nameOffset, nameLength, valueOffset, valueLength) ->
            {
                final String name = text(source, nameOffset, nameLength);
                found.append('[').append(name).append('=')
                    .append(text(source, valueOffset, valueLength)).append(']');
                return refusedName.equals(name) ? ResponseError.TOO_MANY_HEADERS : null;
            },
            isBareLineFeedAllowed);

        int position = 0;
        for (final int limit : new int[]{ cut, buffer.capacity() })
        {
            if (!statusLine.isDone() && null == statusLine.error())
            {
                position = statusLine.parse(buffer, position, limit);
                found.append(statusLine.isDone() ? describe(buffer, statusLine, position) : "");
            }
            if (statusLine.isDone() && null == fields.error())
            {
                position = fields.parse(buffer, position, limit);
            }
        }

        return found.append(' ').append(position).append(' ').append(fields.isDone()).append(' ')
            .append(null == statusLine.error() ? fields.error() : statusLine.error()).toString();
    }

    private static String describe(final DirectBuffer buffer, final StatusLineParser line, final int position)
    {
        return line.status() + " " + line.minorVersion() + " " +
            text(buffer, line.reasonOffset(), line.reasonLength()) + " " + position + " " + line.error() + " ";
    }

    private static String text(final DirectBuffer buffer, final int offset, final int length)
    {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        return new String(bytes, ISO_8859_1);
    }
}
