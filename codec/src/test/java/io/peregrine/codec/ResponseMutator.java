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

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Breaks responses, in ways that matter to a parser; the bytes are changed in place, from a seed. */
final class ResponseMutator
{
    /** Longest stream that mutation makes. */
    static final int LENGTH_MAX = 4096;

    private static final int STATUS_LINE_LENGTH = "HTTP/1.1 200 OK\r\n".length();
    private static final byte[] BYTES =
        "\r\n \t:;,0159afAFgHPT/.+-x=\"\0\u0001\u001f\u007f\u0080\u00ff".getBytes(ISO_8859_1);
    private static final byte[][] PIECES = pieces(
        "\r\n", "\r\n\r\n", "\n", "\r", " ", "\t", "0\r\n\r\n", "1\r\nx\r\n", ";a=b", "X: y\r\n", " folded\r\n",
        "Content-Length: 5\r\n", "Content-Length: 0\r\n", "Content-Length: 9223372036854775808\r\n",
        "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip\r\n", "chunked", ", ",
        "Connection: close\r\n", "Connection: keep-alive\r\n",
        "HTTP/1.1 200 OK\r\n", "HTTP/1.0 200\r\n\r\n", "HTTP/1.1 204 x\r\n",
        "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 101 x\r\n\r\n",
        "FFFFFFFFFFFFFFFF", "7FFFFFFF", "000000000000000");

    private final SplittableRandom random;
    private final byte[] bytes = new byte[LENGTH_MAX];
    private int length;

    ResponseMutator(final SplittableRandom random)
    {
        this.random = random;
    }

    ResponseMutator start(final byte[] source)
    {
        length = 0;
        insert(0, source, 0, source.length);
        return this;
    }

    ResponseMutator startRandom()
    {
        length = random.nextInt(64);
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.nextInt(256);
        }

        return this;
    }

    /** Puts a part of another response somewhere into this one. */
    ResponseMutator splice(final byte[] other)
    {
        if (other.length > 0)
        {
            final int offset = random.nextInt(other.length);
            insert(random.nextInt(length + 1), other, offset, random.nextInt(other.length - offset) + 1);
        }

        return this;
    }

    ResponseMutator mutate(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            mutateOnce();
        }

        return this;
    }

    byte[] toBytes()
    {
        return Arrays.copyOf(bytes, length);
    }

    private void mutateOnce()
    {
        // Mostly behind the status line: a stream that breaks there never gets to the rest.
        final int firstOffset = 0 == random.nextInt(8) ? 0 : Math.min(length, STATUS_LINE_LENGTH);
        final int offset = random.nextInt(firstOffset, length + 1);
        switch (random.nextInt(9))
        {
            case 0 -> insertPiece(offset, PIECES[random.nextInt(PIECES.length)]);
            case 1 -> insert(offset, BYTES, random.nextInt(BYTES.length), 1);
            case 2 -> delete(offset, 1);
            case 3 -> delete(offset, random.nextInt(20));
            case 4 -> duplicate(offset, random.nextInt(30));
            case 5 -> replace(offset, (byte)random.nextInt(256));
            case 6 -> replace(offset, BYTES[random.nextInt(BYTES.length)]);
            case 7 -> flip(offset);
            default -> nudgeDigit(offset);
        }
    }

    private void insertPiece(final int offset, final byte[] piece)
    {
        insert(random.nextBoolean() ? offset : lineStart(offset), piece, 0, piece.length);
    }

    /** Start of the line that follows offset: where another line may go. */
    private int lineStart(final int offset)
    {
        int position = offset;
        while (position < length && '\n' != bytes[position])
        {
            position++;
        }

        return Math.min(position + 1, length);
    }

    private void insert(final int offset, final byte[] source, final int sourceOffset, final int sourceLength)
    {
        final int inserted = Math.min(sourceLength, LENGTH_MAX - length);
        System.arraycopy(bytes, offset, bytes, offset + inserted, length - offset);
        System.arraycopy(source, sourceOffset, bytes, offset, inserted);
        length += inserted;
    }

    private void delete(final int offset, final int count)
    {
        final int deleted = Math.min(count, length - offset);
        System.arraycopy(bytes, offset + deleted, bytes, offset, length - offset - deleted);
        length -= deleted;
    }

    private void duplicate(final int offset, final int count)
    {
        final int duplicated = Math.min(Math.min(count, length - offset), LENGTH_MAX - length);
        System.arraycopy(bytes, offset, bytes, offset + duplicated, length - offset);
        length += duplicated;
    }

    private void replace(final int offset, final byte b)
    {
        if (offset < length)
        {
            bytes[offset] = b;
        }
    }

    private void flip(final int offset)
    {
        if (offset < length)
        {
            bytes[offset] ^= (byte)(1 << random.nextInt(8));
        }
    }

    /** Changes the next digit behind offset: lengths, sizes, status and version are made of them. */
    private void nudgeDigit(final int offset)
    {
        for (int i = offset; i < length; i++)
        {
            if (bytes[i] >= '0' && bytes[i] <= '9')
            {
                bytes[i] = (byte)('0' + random.nextInt(10));
                return;
            }
        }
    }

    private static byte[][] pieces(final String... pieces)
    {
        return List.of(pieces).stream().map(piece -> piece.getBytes(ISO_8859_1)).toArray(byte[][]::new);
    }
}
