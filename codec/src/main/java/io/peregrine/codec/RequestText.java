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

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.agrona.BufferUtil.ARRAY_BASE_OFFSET;

/**
 * Moves text into a request and checks it on the way: eight characters at a time in a register, so that no other
 * thread can change what was checked and no load waits for the stores of single bytes before it.
 */
final class RequestText
{
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, LITTLE_ENDIAN);
    private static final VarHandle PAIRS = MethodHandles.byteArrayViewVarHandle(short[].class, LITTLE_ENDIAN);
    private static final VarHandle QUADS = MethodHandles.byteArrayViewVarHandle(int[].class, LITTLE_ENDIAN);
    private static final int CR_LF_CR_LF = TextScanner.CR_LF | TextScanner.CR_LF << Short.SIZE;
    private static final int ASCII_LIMIT = 0x80;

    private RequestText()
    {
    }

    /**
     * Copies text that belongs into a request target.
     *
     * @return false if a character may not stand there; the copy is of no use then.
     */
    static boolean copyTarget(final byte[] bytes, final int offset, final CharSequence text, final int length)
    {
        if (text instanceof final String string && length >= Long.BYTES)
        {
            return copyTargetWords(bytes, offset, string, length);
        }
        return copyEach(bytes, offset, text, length, HttpCharacters.TARGET);
    }

    /**
     * Copies text that belongs into a header value.
     *
     * @return false if a character may not stand there; the copy is of no use then.
     */
    static boolean copyFieldText(final byte[] bytes, final int offset, final CharSequence text, final int length)
    {
        // A horizontal tab counts as a control here, but each character on its own will tell.
        return text instanceof final String string && length >= Long.BYTES &&
            copyFieldTextWords(bytes, offset, string, length) ||
            copyEach(bytes, offset, text, length, HttpCharacters.FIELD_TEXT);
    }

    /**
     * Copies bytes that may stand in a header value.
     *
     * @return false if they are too few for a word, or one is a control character, of which a horizontal tab counts as
     * one; the copy is of no use then.
     */
    static boolean copyFieldValue(
        final byte[] bytes, final int index, final DirectBuffer value, final int offset, final int length)
    {
        value.boundsCheck(offset, length);
        Objects.checkFromIndexSize(index, length, bytes.length);
        return length >= Long.BYTES &&
            copyFieldValueWords(bytes, index, value.byteArray(), value.addressOffset() + offset, length);
    }

    private static boolean copyFieldValueWords(
        final byte[] bytes, final int index, final byte[] base, final long address, final int length)
    {
        final long target = ARRAY_BASE_OFFSET + index;
        final int lastIndex = length - Long.BYTES;
        long bad = 0;
        for (int i = 0; i < lastIndex; i += Long.BYTES)
        {
            final long word = UnsafeApi.getLong(base, address + i);
            bad |= HttpCharacters.controlBits(word);
            UnsafeApi.putLong(bytes, target + i, word);
        }
        final long word = UnsafeApi.getLong(base, address + lastIndex);
        UnsafeApi.putLong(bytes, target + lastIndex, word);
        return 0 == (bad | HttpCharacters.controlBits(word));
    }

    private static boolean copyTargetWords(
        final byte[] bytes, final int offset, final String text, final int length)
    {
        // The last word overlaps the one before it, so that no character is left over.
        final int lastIndex = length - Long.BYTES;
        long bad = 0;
        for (int i = 0; i < lastIndex; i += Long.BYTES)
        {
            final long word = word(text, i);
            bad |= HttpCharacters.nonTargetBits(word);
            WORDS.set(bytes, offset + i, word);
        }
        final long word = word(text, lastIndex);
        WORDS.set(bytes, offset + lastIndex, word);
        return 0 == (bad | HttpCharacters.nonTargetBits(word));
    }

    private static boolean copyFieldTextWords(
        final byte[] bytes, final int offset, final String text, final int length)
    {
        final int lastIndex = length - Long.BYTES;
        long bad = 0;
        for (int i = 0; i < lastIndex; i += Long.BYTES)
        {
            final long word = word(text, i);
            bad |= HttpCharacters.nonFieldTextBits(word);
            WORDS.set(bytes, offset + i, word);
        }
        final long word = word(text, lastIndex);
        WORDS.set(bytes, offset + lastIndex, word);
        return 0 == (bad | HttpCharacters.nonFieldTextBits(word));
    }

    /** Eight characters as bytes, the first one lowest; all bits set if one of them is not ASCII. */
    private static long word(final String text, final int index)
    {
        final char c0 = text.charAt(index);
        final char c1 = text.charAt(index + 1);
        final char c2 = text.charAt(index + 2);
        final char c3 = text.charAt(index + 3);
        final char c4 = text.charAt(index + 4);
        final char c5 = text.charAt(index + 5);
        final char c6 = text.charAt(index + 6);
        final char c7 = text.charAt(index + 7);
        final int low = c0 | c1 << 8 | c2 << 16 | c3 << 24;
        final int high = c4 | c5 << 8 | c6 << 16 | c7 << 24;
        final long isOther = ASCII_LIMIT - 1 - (c0 | c1 | c2 | c3 | c4 | c5 | c6 | c7) >> Integer.SIZE - 1;
        return (long)high << Integer.SIZE | low & 0xFFFFFFFFL | isOther;
    }

    private static boolean copyEach(
        final byte[] bytes, final int offset, final CharSequence text, final int length, final byte characterClass)
    {
        for (int i = 0; i < length; i++)
        {
            final char c = text.charAt(i);
            if (!HttpCharacters.is(c, characterClass))
            {
                return false;
            }
            bytes[offset + i] = (byte)c;
        }
        return true;
    }

    static void putLineEnd(final byte[] bytes, final int index)
    {
        PAIRS.set(bytes, index, (short)TextScanner.CR_LF);
    }

    /** Ends the last line of a head, and the head. */
    static void putHeadEnd(final byte[] bytes, final int index)
    {
        QUADS.set(bytes, index, CR_LF_CR_LF);
    }

    /**
     * Copies a header name.
     *
     * @return false if it is no token.
     */
    static boolean copyToken(final byte[] bytes, final int offset, final CharSequence text, final int length)
    {
        return copyEach(bytes, offset, text, length, HttpCharacters.TOKEN);
    }

    /** Index of the first character that is not of the class, or the length of the text. */
    static int indexOfOther(final CharSequence text, final int characterClass)
    {
        int index = 0;
        while (index < text.length() && HttpCharacters.is(text.charAt(index), characterClass))
        {
            index++;
        }
        return index;
    }

    /** Names a character by its number, since it may be one that would spoil a log. */
    static String describe(final int character, final int index, final String place)
    {
        return "character " + character + " at index " + index + " of " + place;
    }
}
