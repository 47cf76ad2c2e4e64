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
package io.peregrine.perf.venue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A server in a process of its own, which prints {@code LISTENING <port>} when it is ready and ends when its standard
 * input does. That end comes with {@link #close()}, and also when this process dies, however it dies.
 */
public final class ServerProcess implements AutoCloseable
{
    /** What stands before the port in the line that a server prints when it is ready. */
    public static final String LISTENING = "LISTENING ";

    private static final long START_TIMEOUT_SECONDS = 20;
    private static final long END_TIMEOUT_SECONDS = 5;

    private final Process process;
    private final int port;

    private ServerProcess(final Process process, final int port)
    {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a server and waits until it is ready, at most twenty seconds. Its standard error is that of this process.
     *
     * @param command the program and its arguments.
     * @return the server.
     * @throws IOException when it cannot be started, ends at once or is not ready in time; it does not run then.
     */
    public static ServerProcess start(final List<String> command) throws IOException
    {
        final Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        boolean isReady = false;
        try
        {
            final ServerProcess server = new ServerProcess(process, awaitPort(process, command));
            isReady = true;
            return server;
        }
        finally
        {
            if (!isReady)
            {
                end(process);
            }
        }
    }

    /**
     * The port that the server listens on.
     *
     * @return the port.
     */
    public int port()
    {
        return port;
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

    /**
     * Whether the server still runs.
     *
     * @return true until it has ended.
     */
    public boolean isAlive()
    {
        return process.isAlive();
    }

    /** Ends the server, by force if it takes more than five seconds; may be called twice. */
    @Override
    public void close()
    {
        end(process);
    }

    private static int awaitPort(final Process process, final List<String> command) throws IOException
    {
        final CompletableFuture<String> firstLine = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("server-output").start(() -> readOutput(process, firstLine));
        try
        {
            final String line = firstLine.get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (null == line || !line.startsWith(LISTENING))
            {
                throw new IOException(command.getFirst() + " said " + line + " instead of the port it listens on");
            }

            return Integer.parseInt(line.substring(LISTENING.length()).trim());
        }
        catch (final TimeoutException ex)
        {
            throw new IOException(command.getFirst() + " does not listen after " + START_TIMEOUT_SECONDS + " s", ex);
        }
        catch (final ExecutionException | NumberFormatException ex)
        {
            throw new IOException(command.getFirst() + " does not tell the port it listens on", ex);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + command.getFirst() + " was starting", ex);
        }
    }

    /** Reads on after the first line, so that a server which says more is never blocked by it. */
    private static void readOutput(final Process process, final CompletableFuture<String> firstLine)
    {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8))
        {
            String line = reader.readLine();
            firstLine.complete(line);
            while (null != line)
            {
                line = reader.readLine();
            }
        }
        catch (final IOException ex)
        {
            firstLine.completeExceptionally(ex);
        }
    }

    private static void end(final Process process)
    {
        try
        {
            process.getOutputStream().close();
        }
        catch (final IOException ignore)
        {
            // A pipe without a reader: the process has ended already.
        }

        try
        {
            if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS))
            {
                process.destroyForcibly().waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        }
        catch (final InterruptedException ignore)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
