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
package io.peregrine.perf.floor;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What a process writes that has turns: lines of ASCII, and behind some of them times as they were measured. */
public final class TurnInput
{
    private static final int MAX_LINE_LENGTH = 4096;

    private final DataInputStream input;

    /**
     * Reads on from where the process has come to.
     *
     * @param input standard output of the process.
     */
    public TurnInput(final InputStream input)
    {
        this.input = new DataInputStream(new BufferedInputStream(input));
    }

    /**
     * Reads a line, at most 4,096 characters of it.
     *
     * @return the line without its end; empty at the end of the stream.
     * @throws IOException when the process cannot be read from.
     */
    public String readLine() throws IOException
    {
        final StringBuilder line = new StringBuilder();
        int next = input.read();
        while (next >= 0 && '\n' != next && line.length() < MAX_LINE_LENGTH)
        {
            line.append((char)next);
            next = input.read();
        }

        return line.toString();
    }

    /**
     * Reads times: numbers of 64 bits, little-endian.
     *
     * @param count how many.
     * @return the times, in nanoseconds.
     * @throws IOException when the process ends before.
     */
    public long[] readTimes(final int count) throws IOException
    {
        final long[] timesNs = new long[count];
        final byte[] bytes = new byte[Math.multiplyExact(count, Long.BYTES)];
        if (bytes.length != input.readNBytes(bytes, 0, bytes.length))
        {
            throw new IOException("the process has ended amid its times");
        }
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(timesNs);

        return timesNs;
    }

    /**
     * Writes times as {@link #readTimes(int)} takes them.
     *
     * @param timesNs the times, in nanoseconds.
     * @param output  to write to.
     * @throws IOException when that fails.
     */
    public static void writeTimes(final long[] timesNs, final OutputStream output) throws IOException
    {
        final ByteBuffer bytes =
            ByteBuffer.allocate(Math.multiplyExact(timesNs.length, Long.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(timesNs);
        output.write(bytes.array());
    }
}
