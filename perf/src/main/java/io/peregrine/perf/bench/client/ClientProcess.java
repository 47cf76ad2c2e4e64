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

import io.peregrine.perf.venue.JavaCommand;
import org.HdrHistogram.Histogram;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;

/**
 * A client in a JVM of its own, so that neither its compiled code nor its garbage is mixed with another's. Between
 * rounds it sleeps. It ends with this process.
 */
public final class ClientProcess implements AutoCloseable
{
    private static final int MAX_SECONDS = 60;

    private final ClientKind kind;
    private final Process process;
    private final Writer input;
    private final BufferedReader output;
    private long garbageBytes;

    private ClientProcess(final ClientKind kind, final Process process)
    {
        this.kind = kind;
        this.process = process;
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Starts a client.
     *
     * @param kind which one.
     * @param cpu  the core to bind all its threads to, -1 for none.
     * @return the client.
     * @throws IOException when it cannot be started.
     */
    public static ClientProcess start(final ClientKind kind, final int cpu) throws IOException
    {
        final Process process =
            new ProcessBuilder(JavaCommand.of(ClientMain.class, kind.name(), Integer.toString(cpu)))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        final ClientProcess client = new ClientProcess(kind, process);
        final String line = client.output.readLine();
        if (!ClientMain.READY.equals(line))
        {
            client.close();
            throw new IOException(kind.label() + " does not start: " + line);
        }

        return client;
    }

    /**
     * Does a round over a new connection.
     *
     * @param port        of the server.
     * @param certificate of the server, in PEM form, or null without TLS.
     * @param bodyLength  that each answer must have, in bytes.
     * @param warmUp      round trips before measuring.
     * @param count       round trips to measure.
     * @param rate        orders a second, or 0 for one after another.
     * @return the times, in nanoseconds.
     * @throws IOException when the client fails, or takes more than a minute.
     */
    public Histogram run(
        final int port,
        final Path certificate,
        final int bodyLength,
        final int warmUp,
        final int count,
        final int rate) throws IOException
    {
        input.write(port + " " + (null == certificate ? ClientMain.NO_CERTIFICATE : certificate.toString()) + " " +
            bodyLength + " " + warmUp + " " + count + " " + rate + "\n");
        input.flush();
        final Thread watchdog = Thread.ofVirtual().start(this::endWhenLate);
        final String line = output.readLine();
        watchdog.interrupt();
        if (null == line || !line.startsWith(ClientMain.ROUND))
        {
            throw new IOException(kind.label() + ": " + line);
        }

        final String[] words = line.split(" ");
        garbageBytes = Long.parseLong(words[1]);
        return decode(words[2]);
    }

    /**
     * What all threads of the client's JVM allocated while the last round was measured.
     *
     * @return in bytes.
     */
    public long garbageBytes()
    {
        return garbageBytes;
    }

    /**
     * The id of the process.
     *
     * @return the id that the operating system gave it.
     */
    public long pid()
    {
        return process.pid();
    }

    /** Ends the process. */
    @Override
    public void close()
    {
        process.destroyForcibly();
    }

    private void endWhenLate()
    {
        try
        {
            TimeUnit.SECONDS.sleep(MAX_SECONDS);
            process.destroyForcibly();
        }
        catch (final InterruptedException ignore)
        {
            // The round has ended in time.
        }
    }

    private static Histogram decode(final String text) throws IOException
    {
        try
        {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        }
        catch (final DataFormatException ex)
        {
            throw new IOException("not a histogram", ex);
        }
    }
}
