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
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the head of the answer before looked like. The heads of a server mostly have one shape: the same status line,
 * the same names, and values of the same length, of which some differ, such as a time, an identifier or a count:
 * <pre>
 *   HTTP/1.1 200 OK..Date: Sat, 28 Nov 2026 21:43:56 GMT..Content-Length: 33....
 *   ^^^^^^^^^^^^^^^^^^^^^^^                             ^^^^^^^^^^^^^^^^^^  ^^^^  fixed: the same bytes
 *                          -----------------------------                  --      free: others may stand there
 * </pre>
 * A byte that differs has to be free, and neither white space nor a control, so that no line and no value begins or
 * ends elsewhere. Then the status line and the places of all fields are what they were, and nothing has to be scanned;
 * what fields say about the framing is read anew where it differs. Any other head is parsed, and what was known is
 * forgotten.
 * <p>
 * Each byte is compared once at the most, in a head that came whole. To remember costs more than comparing: the more
 * shapes in a row that did not come again, the more heads pass until the next one is remembered.
 */
final class HeadMemory
{
    /** Longer heads are always parsed. */
    static final int LENGTH_MAX = 2048;
    /** Heads that pass at the most until the next one is remembered. */
    static final int PAUSE_MAX = 255;
    /** Heads with more fields about the framing are always parsed. */
    static final int FRAMING_FIELDS_MAX = 8;

    private static final int WORD_SHIFT = 3;
    private static final long ALL_BITS = -1L;

    private final HeaderTable headers;
    private final MessageFraming framing;
    private final long[] words;
    /** Which bits of each word have to be the same. */
    private final long[] fixedBits;
    /** Which of the others say something about the framing. */
    private final long[] framingBits;
    private final int[] framingFields = new int[FRAMING_FIELDS_MAX];
    private final MessageFraming knownFraming = new MessageFraming();

    private int length;
    private int fieldCount;
    private int framingFieldCount;
    private int pause;
    private int headsToPass;
    /** What differs in the head that is compared, of the bits that say something about the framing. */
    private long framingDifference;

    /**
     * @param maxHeadLength of the heads that will come.
     * @param headers       of the head that was parsed last: its entries stay until another one is parsed.
     * @param framing       which fields are told to.
     */
    HeadMemory(final int maxHeadLength, final HeaderTable headers, final MessageFraming framing)
    {
        this.headers = headers;
        this.framing = framing;
        words = new long[lastWord(Math.min(LENGTH_MAX, maxHeadLength)) + 1];
        fixedBits = new long[words.length];
        framingBits = new long[words.length];
    }

    /**
     * Looks whether the buffer begins with a head of the shape that is known. If so, headers and framing are set as if
     * it had been parsed; if not, they are empty and the shape is forgotten, since parsing overwrites the headers.
     *
     * @return length of the head, or 0 when it has to be parsed.
     */
    int recall(final UnsafeBuffer buffer, final int limit)
    {
        if (0 == length)
        {
            return 0;
        }

        if (length <= limit && isOfSameShape(buffer.addressOffset()) && isFramingAccepted(buffer))
        {
            headers.restore(fieldCount);
            pause = 0;
            headsToPass = 0;
            return length;
        }

        length = 0;
        return 0;
    }

    /** Remembers the head at the beginning of the buffer, which was just parsed as a whole, unless it is to pass. */
    void remember(final UnsafeBuffer buffer, final int headLength)
    {
        if (headsToPass > 0)
        {
            headsToPass--;
        }
        else if (headLength <= LENGTH_MAX)
        {
            pause = Math.min(PAUSE_MAX, 2 * pause + 1);
            headsToPass = pause;
            length = headLength;
            copy(buffer.addressOffset());
            if (!noteFields(buffer))
            {
                length = 0;
            }
        }
    }

    private boolean isOfSameShape(final long address)
    {
        framingDifference = 0;
        final int last = lastWord(length);
        for (int i = 0; i < last; i++)
        {
            if (!isOfSameShape(TextScanner.word(address + ((long)i << WORD_SHIFT)), i))
            {
                return false;
            }
        }

        return isOfSameShape(TextScanner.word(address + length - Long.BYTES), last);
    }

    private boolean isOfSameShape(final long word, final int index)
    {
        final long difference = word ^ words[index];
        if (0 == difference)
        {
            return true;
        }

        framingDifference |= difference & framingBits[index];
        return 0 == (difference & fixedBits[index]) &&
            0 == (HttpCharacters.spaceOrControlBits(word) & HttpCharacters.nonZeroBits(difference));
    }

    private boolean isFramingAccepted(final DirectBuffer buffer)
    {
        if (0 == framingDifference)
        {
            framing.set(knownFraming);
            return true;
        }

        for (int i = 0; i < framingFieldCount; i++)
        {
            final long name = headers.name(framingFields[i]);
            final long value = headers.value(framingFields[i]);
            if (null != framing.onField(
                buffer, Slice.offset(name), Slice.length(name), Slice.offset(value), Slice.length(value)))
            {
                framing.reset();
                return false;
            }
        }

        return true;
    }

    private void copy(final long address)
    {
        final int last = lastWord(length);
        for (int i = 0; i < last; i++)
        {
            setFixed(i, TextScanner.word(address + ((long)i << WORD_SHIFT)));
        }
        setFixed(last, TextScanner.word(address + length - Long.BYTES));
        knownFraming.set(framing);
    }

    private void setFixed(final int index, final long word)
    {
        words[index] = word;
        fixedBits[index] = ALL_BITS;
        framingBits[index] = 0;
    }

    /** False when too many of them are about the framing. */
    private boolean noteFields(final DirectBuffer buffer)
    {
        fieldCount = headers.size();
        framingFieldCount = 0;
        for (int i = 0; i < fieldCount; i++)
        {
            final long name = headers.name(i);
            final boolean isOfFraming = MessageFraming.isConcerned(buffer, Slice.offset(name), Slice.length(name));
            if (isOfFraming)
            {
                if (FRAMING_FIELDS_MAX == framingFieldCount)
                {
                    return false;
                }
                framingFields[framingFieldCount++] = i;
            }
            setFree(headers.value(i), isOfFraming);
        }

        return true;
    }

    private void setFree(final long value, final boolean isOfFraming)
    {
        final int offset = Slice.offset(value);
        final int limit = offset + Slice.length(value);
        final int last = lastWord(length);
        for (int i = offset >>> WORD_SHIFT; i < last && i << WORD_SHIFT < limit; i++)
        {
            setFree(i, bits(i << WORD_SHIFT, offset, limit), isOfFraming);
        }
        setFree(last, bits(length - Long.BYTES, offset, limit), isOfFraming);
    }

    private void setFree(final int index, final long bits, final boolean isOfFraming)
    {
        fixedBits[index] &= ~bits;
        if (isOfFraming)
        {
            framingBits[index] |= bits;
        }
    }

    /** The bits of a word that belong to bytes from offset to limit. */
    private static long bits(final int wordOffset, final int offset, final int limit)
    {
        final int first = Math.max(0, offset - wordOffset);
        final int end = Math.min(Long.BYTES, limit - wordOffset);
        return first < end ? ALL_BITS << Byte.SIZE * first & ALL_BITS >>> Byte.SIZE * (Long.BYTES - end) : 0;
    }

    /** Index of the word that holds the last bytes of a head; it overlaps the one before, so that none is behind. */
    private static int lastWord(final int length)
    {
        return length - 1 >>> WORD_SHIFT;
    }
}
