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
 * Percent-encodes text as UTF-8 (RFC 3986 section 2.1), keeping unreserved characters.
 */
final class PercentEncoder
{
    private static final int TRIPLET_LENGTH = 3;

    private PercentEncoder()
    {
    }

    /**
     * Number of bytes that an encoded text takes.
     *
     * @return length in bytes, or {@link Utf8#UNPAIRED_SURROGATE}.
     */
    static long encodedLength(final CharSequence text)
    {
        final int length = text.length();
        long encodedLength = 0;
        int i = 0;
        while (i < length)
        {
            if (HttpCharacters.is(text.charAt(i), HttpCharacters.UNRESERVED))
            {
                encodedLength++;
                i++;
            }
            else
            {
                final int codePoint = Utf8.codePointAt(text, i);
                if (Utf8.UNPAIRED_SURROGATE == codePoint)
                {
                    return Utf8.UNPAIRED_SURROGATE;
                }
                encodedLength += (long)TRIPLET_LENGTH * Utf8.length(codePoint);
                i += Character.charCount(codePoint);
            }
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
            final char c = text.charAt(i);
            if (HttpCharacters.is(c, HttpCharacters.UNRESERVED))
            {
                bytes[index++] = (byte)c;
                i++;
            }
            else
            {
                final int codePoint = Utf8.codePointAt(text, i);
                index = encode(bytes, index, codePoint);
                i += Character.charCount(codePoint);
            }
        }
        return index;
    }

    private static int encode(final byte[] bytes, final int offset, final int codePoint)
    {
        int index = offset;
        int packed = Utf8.pack(codePoint);
        for (int remaining = Utf8.length(codePoint); remaining > 0; remaining--)
        {
            bytes[index] = '%';
            bytes[index + 1] = HttpCharacters.hexDigit(packed >> 4);
            bytes[index + 2] = HttpCharacters.hexDigit(packed);
            index += TRIPLET_LENGTH;
            packed >>>= Byte.SIZE;
        }
        return index;
    }
}
