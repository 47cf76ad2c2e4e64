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
import org.agrona.UnsafeApi;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.agrona.BufferUtil.NATIVE_BYTE_ORDER;

/**
 * Finds where a run of text or a name ends: most bytes are plain, so eight are looked at together.
 */
final class TextScanner
{
    /** The end of a line, as a {@link #pair(long)}. */
    static final int CR_LF = '\r' | '\n' << Byte.SIZE;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = 0x2020_2020_2020_2020L;
    private static final long HYPHENS = ONES * '-';
    private static final long DELETES = 0x7F7F_7F7F_7F7F_7F7FL;

    private static final byte TAB = '\t';
    private static final byte SPACE = ' ';
    private static final byte DELETE = 0x7F;

    private TextScanner()
    {
    }

    /**
     * Offset of the first byte that is a control other than a tab, or limit when there is none. Bytes of 0x80 and
     * above are text (obs-text, RFC 9110 section 5.5).
     */
    static int endOfText(final DirectBuffer buffer, final int offset, final int limit)
    {
        int position = offset;
        while (position + Long.BYTES <= limit)
        {
            final long controls = controlBytes(buffer.getLong(position, LITTLE_ENDIAN));
            if (0 == controls)
            {
                position += Long.BYTES;
                continue;
            }

            position += Long.numberOfTrailingZeros(controls) >>> 3;
            if (TAB != buffer.getByte(position))
            {
                return position;
            }
            position++;
        }

        while (position < limit && isText(buffer.getByte(position)))
        {
            position++;
        }

        return position;
    }

    /**
     * Offset of the first byte that may not stand in a token (RFC 9110 section 5.6.2), or limit when there is none.
     * Names of fields are mostly letters, digits and hyphens, which are recognised eight at a time.
     */
    static int endOfToken(final DirectBuffer buffer, final int offset, final int limit)
    {
        int position = offset;
        while (position + Long.BYTES <= limit)
        {
            final long others = otherThanNameBytes(buffer.getLong(position, LITTLE_ENDIAN));
            if (0 == others)
            {
                position += Long.BYTES;
                continue;
            }

            position += Long.numberOfTrailingZeros(others) >>> 3;
            if (!HttpCharacters.isToken(buffer.getByte(position)))
            {
                return position;
            }
            position++;
        }

        while (position < limit && HttpCharacters.isToken(buffer.getByte(position)))
        {
            position++;
        }

        return position;
    }

    /**
     * Offset of the first byte, off-heap, that is neither a letter, nor a digit, nor a hyphen; limit when it is not
     * within the last whole word before it. Nothing behind the limit is looked at.
     */
    static int endOfName(final long address, final int offset, final int limit)
    {
        int position = offset;
        while (position <= limit - Long.BYTES)
        {
            final long others = otherThanNameBytes(word(address + position));
            if (0 != others)
            {
                return position + (Long.numberOfTrailingZeros(others) >>> 3);
            }
            position += Long.BYTES;
        }

        return limit;
    }

    /**
     * Offset of the first control, off-heap, a tab being one; limit when it is not within the last whole word before
     * it. Nothing behind the limit is looked at.
     */
    static int endOfPlainText(final long address, final int offset, final int limit)
    {
        int position = offset;
        while (position <= limit - Long.BYTES)
        {
            final long controls = controlBytes(word(address + position));
            if (0 != controls)
            {
                return position + (Long.numberOfTrailingZeros(controls) >>> 3);
            }
            position += Long.BYTES;
        }

        return limit;
    }

    /** Eight bytes off-heap, the first one lowest. */
    static long word(final long address)
    {
        final long word = UnsafeApi.getLong(address);
        return LITTLE_ENDIAN == NATIVE_BYTE_ORDER ? word : Long.reverseBytes(word);
    }

    /** Two bytes off-heap, the first one lowest. */
    static int pair(final long address)
    {
        final short pair = UnsafeApi.getShort(address);
        return (LITTLE_ENDIAN == NATIVE_BYTE_ORDER ? pair : Short.reverseBytes(pair)) & 0xFFFF;
    }

    /** The high bit of each byte that is neither an ASCII letter, nor a digit, nor a hyphen; exact for every byte. */
    private static long otherThanNameBytes(final long word)
    {
        final long heptets = word & ~HIGH_BITS;
        final long lowerCase = heptets | SPACES;
        final long letters = (lowerCase + atLeast('a')) & ~(lowerCase + atLeast('z' + 1));
        final long digits = (heptets + atLeast('0')) & ~(heptets + atLeast('9' + 1));
        final long hyphens = ~((heptets ^ HYPHENS) + DELETES);

        return (~(letters | digits | hyphens) | word) & HIGH_BITS;
    }

    /** What to add to bytes below 0x80 so that the high bit tells which of them are at least a value. */
    private static long atLeast(final int value)
    {
        return ONES * (0x80 - value);
    }

    /**
     * The high bit of the first (lowest) byte that is below a space or is DEL is set; higher ones may be set falsely
     * by a borrow, which is why only the first one counts.
     */
    private static long controlBytes(final long word)
    {
        final long belowSpace = (word - SPACES) & ~word & HIGH_BITS;
        final long deleteDifference = word ^ DELETES;
        final long delete = (deleteDifference - ONES) & ~deleteDifference & HIGH_BITS;

        return belowSpace | delete;
    }

    static boolean isText(final byte b)
    {
        return (b >= SPACE && DELETE != b) || b < 0 || TAB == b;
    }
}
