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
package io.peregrine.perf.bench.client;

import io.peregrine.perf.venue.CpuPinning;
import org.HdrHistogram.Histogram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

/**
 * A JVM for one client, which does a round for each line on standard input and ends with it. A line is
 * {@code PORT CERTIFICATE|- BODY_LENGTH WARM_UP COUNT RATE}, its answer {@code ROUND GARBAGE_BYTES HISTOGRAM}, the
 * histogram compressed and in base 64; or {@code FAILED REASON}.
 */
public final class ClientMain
{
    static final String READY = "READY";
    static final String ROUND = "ROUND";
    static final String FAILED = "FAILED";
    static final String NO_CERTIFICATE = "-";

    private ClientMain()
    {
    }

    /**
     * Runs to the end of standard input.
     *
     * @param args the name of a {@link ClientKind}, and the core to bind all threads to, or -1.
     * @throws IOException when standard input fails.
     */
    public static void main(final String[] args) throws IOException
    {
        final PrintStream out = System.out;
        final ClientKind kind = ClientKind.valueOf(args[0]);
        // Before there are others: they inherit it.
        CpuPinning.pin(Integer.parseInt(args[1]));
        try (BufferedReader input =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
        {
            out.println(READY);
            String line = input.readLine();
            while (null != line)
            {
                out.println(answer(kind, line.split(" ")));
                out.flush();
                line = input.readLine();
            }
        }
        System.exit(0);
    }

    private static String answer(final ClientKind kind, final String[] words)
    {
        final Path certificate = NO_CERTIFICATE.equals(words[1]) ? null : Path.of(words[1]);
        final int count = Integer.parseInt(words[4]);
        final int rate = Integer.parseInt(words[5]);
        try (BenchClient client = kind.open(new Target(Integer.parseInt(words[0]), certificate)))
        {
            final RoundDriver driver = new RoundDriver(client, Integer.parseInt(words[2]));
            driver.warmUp(Integer.parseInt(words[3]));
            final Histogram histogram = 0 == rate ? driver.closedLoop(count) : driver.openLoop(count, rate);
            return ROUND + " " + driver.garbageBytes() + " " + encode(histogram);
        }
        catch (final Exception ex)
        {
            return FAILED + " " + ex.toString().replaceAll("\\R", " ");
        }
    }

    private static String encode(final Histogram histogram)
    {
        final ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        final int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }
}
