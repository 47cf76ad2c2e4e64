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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Which bytes may stand where in a message head; one table for single bytes, and tests of eight bytes at once.
 */
final class HttpCharacters
{
    /** What the index searches return when every byte is allowed. */
    static final int NOT_FOUND = -1;

    /** RFC 9110 section 5.6.2 tchar. */
    static final byte TOKEN = 1;
    /** RFC 9110 section 5.5: visible ASCII, space and horizontal tab. */
    static final byte FIELD_TEXT = 2;
    /** RFC 9110 section 5.5: field text and obs-text, the bytes 0x80 to 0xFF. */
    static final byte FIELD_VALUE = 4;
    /** RFC 3986 section 2.3 unreserved: stays as it is in a query parameter. */
    static final byte UNRESERVED = 8;
    /** Visible ASCII without '#': what a request target may have. */
    static final byte TARGET = 16;
    /** 0x00 to 0x1F and 0x7F. */
    static final byte CONTROL = 32;

    /** Eight bytes of an array, in whatever order: the tests look at each on its own. */
    private static final VarHandle WORDS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;
    private static final long HIGH_BIT = 0x8080808080808080L;
    private static final long SPACE_TO_HIGH_BIT = 0x6060606060606060L;
    private static final long VISIBLE_TO_HIGH_BIT = 0x5F5F5F5F5F5F5F5FL;
    private static final long HASHES = 0x2323232323232323L;
    private static final long DELETE_TO_HIGH_BIT = 0x0101010101010101L;
    private static final long UPPER_A_TO_HIGH_BIT = 0x3F3F3F3F3F3F3F3FL;
    private static final long ABOVE_UPPER_Z_TO_HIGH_BIT = 0x2525252525252525L;

    private static final byte[] CLASSES = new byte[256];
    private static final byte[] HEX_DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

    static
    {
        for (int b = 0; b < 256; b++)
        {
            final boolean isControl = b < ' ' || 0x7F == b;
            final boolean isVisible = b > ' ' && b < 0x7F;
            final boolean isLetterOrDigit = b < 0x80 && (b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' ||
                b >= 'a' && b <= 'z');

            mark(b, CONTROL, isControl);
            mark(b, TARGET, isVisible && '#' != b);
            mark(b, FIELD_TEXT, isVisible || ' ' == b || '\t' == b);
            mark(b, FIELD_VALUE, isVisible || ' ' == b || '\t' == b || b >= 0x80);
            mark(b, TOKEN, isLetterOrDigit || isVisible && "!#$%&'*+-.^_`|~".indexOf(b) >= 0);
            mark(b, UNRESERVED, isLetterOrDigit || isVisible && "-._~".indexOf(b) >= 0);
        }
    }

    private HttpCharacters()
    {
    }

    private static void mark(final int b, final byte characterClass, final boolean isMember)
    {
        if (isMember)
        {
            CLASSES[b] |= characterClass;
        }
    }

    /** Whether a byte belongs to one of the classes, which may be joined by {@code |}. */
    static boolean is(final byte b, final int classes)
    {
        return 0 != (CLASSES[b & 0xFF] & classes);
    }

    /** Whether a character is ASCII and belongs to one of the classes. */
    static boolean is(final char c, final int classes)
    {
        return c < 0x80 && 0 != (CLASSES[c] & classes);
    }

    static boolean isToken(final byte b)
    {
        return is(b, TOKEN);
    }

    static boolean isFieldValueByte(final byte b)
    {
        return is(b, FIELD_VALUE);
    }

    static boolean isControl(final byte b)
    {
        return is(b, CONTROL);
    }

    static byte toLowerCase(final byte b)
    {
        return b >= 'A' && b <= 'Z' ? (byte)(b | 0x20) : b;
    }

    /** Lower-cases the ASCII letters among eight bytes and leaves every other byte alone. */
    static long toLowerCase(final long word)
    {
        final long heptets = word & LOW_BITS;
        final long isUpper = ((heptets + UPPER_A_TO_HIGH_BIT) ^ (heptets + ABOVE_UPPER_Z_TO_HIGH_BIT)) &
            ~word & HIGH_BIT;
        return word | (isUpper >>> 2);
    }

    /** High bit of each of eight bytes that is a control character; a horizontal tab counts as one. */
    static long controlBits(final long word)
    {
        final long heptets = word & LOW_BITS;
        return (~(heptets + SPACE_TO_HIGH_BIT) | (heptets + DELETE_TO_HIGH_BIT)) & ~word & HIGH_BIT;
    }

    /** High bit of each of eight bytes that is a space or a control character. */
    static long spaceOrControlBits(final long word)
    {
        final long heptets = word & LOW_BITS;
        return (~(heptets + VISIBLE_TO_HIGH_BIT) | (heptets + DELETE_TO_HIGH_BIT)) & ~word & HIGH_BIT;
    }

    /** High bit of each of eight bytes that is not 0. */
    static long nonZeroBits(final long word)
    {
        return ((word & LOW_BITS) + LOW_BITS | word) & HIGH_BIT;
    }

    /**
     * Index of the first byte that may not stand in a field value, looking at eight bytes at a time.
     *
     * @return index in the array, or {@link #NOT_FOUND}.
     */
    static int indexOfNonFieldValue(final byte[] bytes, final int offset, final int length)
    {
        final int limit = offset + length;
        int index = offset;
        long bad = 0;
        for (; index <= limit - Long.BYTES; index += Long.BYTES)
        {
            bad |= controlBits((long)WORDS.get(bytes, index));
        }
        // A horizontal tab counts as a control here, but the single bytes will tell.
        return indexOfOther(bytes, 0 == bad ? index : offset, limit);
    }

    private static int indexOfOther(final byte[] bytes, final int offset, final int limit)
    {
        for (int i = offset; i < limit; i++)
        {
            if (!isFieldValueByte(bytes[i]))
            {
                return i;
            }
        }
        return NOT_FOUND;
    }

    /** High bit of each of eight bytes that may not stand in a textual field value; a horizontal tab counts as one. */
    static long nonFieldTextBits(final long word)
    {
        return controlBits(word) | word & HIGH_BIT;
    }

    /** High bit of each of eight bytes that may not stand in a request target. */
    static long nonTargetBits(final long word)
    {
        final long heptets = word & LOW_BITS;
        final long visible = (heptets + VISIBLE_TO_HIGH_BIT) & ~(heptets + DELETE_TO_HIGH_BIT) & ~word;
        final long notHash = ((word ^ HASHES) & LOW_BITS) + LOW_BITS;
        return ~(visible & notHash) & HIGH_BIT;
    }

    /** Upper-case hexadecimal digit of the low four bits. */
    static byte hexDigit(final int value)
    {
        return HEX_DIGITS[value & 0xF];
    }
}
