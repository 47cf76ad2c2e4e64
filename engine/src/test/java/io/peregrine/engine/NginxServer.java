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
package io.peregrine.engine;

import org.agrona.IoUtil;
import org.junit.jupiter.api.Assumptions;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real nginx with one worker on a free port of the loopback interface, its files in a directory that is deleted
 * with it. It serves {@code /fixed}, the directory {@link #directory()} as {@code /files/}, and the same in chunks
 * as {@code /chunked/}.
 */
public final class NginxServer implements AutoCloseable
{
    private static final String FIXED_BODY = "hello from nginx";
    private static final long START_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long STOP_TIMEOUT_S = 20;
    private static final long LOG_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final String CONFIG = """
        daemon off;
        worker_processes 1;
        %s
        pid %2$s/nginx.pid;
        error_log %2$s/error.log;
        events
        {
            worker_connections 256;
        }
        http
        {
            client_body_temp_path %2$s/body;
            proxy_temp_path %2$s/proxy;
            fastcgi_temp_path %2$s/fastcgi;
            uwsgi_temp_path %2$s/uwsgi;
            scgi_temp_path %2$s/scgi;
            log_format connections '$connection $connection_requests $status $request';
            access_log %2$s/access.log connections;
            default_type text/plain;
            tcp_nodelay on;
            keepalive_requests %4$d;
            server
            {
                listen 127.0.0.1:%3$d;
                location = /fixed
                {
                    return 200 '%5$s';
                }
                location /files/
                {
                    alias %2$s/files/;
                }
                location /chunked/
                {
                    alias %2$s/files/;
                    ssi on;
                    ssi_types *;
                }
            }
        }
        """;

    private final Path root;
    private final int port;
    private final List<String> command;

    private Process process;

    /** Starts nginx, or skips the test when there is none. */
    public NginxServer(final int keepAliveRequests) throws IOException
    {
        final Optional<Path> executable = executable();
        Assumptions.assumeTrue(executable.isPresent(), "nginx is not installed: apt-get install nginx");

        root = Files.createTempDirectory("peregrine-nginx");
        Files.createDirectory(directory());
        port = freePort();
        final Path config = root.resolve("nginx.conf");
        final String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        Files.writeString(config, CONFIG.formatted(user, root, port, keepAliveRequests, FIXED_BODY));
        command = List.of(executable.get().toString(), "-p", root.toString(), "-c", config.toString());
        start();
    }

    /** Starts anew after {@link #stop()}. */
    public void start() throws IOException
    {
        process = new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("output.log").toFile())
            .start();
        awaitListening();
    }

    /** Ends it as a crash would, workers first, so that none outlives the master. */
    public void kill() throws IOException
    {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        stop();
    }

    /** New workers take over, old ones finish what is under way and end idle connections: {@code nginx -s reload}. */
    public void reload() throws IOException
    {
        final ArrayList<String> signal = new ArrayList<>(command);
        signal.add("-s");
        signal.add("reload");
        final Process signaller = new ProcessBuilder(signal)
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("signal.log").toFile())
            .start();
        try
        {
            if (!signaller.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS) || 0 != signaller.exitValue())
            {
                throw new IOException("reload failed: " + Files.readString(root.resolve("signal.log")));
            }
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the process, and so every connection; its files stay. */
    public void stop()
    {
        process.destroy();
        try
        {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
                throw new AssertionError("nginx did not stop");
            }
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    public String url()
    {
        return "http://127.0.0.1:" + port;
    }

    /** What {@code /fixed} answers. */
    public String fixedBody()
    {
        return FIXED_BODY;
    }

    /** The directory that is served. */
    public Path directory()
    {
        return root.resolve("files");
    }

    /** The log, once it has so many lines: connection number, request number on it, status and request line. */
    public List<String> awaitAccessLog(final int lineCount) throws IOException
    {
        final long deadlineNs = System.nanoTime() + LOG_TIMEOUT_NS;
        List<String> lines = Files.readAllLines(root.resolve("access.log"));
        while (lines.size() < lineCount && deadlineNs - System.nanoTime() > 0)
        {
            Thread.yield();
            lines = Files.readAllLines(root.resolve("access.log"));
        }

        return lines;
    }

    @Override
    public void close()
    {
        try
        {
            stop();
        }
        finally
        {
            IoUtil.delete(root.toFile(), true);
        }
    }

    private void awaitListening() throws IOException
    {
        final long deadlineNs = System.nanoTime() + START_TIMEOUT_NS;
        while (!isListening())
        {
            if (!process.isAlive() || deadlineNs - System.nanoTime() < 0)
            {
                final String output = Files.readString(root.resolve("output.log"));
                close();
                throw new IOException("nginx did not start: " + output);
            }
            Thread.yield();
        }
    }

    private boolean isListening()
    {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port))
        {
            return socket.isConnected();
        }
        catch (final IOException ignore)
        {
            return false;
        }
    }

    private static Optional<Path> executable()
    {
        final String searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Arrays.stream(searchPath.split(File.pathSeparator)), Stream.of("/usr/sbin"))
            .map((directory) -> Path.of(directory, "nginx"))
            .filter(Files::isExecutable)
            .findFirst();
    }

    private static int freePort() throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            return socket.getLocalPort();
        }
    }
}
