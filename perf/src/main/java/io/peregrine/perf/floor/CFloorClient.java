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

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The floor client in C: each run is a process of its own, which records every sample. */
public final class CFloorClient implements FloorClient
{
    private static final int MAX_SECONDS = 300;

    private final Path binary;
    private final int cpu;
    private final int payloadLength;
    private final int rate;
    private final Path tlsLibrary;

    /**
     * Creates a client that sends requests of {@link FloorClient#REQUEST_LENGTH}.
     *
     * @param binary the program, as {@link FloorBinary} gives it.
     * @param cpu    the core to pin it to, -1 for none.
     */
    public CFloorClient(final Path binary, final int cpu)
    {
        this(binary, cpu, DEFAULT_PAYLOAD_LENGTH, 0, null);
    }

    /**
     * Creates a client.
     *
     * @param binary        the program, as {@link FloorBinary} gives it.
     * @param cpu           the core to pin it to, -1 for none.
     * @param payloadLength the length of the body, in bytes, or {@link FloorClient#DEFAULT_PAYLOAD_LENGTH}. Less than
     *                      an order needs makes a body that only a {@link FloorServer} accepts.
     */
    public CFloorClient(final Path binary, final int cpu, final int payloadLength)
    {
        this(binary, cpu, payloadLength, 0, null);
    }

    private CFloorClient(
        final Path binary, final int cpu, final int payloadLength, final int rate, final Path tlsLibrary)
    {
        this.binary = Objects.requireNonNull(binary, "binary");
        this.cpu = cpu;
        this.payloadLength = payloadLength;
        this.rate = rate;
        this.tlsLibrary = tlsLibrary;
    }

    /**
     * The same client at a fixed rate: each time counts from when the order was due.
     *
     * @param ordersPerSecond the rate, or 0 for one order after another.
     * @return a client.
     */
    public CFloorClient atRate(final int ordersPerSecond)
    {
        return new CFloorClient(binary, cpu, payloadLength, ordersPerSecond, tlsLibrary);
    }

    /**
     * The same client over TLS.
     *
     * @param library of wolfSSL, or null for a plain client.
     * @return a client.
     */
    public CFloorClient overTls(final Path library)
    {
        return new CFloorClient(binary, cpu, payloadLength, rate, library);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The calling thread sleeps meanwhile, so that it may share the core. A run of more than five minutes fails.
     */
    @Override
    public Histogram run(final int port, final int warmUp, final int count) throws IOException
    {
        final Path samples = Files.createTempFile("floor", ".samples");
        try
        {
            run(command(port, warmUp, count, samples));
            return read(samples);
        }
        finally
        {
            Files.deleteIfExists(samples);
        }
    }

    private List<String> command(final int port, final int warmUp, final int count, final Path samples)
    {
        final List<String> command = new ArrayList<>(List.of(
            binary.toString(),
            "client",
            Integer.toString(port),
            Integer.toString(cpu),
            Integer.toString(warmUp),
            Integer.toString(count)));
        if (DEFAULT_PAYLOAD_LENGTH != payloadLength)
        {
            command.add(Integer.toString(payloadLength));
        }

        if (rate > 0)
        {
            command.addAll(List.of("--rate", Integer.toString(rate)));
        }
        if (null != tlsLibrary)
        {
            command.addAll(List.of("--tls", tlsLibrary.toString()));
        }

        command.addAll(List.of("--raw", samples.toString(), "--max-seconds", Integer.toString(MAX_SECONDS)));
        return command;
    }

    private static void run(final List<String> command) throws IOException
    {
        final Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try
        {
            // Ends with the process, which ends by itself when its time is up.
            final byte[] output = process.getInputStream().readAllBytes();
            final int exitCode = process.waitFor();
            if (0 != exitCode)
            {
                final String text = new String(output, StandardCharsets.UTF_8).strip();
                throw new IOException("the floor client failed with " + exitCode + ": " + text);
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the floor client was running", ex);
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    private static Histogram read(final Path samples) throws IOException
    {
        final LongBuffer times =
            ByteBuffer.wrap(Files.readAllBytes(samples)).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
        final Histogram histogram = FloorClient.newHistogram();
        while (times.hasRemaining())
        {
            FloorClient.record(histogram, times.get());
        }

        return histogram;
    }
}
