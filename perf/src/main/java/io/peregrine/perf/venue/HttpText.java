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
package io.peregrine.perf.venue;

import java.nio.charset.StandardCharsets;

/** The rules of RFC 9110 section 5.6 for single bytes and short words, over plain arrays. */
final class HttpText
{
    /** The value is no decimal number that fits an int. */
    static final int MALFORMED = -1;

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    private static final int MAX_DIGITS = 9;
    private static final boolean[] IS_TOKEN = new boolean[256];

    static
    {
        for (int b = 0; b < IS_TOKEN.length; b++)
        {
            final boolean isLetter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
            IS_TOKEN[b] = isLetter || (b >= '0' && b <= '9') || TOKEN_MARKS.indexOf(b) >= 0;
        }
    }

    private HttpText()
    {
    }

    static byte[] ascii(final String text)
    {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isToken(final byte b)
    {
        return IS_TOKEN[b & 0xFF];
    }

    /** What a field value may hold: visible characters, space, tab and the bytes above ASCII. */
    static boolean isFieldValue(final byte b)
    {
        final int unsigned = b & 0xFF;
        return unsigned >= ' ' ? unsigned != 0x7F : unsigned == '\t';
    }

    static boolean isVisible(final byte b)
    {
        return b > ' ' && b < 0x7F;
    }

    static boolean isBlank(final byte b)
    {
        return b == ' ' || b == '\t';
    }

    static int indexOf(final byte[] buffer, final int offset, final int limit, final byte wanted)
    {
        for (int i = offset; i < limit; i++)
        {
            if (buffer[i] == wanted)
            {
                return i;
            }
        }

        return -1;
    }

    static boolean equals(final byte[] buffer, final int offset, final int limit, final byte[] text)
    {
        if (limit - offset != text.length)
        {
            return false;
        }

        for (int i = 0; i < text.length; i++)
        {
            if (buffer[offset + i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    /** Compares without regard to case; the text must be in lower case already. */
    static boolean equalsIgnoreCase(final byte[] buffer, final int offset, final int limit, final byte[] lowerCaseText)
    {
        if (limit - offset != lowerCaseText.length)
        {
            return false;
        }

        for (int i = 0; i < lowerCaseText.length; i++)
        {
            if (lowerCase(buffer[offset + i]) != lowerCaseText[i])
            {
                return false;
            }
        }

        return true;
    }

    /** Whether a comma-separated list (RFC 9110 section 5.6.1) has the element, which must be in lower case. */
    static boolean listContains(final byte[] buffer, final int offset, final int limit, final byte[] lowerCaseElement)
    {
        int elementOffset = offset;
        while (elementOffset < limit)
        {
            final int comma = indexOf(buffer, elementOffset, limit, (byte)',');
            final int elementLimit = comma < 0 ? limit : comma;
            final int trimmedOffset = skipBlanks(buffer, elementOffset, elementLimit);
            if (equalsIgnoreCase(
                buffer, trimmedOffset, dropBlanks(buffer, trimmedOffset, elementLimit), lowerCaseElement))
            {
                return true;
            }

            elementOffset = elementLimit + 1;
        }

        return false;
    }

    static int skipBlanks(final byte[] buffer, final int offset, final int limit)
    {
        int i = offset;
        while (i < limit && isBlank(buffer[i]))
        {
            i++;
        }

        return i;
    }

    static int dropBlanks(final byte[] buffer, final int offset, final int limit)
    {
        int i = limit;
        while (i > offset && isBlank(buffer[i - 1]))
        {
            i--;
        }

        return i;
    }

    /** The number, or {@link #MALFORMED} for anything but one to nine digits after leading zeros. */
    static int decimal(final byte[] buffer, final int offset, final int limit)
    {
        int start = offset;
        while (start < limit - 1 && buffer[start] == '0')
        {
            start++;
        }

        if (start >= limit || limit - start > MAX_DIGITS)
        {
            return MALFORMED;
        }

        int value = 0;
        for (int i = start; i < limit; i++)
        {
            final int digit = buffer[i] - '0';
            if (digit < 0 || digit > 9)
            {
                return MALFORMED;
            }

            value = value * 10 + digit;
        }

        return value;
    }

    /** The value of a hexadecimal digit, or {@link #MALFORMED}. */
    static int hexDigit(final byte b)
    {
        return Character.digit(b, 16);
    }

    private static byte lowerCase(final byte b)
    {
        return b >= 'A' && b <= 'Z' ? (byte)(b + ('a' - 'A')) : b;
    }
}
