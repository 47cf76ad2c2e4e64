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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static io.peregrine.codec.ResponseCase.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which heads are known without parsing. That nothing else differs is for {@link ResponseSequenceTest} to say. */
class HeadMemoryTest
{
    private static final int CAPACITY = 4096;
    private static final int BYTE_VALUES = 256;
    /** What white space, the end of a line and DEL are when they lose their high bit. */
    private static final String OBSOLETE_TEXT = "\u00A0\u008D\u00FF";
    private static final String HEAD = head("Date: Sat, 28 Nov 2026 21:43:56 GMT", "X-Id:\t a1 \t",
        "X-Text: " + OBSOLETE_TEXT, "Content-Length: 33");

    private final UnsafeBuffer buffer =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(CAPACITY, Long.BYTES));
    private final MessageFraming framing = new MessageFraming();
    private HeaderTable headers;
    private HeadMemory memory;

    @BeforeEach
    void startAnew()
    {
        headers = new HeaderTable(CAPACITY);
        memory = new HeadMemory(CAPACITY, headers, framing);
    }

    @Test
    void shouldKnowAHeadThatComesAgain()
    {
        for (final String head : List.of(HEAD, head(), "HTTP/1.0 404\r\n\r\n", head("A: b", "Connection: close"),
            head("Empty:", "Spaces:   ", "Keep-Alive: timeout=5, max=100")))
        {
            startAnew();
            assertFalse(isKnown(head));
            assertTrue(isKnown(head), head);
            assertTrue(isKnown(head), head);
        }
    }

    @Test
    void shouldTakeWhatDiffersFromTheNewHead()
    {
        assertFalse(isKnown(HEAD));

        assertTrue(isKnown(HEAD.replace("Sat, 28", "Sun, 29").replace("a1", "Zz").replace(": 33", ": 07")));

        assertEquals(7, framing.contentLength());
        assertEquals(4, headers.size());
        assertEquals("Sun, 29 Nov 2026 21:43:56 GMT", text(headers.value(0)));
        assertEquals("X-Id", text(headers.name(1)));
        assertEquals("Zz", text(headers.value(1)));
    }

    @Test
    void shouldKnowAHeadOnlyIfVisibleBytesOfValuesDiffer()
    {
        for (int i = 0; i < HEAD.length(); i++)
        {
            for (int value = 0; value < BYTE_VALUES; value++)
            {
                rememberHead();
                final char old = HEAD.charAt(i);
                final boolean isVisible = value > ' ' && 0x7F != value;
                final boolean isAccepted = old == value || (isOfValue(i) && isVisible && isOfFraming(i, value));

                assertEquals(isAccepted, recall(HEAD.substring(0, i) + (char)value + HEAD.substring(i + 1)),
                    () -> "other byte instead of " + old);
            }
        }
    }

    private static boolean isOfValue(final int index)
    {
        return List.of("Sat, 28 Nov 2026 21:43:56 GMT", "a1", OBSOLETE_TEXT, "33").stream().anyMatch((value) ->
            index >= HEAD.indexOf(value) && index < HEAD.indexOf(value) + value.length());
    }

    /** The length of the body has to be one. */
    private static boolean isOfFraming(final int index, final int value)
    {
        return index < HEAD.indexOf("33") || Character.isDigit(value);
    }

    @Test
    void shouldNotKnowAHeadOfAnotherShape()
    {
        for (final String other : List.of(
            HEAD.replace("a1", "a12"), HEAD.replace("a1", "a"), HEAD.replace("200", "201"),
            HEAD.replace("X-Id", "X-iD"), HEAD.replace("1.1", "1.0"), HEAD.replace("33\r\n", "33\r\nA: b\r\n"),
            HEAD.replace(" 33", "33 ")))
        {
            rememberHead();
            assertFalse(recall(other), other);
            assertEquals(0, headers.size());
            assertEquals(-1, framing.contentLength());
        }
    }

    @Test
    void shouldNotKnowAHeadThatHasNotComeWhole()
    {
        for (int length = 0; length < HEAD.length(); length++)
        {
            rememberHead();
            assertEquals(0, memory.recall(buffer, length));
            assertFalse(recall(HEAD), "another head may have been parsed since");
        }
    }

    @Test
    void shouldUndoWhatAHeadThatIsRefusedSaidBefore()
    {
        final String head = head("Connection: close", "Content-Length: 5", "Content-Length: 5");
        assertFalse(isKnown(head));

        assertFalse(recall(head.replaceFirst("5", "6")));

        assertEquals(0, headers.size());
        assertEquals(-1, framing.contentLength());
        assertTrue(framing.isKeepAlive(1, 200));
    }

    @Test
    void shouldReadTheFramingAnewWhereverTheHeadDiffersToo()
    {
        final String head = head("X-Id: 0123456", "Connection: alive", "Content-Length: 33", "X-Id: 0123456");
        assertFalse(isKnown(head));

        assertTrue(isKnown(head.replace("alive", "close").replace("012", "987")));
        assertEquals(33, framing.contentLength());
        assertFalse(framing.isKeepAlive(1, 200));

        assertTrue(isKnown(head.replace("33", "44").replace("456", "543")));
        assertEquals(44, framing.contentLength());
        assertTrue(framing.isKeepAlive(1, 200));
    }

    @Test
    void shouldReadTheFramingAnewOnlyWhereItDiffers()
    {
        assertFalse(isKnown(head("Content-Length: 12345678")));
        assertTrue(isKnown(head("Content-Length: 12345678")));
        final String head = head("Content-Lengti: 12345678", "Content-Length: 33");
        assertFalse(isKnown(head));
        assertTrue(isKnown(head.replace("33", "44")));

        forgetWhereFieldsAre();
        assertTrue(isKnown(head.replace("12345678", "87654321")));

        assertEquals(33, framing.contentLength());
    }

    /** Whoever looks for a field of the framing finds none after that. */
    private void forgetWhereFieldsAre()
    {
        headers.clear();
        while (!headers.isFull())
        {
            headers.add(0, 0);
        }
    }

    @Test
    void shouldRememberAtOnceWhatFollowsAHeadThatWasOfUse()
    {
        final String other = head("A: b");
        for (int i = 0; i < 10; i++)
        {
            assertFalse(isKnown(HEAD));
            assertTrue(isKnown(HEAD));
            assertFalse(isKnown(other));
            assertTrue(isKnown(other));
        }
    }

    @Test
    void shouldLetAsFewHeadsPassAsAtFirstOnceAHeadWasOfUse()
    {
        final String other = head("A: b");
        for (int i = 0; i < 3; i++)
        {
            assertFalse(isKnown(HEAD), "remembered");
            assertTrue(isKnown(HEAD));
            assertFalse(isKnown(head("N: x")), "remembered, of no use");
            assertFalse(isKnown(other), "passes");
            assertFalse(isKnown(other), "remembered");
            assertTrue(isKnown(other));
        }
    }

    @Test
    void shouldLetMoreAndMoreHeadsPassThatAreOfNoUse()
    {
        final int heads = 3 * HeadMemory.PAUSE_MAX + 2;
        final List<Integer> remembered = IntStream.range(0, heads).filter((count) ->
        {
            startAnew();
            for (int i = 0; i < count; i++)
            {
                isKnown(head("N" + i + ": x"));
            }
            return !isKnown(head("A: b")) && isKnown(head("A: b"));
        }).boxed().toList();

        assertEquals(List.of(0, 2, 6, 14, 30, 62, 126, 254, 510, 766), remembered);
    }

    @Test
    void shouldNotRememberLongHeads()
    {
        final String longest = head("A: " + "b".repeat(HeadMemory.LENGTH_MAX - head("A: ").length()));
        assertFalse(isKnown(longest.replace("A", "AA")));
        assertFalse(isKnown(longest.replace("A", "AA")));

        assertFalse(isKnown(longest));
        assertTrue(isKnown(longest.replace("bbb", "cbd")));
    }

    @Test
    void shouldNotRememberMoreFieldsOfTheFramingThanItHasRoomFor()
    {
        final String line = "Connection: keep-alive\r\n";
        final String head = "HTTP/1.1 200 OK\r\n" + line.repeat(HeadMemory.FRAMING_FIELDS_MAX);
        assertFalse(isKnown(head + line + "\r\n"));
        assertFalse(isKnown(head + line + "\r\n"));

        assertFalse(isKnown(head + "\r\n"));
        assertTrue(isKnown(head + "\r\n"));
    }

    private void rememberHead()
    {
        startAnew();
        assertFalse(isKnown(HEAD));
    }

    /** Parses and remembers the head if it is not known. */
    private boolean isKnown(final String head)
    {
        if (recall(head))
        {
            return true;
        }

        final StatusLineParser statusLine = new StatusLineParser(false);
        final FieldParser fields = new FieldParser(this::onField, false);
        final int offset = statusLine.parse(buffer, 0, head.length());
        assertEquals(head.length(), fields.parse(buffer, offset, head.length()));
        assertTrue(fields.isDone());
        memory.remember(buffer, head.length());
        return false;
    }

    private ResponseError onField(
        final DirectBuffer source,
        final int nameOffset,
        final int nameLength,
        final int valueOffset,
        final int valueLength)
    {
        headers.add(nameOffset, nameLength, valueOffset, valueLength);
        return framing.onField(source, nameOffset, nameLength, valueOffset, valueLength);
    }

    /** Looks at a head with rubbish behind it. */
    private boolean recall(final String head)
    {
        headers.clear();
        framing.reset();
        buffer.putBytes(0, head.getBytes(ISO_8859_1));
        buffer.setMemory(head.length(), Long.BYTES, (byte)'\n');
        final int length = memory.recall(buffer, head.length());
        assertEquals(0 == length ? 0 : head.length(), length);
        return length > 0;
    }

    private String text(final long slice)
    {
        final byte[] bytes = new byte[Slice.length(slice)];
        buffer.getBytes(Slice.offset(slice), bytes);
        return new String(bytes, ISO_8859_1);
    }
}
