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

/**
 * Encodes text as UTF-8 without allocation, and refuses what UTF-8 cannot express (RFC 3629 section 3).
 */
final class Utf8
{
    /** Says that the text has half of a surrogate pair. */
    static final int UNPAIRED_SURROGATE = -1;

    private Utf8()
    {
    }

    /**
     * Code point at an index; it takes two characters if it is supplementary.
     *
     * @return the code point, or {@link #UNPAIRED_SURROGATE}.
     */
    static int codePointAt(final CharSequence text, final int index)
    {
        final char c = text.charAt(index);
        if (!Character.isSurrogate(c))
        {
            return c;
        }

        if (Character.isHighSurrogate(c) && index + 1 < text.length())
        {
            final char low = text.charAt(index + 1);
            if (Character.isLowSurrogate(low))
            {
                return Character.toCodePoint(c, low);
            }
        }
        return UNPAIRED_SURROGATE;
    }

    /** Number of bytes of one code point. */
    static int length(final int codePoint)
    {
        if (codePoint < 0x80)
        {
            return 1;
        }
        if (codePoint < 0x800)
        {
            return 2;
        }
        return codePoint < Character.MIN_SUPPLEMENTARY_CODE_POINT ? 3 : 4;
    }

    /**
     * Packs the bytes of one code point, the first in the lowest eight bits.
     *
     * @return as many bytes as {@link #length(int)} says.
     */
    static int pack(final int codePoint)
    {
        return switch (length(codePoint))
        {
            case 1 -> codePoint;
            case 2 -> 0xC0 | codePoint >> 6 | trail(codePoint) << 8;
            case 3 -> 0xE0 | codePoint >> 12 | trail(codePoint >> 6) << 8 | trail(codePoint) << 16;
            default -> 0xF0 | codePoint >> 18 | trail(codePoint >> 12) << 8 | trail(codePoint >> 6) << 16 |
                trail(codePoint) << 24;
        };
    }

    private static int trail(final int bits)
    {
        return 0x80 | bits & 0x3F;
    }

    /**
     * Number of bytes that a text takes.
     *
     * @return length in bytes, or {@link #UNPAIRED_SURROGATE}.
     */
    static long encodedLength(final CharSequence text)
    {
        long encodedLength = 0;
        final int length = text.length();
        int i = 0;
        while (i < length)
        {
            final int codePoint = codePointAt(text, i);
            if (UNPAIRED_SURROGATE == codePoint)
            {
                return UNPAIRED_SURROGATE;
            }
            encodedLength += length(codePoint);
            i += Character.charCount(codePoint);
        }
        return encodedLength;
    }

    /**
     * Encodes a text that has no unpaired surrogate and fits.
     *
     * @return index behind the last byte.
     */
    static int encode(final byte[] bytes, final int offset, final CharSequence text)
    {
        final int length = text.length();
        int index = offset;
        int i = 0;
        while (i < length)
        {
            final int codePoint = codePointAt(text, i);
            int packed = pack(codePoint);
            for (int remaining = length(codePoint); remaining > 0; remaining--)
            {
                bytes[index++] = (byte)packed;
                packed >>>= Byte.SIZE;
            }
            i += Character.charCount(codePoint);
        }
        return index;
    }
}
