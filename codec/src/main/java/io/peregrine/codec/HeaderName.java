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
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

import static org.agrona.BufferUtil.ARRAY_BASE_OFFSET;

/**
 * A header name that was checked and encoded once, for headers that are written or looked up again and again.
 * <p>
 * Immutable, so it may be a constant and shared between threads. Two names that differ only in case are equal
 * (RFC 9110 section 5.1).
 */
public final class HeaderName
{
    private static final VarHandle WORDS =
        MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    /** A name, a colon and a space that are no longer are stored as words: shorter than a call that copies. */
    private static final int SHORT_PREFIX_LENGTH = 3 * Long.BYTES;

    private final String name;
    /** The name, a colon and a space. */
    private final byte[] linePrefix;
    private final long prefixWord0;
    private final long prefixWord1;
    private final long prefixWord2;
    private final byte[] lowerCase;
    private final int length;
    private final long firstWord;
    private final long lastWord;
    private final boolean isReserved;

    private HeaderName(final String name)
    {
        this.name = name;
        length = name.length();
        linePrefix = (name + ": ").getBytes(StandardCharsets.US_ASCII);
        final byte[] prefixWords = Arrays.copyOf(linePrefix, SHORT_PREFIX_LENGTH);
        prefixWord0 = (long)WORDS.get(prefixWords, 0);
        prefixWord1 = (long)WORDS.get(prefixWords, Long.BYTES);
        prefixWord2 = (long)WORDS.get(prefixWords, 2 * Long.BYTES);
        lowerCase = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        firstWord = length >= Long.BYTES ? (long)WORDS.get(lowerCase, 0) : 0;
        lastWord = length >= Long.BYTES ? (long)WORDS.get(lowerCase, length - Long.BYTES) : 0;
        isReserved = ReservedHeaders.isReserved(lowerCase, 0, length);
    }

    /**
     * Checks and encodes a name.
     *
     * @param name the name as it shall be written, a token (RFC 9110 section 5.6.2).
     * @return the encoded name.
     * @throws HttpException with {@link RequestError#INVALID_HEADER_NAME} if the name is empty or not a token, or
     *                       {@link RequestError#CONTROL_CHARACTER} if it has a control character.
     */
    public static HeaderName of(final CharSequence name)
    {
        final String text = name.toString();
        if (text.isEmpty())
        {
            throw new HttpException(RequestError.INVALID_HEADER_NAME, "the header name is empty");
        }

        for (int i = 0; i < text.length(); i++)
        {
            final char c = text.charAt(i);
            if (!HttpCharacters.is(c, HttpCharacters.TOKEN))
            {
                final RequestError error = HttpCharacters.is(c, HttpCharacters.CONTROL) ?
                    RequestError.CONTROL_CHARACTER : RequestError.INVALID_HEADER_NAME;
                throw new HttpException(error, "character " + (int)c + " at index " + i + " of a header name");
            }
        }
        return new HeaderName(text);
    }

    /**
     * Number of characters, which is the number of bytes.
     *
     * @return the length, at least 1.
     */
    public int length()
    {
        return length;
    }

    /**
     * Whether a region holds this name in any mixture of upper and lower case.
     *
     * @param buffer holds the candidate.
     * @param offset of its first byte.
     * @param length of it in bytes.
     * @return true if it is the same name.
     * @throws IndexOutOfBoundsException if a region of this name's length is outside the buffer.
     */
    public boolean equalsIgnoreCase(final DirectBuffer buffer, final int offset, final int length)
    {
        if (this.length != length)
        {
            return false;
        }
        return length >= Long.BYTES ? equalsByWord(buffer, offset) : equalsByByte(buffer, offset);
    }

    private boolean equalsByWord(final DirectBuffer buffer, final int offset)
    {
        // The last word overlaps the one before it, so that no byte is left over. It is looked at first because names
        // of one venue tend to begin alike.
        final int lastIndex = length - Long.BYTES;
        if (lastWord != HttpCharacters.toLowerCase(buffer.getLong(offset + lastIndex)) ||
            firstWord != HttpCharacters.toLowerCase(buffer.getLong(offset)))
        {
            return false;
        }

        return length <= 2 * Long.BYTES || equalsWithin(buffer, offset, lastIndex);
    }

    private boolean equalsWithin(final DirectBuffer buffer, final int offset, final int lastIndex)
    {
        for (int i = Long.BYTES; i < lastIndex; i += Long.BYTES)
        {
            if ((long)WORDS.get(lowerCase, i) != HttpCharacters.toLowerCase(buffer.getLong(offset + i)))
            {
                return false;
            }
        }
        return true;
    }

    private boolean equalsByByte(final DirectBuffer buffer, final int offset)
    {
        for (int i = 0; i < length; i++)
        {
            if (lowerCase[i] != HttpCharacters.toLowerCase(buffer.getByte(offset + i)))
            {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the other object is the same name, whatever the case of its letters.
     *
     * @param other to compare with.
     * @return true if it is a {@link HeaderName} with the same letters.
     */
    @Override
    public boolean equals(final Object other)
    {
        return other instanceof final HeaderName that &&
            Arrays.equals(lowerCase, that.lowerCase);
    }

    /**
     * Hash of the lower-case name.
     *
     * @return the hash.
     */
    @Override
    public int hashCode()
    {
        return Arrays.hashCode(lowerCase);
    }

    /**
     * The name as it was given.
     *
     * @return the name.
     */
    @Override
    public String toString()
    {
        return name;
    }

    /**
     * Writes the name, a colon and a space; up to {@link HeadBuffer#SLACK} bytes behind them lose what they held.
     *
     * @return index behind the space.
     */
    int putLinePrefix(final byte[] bytes, final int index)
    {
        if (linePrefix.length <= SHORT_PREFIX_LENGTH)
        {
            // One check for all words; they are stored without any.
            Objects.checkFromIndexSize(index, SHORT_PREFIX_LENGTH, bytes.length);
            final long target = ARRAY_BASE_OFFSET + index;
            UnsafeApi.putLong(bytes, target, prefixWord0);
            UnsafeApi.putLong(bytes, target + Long.BYTES, prefixWord1);
            UnsafeApi.putLong(bytes, target + 2 * Long.BYTES, prefixWord2);
        }
        else
        {
            System.arraycopy(linePrefix, 0, bytes, index, linePrefix.length);
        }
        return index + linePrefix.length;
    }

    /** Length of the name, a colon and a space. */
    int linePrefixLength()
    {
        return linePrefix.length;
    }

    /** Whether only the writer itself may write this header. */
    boolean isReserved()
    {
        return isReserved;
    }
}
