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

import org.agrona.AsciiEncoding;
import org.agrona.UnsafeApi;

import java.nio.charset.StandardCharsets;
import java.util.Objects;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.agrona.BufferUtil.ARRAY_BASE_OFFSET;
import static org.agrona.BufferUtil.NATIVE_BYTE_ORDER;

/**
 * Writes decimal numbers of a length that was asked for before, so that room can be checked first.
 */
final class DecimalText
{
    private static final byte[] MIN_VALUE = Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
    private static final long EIGHT_DIGITS = 100_000_000L;
    private static final long ZEROS = 0x3030303030303030L;

    /** A number multiplied by it and shifted, 64 bits and 26, is divided by 10 to the power of 8. */
    private static final long EIGHT_DIGITS_RECIPROCAL = 0xABCC_7711_8461_CEFDL;
    private static final int EIGHT_DIGITS_SHIFT = 26;

    private DecimalText()
    {
    }

    /** Number of digits, and one for the sign of a negative number. */
    static int length(final long value)
    {
        if (value >= 0)
        {
            return AsciiEncoding.digitCount(value);
        }
        return Long.MIN_VALUE == value ? MIN_VALUE.length : 1 + AsciiEncoding.digitCount(-value);
    }

    /**
     * Writes a number from an offset on; the length is that of {@link #length(long)}. Digits are stored by words, so
     * that behind fewer than {@link Long#BYTES} digits the bytes up to that number lose what they held.
     */
    static void put(final byte[] bytes, final int offset, final int length, final long value)
    {
        if (value >= 0)
        {
            putNatural(bytes, offset, length, value);
        }
        else if (Long.MIN_VALUE == value)
        {
            System.arraycopy(MIN_VALUE, 0, bytes, offset, length);
        }
        else
        {
            bytes[offset] = '-';
            putNatural(bytes, offset + 1, length - 1, -value);
        }
    }

    private static void putNatural(final byte[] bytes, final int offset, final int length, final long value)
    {
        // One check for all words; they are stored without any.
        Objects.checkFromIndexSize(offset, Math.max(Long.BYTES, length), bytes.length);
        if (length <= Long.BYTES)
        {
            putFirstDigits(bytes, offset, length, value);
            return;
        }

        // From the first digits to the last, since each word but the last one covers more than its digits.
        final long high = withoutEightDigits(value);
        final int highLength = length - Long.BYTES;
        if (highLength <= Long.BYTES)
        {
            putFirstDigits(bytes, offset, highLength, high);
        }
        else
        {
            final long highest = withoutEightDigits(high);
            putFirstDigits(bytes, offset, highLength - Long.BYTES, highest);
            putEightDigits(bytes, offset + highLength - Long.BYTES, high - highest * EIGHT_DIGITS);
        }
        putEightDigits(bytes, offset + highLength, value - high * EIGHT_DIGITS);
    }

    /** Division of what is not negative, for which the compiler need not correct a sign. */
    private static long withoutEightDigits(final long value)
    {
        return Math.unsignedMultiplyHigh(value, EIGHT_DIGITS_RECIPROCAL) >>> EIGHT_DIGITS_SHIFT;
    }

    private static void putFirstDigits(final byte[] bytes, final int offset, final int length, final long value)
    {
        putWord(bytes, offset, eightDigits(value) >>> Byte.SIZE * (Long.BYTES - length));
    }

    private static void putEightDigits(final byte[] bytes, final int offset, final long value)
    {
        putWord(bytes, offset, eightDigits(value));
    }

    private static void putWord(final byte[] bytes, final int offset, final long word)
    {
        UnsafeApi.putLong(
            bytes, ARRAY_BASE_OFFSET + offset, LITTLE_ENDIAN == NATIVE_BYTE_ORDER ? word : Long.reverseBytes(word));
    }

    /**
     * All digits of a number at once, the first one lowest: pairs of four, of two and of one digit are split side by
     * side in one word, by multiplications with rounded reciprocals that are exact in their range.
     */
    private static long eightDigits(final long value)
    {
        final long high = value * 3_518_437_209L >>> 45;
        final long fours = (value - high * 10_000 << 32) + high;
        final long hundreds = (fours * 10_486 >>> 20) & 0x7F_0000_007FL;
        final long twos = (fours << 16) - hundreds * ((100 << 16) - 1);
        final long tens = (twos * 103 >>> 10) & 0x000F_000F_000F_000FL;
        return (twos << 8) - tens * ((10 << 8) - 1) + ZEROS;
    }
}
