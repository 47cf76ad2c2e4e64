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

import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.floor.TurnClient;
import io.peregrine.perf.floor.TurnInput;
import io.peregrine.perf.floor.TurnPlan;
import io.peregrine.perf.venue.JavaCommand;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A client in a JVM of its own, so that neither its compiled code nor its garbage is mixed with another's. Between its
 * turns it sleeps. It ends with this process.
 */
public final class ClientProcess implements AutoCloseable
{
    private static final int MAX_SECONDS = 60;

    private final ClientKind kind;
    private final Process process;
    private final Writer input;
    private final TurnInput output;

    private ClientProcess(final ClientKind kind, final Process process)
    {
        this.kind = kind;
        this.process = process;
        input = process.outputWriter(StandardCharsets.UTF_8);
        output = new TurnInput(process.getInputStream());
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
     * Connects; a client has one connection at a time.
     *
     * @param port        of the server.
     * @param certificate of the server, in PEM form, or null without TLS.
     * @param bodyLength  that each answer must have, in bytes.
     * @param echo        the file that the server echoes in, for looks at the cores, or null for none.
     * @return the client, connected.
     * @throws IOException when it cannot connect, or takes more than a minute.
     */
    public TurnClient connect(final int port, final Path certificate, final int bodyLength, final Path echo)
        throws IOException
    {
        ask(ClientMain.CONNECT + port + " " + word(certificate) + " " + bodyLength + " " + word(echo),
            ClientMain.CONNECTED);

        return new Connection();
    }

    /** Ends the process. */
    @Override
    public void close()
    {
        process.destroyForcibly();
    }

    /** The answer without its beginning; the process is ended when there is none within a minute. */
    private String ask(final String question, final String beginning) throws IOException
    {
        input.write(question + "\n");
        input.flush();
        final Thread watchdog = Thread.ofVirtual().start(this::endWhenLate);
        final String line = output.readLine();
        watchdog.interrupt();
        if (!line.startsWith(beginning))
        {
            throw new IOException(kind.label() + ": " + line);
        }

        return line.substring(beginning.length());
    }

    private static String word(final Path file)
    {
        return null == file ? ClientMain.NO_FILE : file.toString();
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
            // It has answered in time.
        }
    }

    private final class Connection implements TurnClient
    {
        @Override
        public Turn turn(final TurnPlan plan) throws IOException
        {
            final String[] words = ask(ClientMain.TURN + plan.line(), ClientMain.TURN).split(" ");
            return new Turn(output.readTimes(Integer.parseInt(words[1])),
                output.readTimes(Integer.parseInt(words[2])), Long.parseLong(words[0]));
        }

        @Override
        public long pid()
        {
            return process.pid();
        }

        @Override
        public void close() throws IOException
        {
            ask(ClientMain.DISCONNECT, ClientMain.DISCONNECTED);
        }
    }
}
