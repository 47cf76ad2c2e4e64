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

import io.peregrine.perf.venue.JavaCommand;
import io.peregrine.perf.venue.ServerProcess;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A server in a process of its own that answers every request with the same 104 bytes: in C, or in Java without a C
 * compiler. It spins on the connection that spoke last; without one, and when nobody has spoken for twenty
 * milliseconds, it sleeps, so that it leaves its core to others.
 */
public final class FloorServer implements AutoCloseable
{
    /** The length of the answer to every request, in bytes. */
    public static final int ANSWER_LENGTH = 104;

    private static final int MAX_SECONDS = 7_200;

    private final ServerProcess server;
    private final boolean isNative;

    private FloorServer(final ServerProcess server, final boolean isNative)
    {
        this.server = server;
        this.isNative = isNative;
    }

    /**
     * Starts the server in C when it can be built, else in Java, and waits until it listens, at most twenty seconds.
     *
     * @param cpu the core to pin it to, -1 for none.
     * @return the server.
     * @throws IOException when it cannot be built or started; it does not run then.
     */
    public static FloorServer start(final int cpu) throws IOException
    {
        final Optional<Path> binary = FloorBinary.find();
        return binary.isPresent() ? startNative(binary.get(), cpu) : startJava(cpu);
    }

    /**
     * Starts the server in C.
     *
     * @param binary the program, as {@link FloorBinary} gives it.
     * @param cpu    the core to pin it to, -1 for none.
     * @return the server.
     * @throws IOException when it cannot be started; it does not run then.
     */
    public static FloorServer startNative(final Path binary, final int cpu) throws IOException
    {
        return startNative(binary, cpu, FloorAnswer.ORDER, null, null);
    }

    /**
     * Starts the server in C.
     *
     * @param binary the program, as {@link FloorBinary} gives it.
     * @param cpu    the core to pin it to, -1 for none.
     * @param answer what it answers with.
     * @param tls    how it speaks TLS, or null for a plain one.
     * @param echo   the file that it echoes in, as a {@code CoreDistance} gives it, or null for none.
     * @return the server.
     * @throws IOException when it cannot be started; it does not run then.
     */
    public static FloorServer startNative(
        final Path binary,
        final int cpu,
        final FloorAnswer answer,
        final FloorTls tls,
        final Path echo) throws IOException
    {
        final List<String> command = new ArrayList<>(List.of(binary.toString(), "server", Integer.toString(cpu)));
        if (FloorAnswer.UNSET != answer.bodyLength())
        {
            command.addAll(List.of("--body-length", Integer.toString(answer.bodyLength())));
        }
        if (FloorAnswer.UNSET != answer.chunkLength())
        {
            command.addAll(List.of("--chunk-length", Integer.toString(answer.chunkLength())));
        }
        if (FloorAnswer.UNSET != answer.serviceUs())
        {
            command.addAll(List.of("--service-us", Integer.toString(answer.serviceUs())));
        }
        if (null != tls)
        {
            command.addAll(List.of("--tls", tls.library().toString(),
                "--certificate", tls.certificate().toString(), "--key", tls.key().toString()));
        }
        if (null != echo)
        {
            command.addAll(List.of("--echo", echo.toString()));
        }
        command.addAll(List.of("--max-seconds", Integer.toString(MAX_SECONDS)));

        return new FloorServer(ServerProcess.start(command), true);
    }

    /**
     * Starts the server in Java.
     *
     * @param cpu the core to pin it to, -1 for none.
     * @return the server.
     * @throws IOException when it cannot be started; it does not run then.
     */
    public static FloorServer startJava(final int cpu) throws IOException
    {
        final List<String> command = JavaCommand.of(NioFloorServer.class, Integer.toString(cpu));
        return new FloorServer(ServerProcess.start(command), false);
    }

    /**
     * The id of the process.
     *
     * @return the id that the operating system gave it.
     */
    public long pid()
    {
        return server.pid();
    }

    /**
     * The port that the server listens on, on the loopback address.
     *
     * @return the port.
     */
    public int port()
    {
        return server.port();
    }

    /**
     * Which of the two servers this is.
     *
     * @return true for the one in C, false for the one in Java.
     */
    public boolean isNative()
    {
        return isNative;
    }

    /**
     * Whether the server still runs.
     *
     * @return true until it has ended.
     */
    public boolean isAlive()
    {
        return server.isAlive();
    }

    /** Ends the server, by force if it takes more than five seconds; may be called twice. */
    @Override
    public void close()
    {
        server.close();
    }
}
