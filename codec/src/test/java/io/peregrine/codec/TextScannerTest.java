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

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Text and names are looked at eight bytes at a time, so each byte is tried at each place of a word and behind the last
 * word.
 */
class TextScannerTest
{
    private static final int LENGTH_MAX = 26;
    private static final int OFFSET = 3;
    private static final String TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~0123456789" +
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private final byte[] bytes = new byte[OFFSET + LENGTH_MAX + Long.BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    @Test
    void shouldStopAtControlsAndNothingElse()
    {
        for (final int filler : new int[]{ ' ', '~', 0x80, 0xFF, '\t' })
        {
            for (int index = 0; index < LENGTH_MAX; index++)
            {
                buffer.setMemory(0, bytes.length, (byte)filler);
                for (int value = 0; value < 256; value++)
                {
                    bytes[OFFSET + index] = (byte)value;
                    final boolean isControl = (value < ' ' && '\t' != value) || 0x7F == value;
                    assertEquals(isControl ? OFFSET + index : OFFSET + LENGTH_MAX,
                        TextScanner.endOfText(buffer, OFFSET, OFFSET + LENGTH_MAX));
                }
            }
        }
    }

    @Test
    void shouldNotLookBehindTheLimit()
    {
        for (int length = 0; length <= LENGTH_MAX; length++)
        {
            buffer.setMemory(0, bytes.length, (byte)0);
            buffer.setMemory(OFFSET, length, (byte)'x');
            assertEquals(OFFSET + length, TextScanner.endOfText(buffer, OFFSET, OFFSET + length));

            final UnsafeBuffer exact = new UnsafeBuffer(bytes, 0, OFFSET + length);
            assertEquals(OFFSET + length, TextScanner.endOfText(exact, OFFSET, OFFSET + length));
        }
    }

    @Test
    void shouldFindTheFirstOfSeveralControls()
    {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++)
        {
            for (int j = 0; j < bytes.length; j++)
            {
                bytes[j] = (byte)(0 == random.nextInt(6) ? random.nextInt(0x20) : random.nextInt(256));
            }

            int expected = OFFSET;
            while (expected < OFFSET + LENGTH_MAX && isText(bytes[expected]))
            {
                expected++;
            }
            assertEquals(expected, TextScanner.endOfText(buffer, OFFSET, OFFSET + LENGTH_MAX));
        }
    }

    @Test
    void shouldEndATokenAtAnythingElse()
    {
        for (final int filler : new int[]{ 'a', 'Z', '0', '-', '_', '~' })
        {
            for (int index = 0; index < LENGTH_MAX; index++)
            {
                buffer.setMemory(0, bytes.length, (byte)filler);
                for (int value = 0; value < 256; value++)
                {
                    bytes[OFFSET + index] = (byte)value;
                    final boolean isToken = value < 0x80 && TOKEN_CHARACTERS.indexOf(value) >= 0;
                    assertEquals(isToken ? OFFSET + LENGTH_MAX : OFFSET + index,
                        TextScanner.endOfToken(buffer, OFFSET, OFFSET + LENGTH_MAX));
                }
            }
        }
    }

    @Test
    void shouldNotLookForATokenBehindTheLimit()
    {
        for (int length = 0; length <= LENGTH_MAX; length++)
        {
            buffer.setMemory(0, bytes.length, (byte)':');
            buffer.setMemory(OFFSET, length, (byte)'x');
            assertEquals(OFFSET + length, TextScanner.endOfToken(buffer, OFFSET, OFFSET + length));

            final UnsafeBuffer exact = new UnsafeBuffer(bytes, 0, OFFSET + length);
            assertEquals(OFFSET + length, TextScanner.endOfToken(exact, OFFSET, OFFSET + length));
        }
    }

    /** Off-heap only whole words are looked at: what lies between the last one and the limit is for others to find. */
    @Test
    void shouldFindTheEndOffHeapWithinTheLastWholeWord()
    {
        final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        final long address = memory.addressOffset();
        final int limit = OFFSET + LENGTH_MAX;
        final int endOfWords = OFFSET + LENGTH_MAX / Long.BYTES * Long.BYTES;
        for (int index = OFFSET; index < limit; index++)
        {
            memory.setMemory(0, bytes.length, (byte)'x');
            for (int value = 0; value < 256; value++)
            {
                memory.putByte(index, (byte)value);
                final boolean isName = '-' == value || value < 0x80 && Character.isLetterOrDigit(value);
                final boolean isPlainText = isText((byte)value) && '\t' != value;

                assertEquals(isName || index >= endOfWords ? limit : index,
                    TextScanner.endOfName(address, OFFSET, limit));
                assertEquals(isPlainText || index >= endOfWords ? limit : index,
                    TextScanner.endOfPlainText(address, OFFSET, limit));
            }
        }
    }

    @Test
    void shouldNotLookBehindTheLimitOffHeap()
    {
        final UnsafeBuffer memory = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        for (int length = 0; length <= LENGTH_MAX; length++)
        {
            memory.setMemory(0, bytes.length, (byte)'x');
            final int limit = OFFSET + length;

            assertEquals(limit, TextScanner.endOfName(memory.addressOffset(), OFFSET, limit));
            assertEquals(limit, TextScanner.endOfPlainText(memory.addressOffset(), OFFSET, limit));
        }
    }

    private static boolean isText(final byte b)
    {
        final int value = b & 0xFF;
        return '\t' == value || (value >= 0x20 && 0x7F != value);
    }
}
