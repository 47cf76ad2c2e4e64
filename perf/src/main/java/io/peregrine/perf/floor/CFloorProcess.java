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

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The floor client in C, connected; it gives every sample of its turns. It ends with this process. */
public final class CFloorProcess implements TurnClient
{
    private static final int MAX_SECONDS = 300;
    private static final String CONNECTED = "CONNECTED";
    private static final String TURN = "TURN ";
    private static final String NOT_PINNED = "floor: not pinned";

    private final Process process;
    private final Writer input;
    private final TurnInput output;

    private CFloorProcess(final Process process)
    {
        this.process = process;
        input = process.outputWriter(StandardCharsets.US_ASCII);
        output = new TurnInput(process.getInputStream());
    }

    /**
     * Starts the program and connects.
     *
     * @param binary        the program, as {@link FloorBinary} gives it.
     * @param cpu           the core to pin it to, -1 for none.
     * @param port          of the server, on the loopback address.
     * @param payloadLength the length of the body, in bytes, or {@link FloorClient#DEFAULT_PAYLOAD_LENGTH}.
     * @param tlsLibrary    of wolfSSL, or null for a plain connection.
     * @param echo          the file that the server echoes in, for looks at the cores, or null for none.
     * @return the client.
     * @throws IOException when it cannot connect; it does not run then.
     */
    public static CFloorProcess connect(
        final Path binary,
        final int cpu,
        final int port,
        final int payloadLength,
        final Path tlsLibrary,
        final Path echo) throws IOException
    {
        final List<String> command = new ArrayList<>(
            List.of(binary.toString(), "turns", Integer.toString(port), Integer.toString(cpu)));
        if (FloorClient.DEFAULT_PAYLOAD_LENGTH != payloadLength)
        {
            command.addAll(List.of("--payload-length", Integer.toString(payloadLength)));
        }
        if (null != tlsLibrary)
        {
            command.addAll(List.of("--tls", tlsLibrary.toString()));
        }
        if (null != echo)
        {
            command.addAll(List.of("--echo", echo.toString()));
        }
        command.addAll(List.of("--max-seconds", Integer.toString(MAX_SECONDS)));

        final CFloorProcess client = new CFloorProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
        try
        {
            client.expect(CONNECTED);
            return client;
        }
        catch (final IOException ex)
        {
            client.close();
            throw ex;
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>All turns together last five minutes at the most.
     */
    @Override
    public Turn turn(final TurnPlan plan) throws IOException
    {
        input.write(plan.line() + "\n");
        input.flush();

        final String[] counts = expect(TURN).split(" ");
        return new Turn(output.readTimes(Integer.parseInt(counts[0])),
            output.readTimes(Integer.parseInt(counts[1])), Turn.NO_GARBAGE);
    }

    @Override
    public long pid()
    {
        return process.pid();
    }

    /** Ends the process, and waits for it. */
    @Override
    public void close()
    {
        process.destroyForcibly();
        try
        {
            process.waitFor();
        }
        catch (final InterruptedException ignore)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** The rest of the next line, which is to begin so; anything else is a complaint, or the end. */
    private String expect(final String beginning) throws IOException
    {
        String line = output.readLine();
        if (line.startsWith(NOT_PINNED))
        {
            // Slow, but not wrong.
            System.err.println(line);
            line = output.readLine();
        }
        if (!line.startsWith(beginning))
        {
            throw new IOException("the floor client failed: " + line);
        }

        return line.substring(beginning.length());
    }
}
