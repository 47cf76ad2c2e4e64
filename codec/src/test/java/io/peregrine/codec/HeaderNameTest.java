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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HeaderNameTest
{
    private static final String TOKEN_CHARACTERS =
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @ParameterizedTest
    @ValueSource(strings = {
        "a", "TE", "ETag", "Content-Length", "X-Fifteen-Chars", "X-Sixteen-Chars-", TOKEN_CHARACTERS
    })
    void shouldMatchInAnyCase(final String text)
    {
        final HeaderName name = HeaderName.of(text);
        assertEquals(text, name.toString());
        assertEquals(text.length(), name.length());
        assertMatches(name, text);
        assertMatches(name, text.toLowerCase(Locale.ROOT));
        assertMatches(name, text.toUpperCase(Locale.ROOT));
    }

    @Test
    void shouldTellEveryOtherByteApart()
    {
        for (final String text : new String[]{"-aB", "X-Timestamp", "^_`|~!#$", "Content-Encoding"})
        {
            final HeaderName name = HeaderName.of(text);
            final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < bytes.length; i++)
            {
                final byte original = bytes[i];
                for (int b = 0; b < 256; b++)
                {
                    bytes[i] = (byte)b;
                    final boolean isSame = b < 0x80 && Character.toLowerCase(b) == Character.toLowerCase(original);
                    assertEquals(isSame, name.equalsIgnoreCase(new UnsafeBuffer(bytes), 0, bytes.length), "byte " + b);
                }
                bytes[i] = original;
            }
        }
    }

    @Test
    void shouldCompareNoByteOutsideTheRegion()
    {
        final UnsafeBuffer exact = new UnsafeBuffer("x-timestamp".getBytes(StandardCharsets.US_ASCII));
        assertTrue(HeaderName.of("X-Timestamp").equalsIgnoreCase(exact, 0, 11));
        assertFalse(HeaderName.of("X-Timestamp").equalsIgnoreCase(exact, 0, 10));
        assertTrue(HeaderName.of("timestamp").equalsIgnoreCase(exact, 2, 9));
        assertTrue(HeaderName.of("time").equalsIgnoreCase(exact, 2, 4));
        assertThrows(
            IndexOutOfBoundsException.class, () -> HeaderName.of("X-Timestamp").equalsIgnoreCase(exact, 1, 11));
    }

    @Test
    void shouldNotWriteOutsideTheArray()
    {
        for (int length = 1; length <= 2 * HeadBuffer.SLACK; length++)
        {
            final HeaderName name = HeaderName.of("n".repeat(length));
            final byte[] bytes = new byte[Math.max(HeadBuffer.SLACK, name.linePrefixLength())];
            assertEquals(name.linePrefixLength(), name.putLinePrefix(bytes, 0));
            for (final int index : new int[]{ Integer.MIN_VALUE, -1, 1, bytes.length, Integer.MAX_VALUE })
            {
                assertThrows(IndexOutOfBoundsException.class, () -> name.putLinePrefix(bytes, index));
            }
        }
    }

    @Test
    void shouldBeEqualWhateverTheCase()
    {
        assertEquals(HeaderName.of("ETag"), HeaderName.of("etag"));
        assertEquals(HeaderName.of("ETag").hashCode(), HeaderName.of("etag").hashCode());
        assertNotEquals(HeaderName.of("ETag"), HeaderName.of("ETags"));
        assertNotEquals("ETag", HeaderName.of("ETag"));
    }

    @Test
    void shouldAcceptExactlyTheTokenCharacters()
    {
        for (char c = 0; c < 0x180; c++)
        {
            final String text = "a" + c;
            if (TOKEN_CHARACTERS.indexOf(c) >= 0)
            {
                assertEquals(text, HeaderName.of(text).toString());
            }
            else
            {
                final HttpException exception = assertThrows(HttpException.class, () -> HeaderName.of(text));
                final boolean isControl = c < ' ' || 0x7F == c;
                assertEquals(
                    isControl ? RequestError.CONTROL_CHARACTER : RequestError.INVALID_HEADER_NAME, exception.error());
            }
        }
    }

    private static void assertMatches(final HeaderName name, final String text)
    {
        final byte[] bytes = ("??" + text + "??").getBytes(StandardCharsets.US_ASCII);
        assertTrue(name.equalsIgnoreCase(new UnsafeBuffer(bytes), 2, text.length()));
        assertFalse(name.equalsIgnoreCase(new UnsafeBuffer(bytes), 2, text.length() + 1));
        assertFalse(name.equalsIgnoreCase(new UnsafeBuffer(bytes), 1, text.length()));
    }
}
