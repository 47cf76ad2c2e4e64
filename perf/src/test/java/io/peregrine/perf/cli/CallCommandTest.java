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
package io.peregrine.perf.cli;

import io.peregrine.perf.PeregrineTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class CallCommandTest
{
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final String LAST = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private static final List<String> FIELDS = List.of("seq", "status", "headers", "body_b64", "reused", "reusable",
        "error", "phase", "delivery", "bytes_written", "bytes_read", "connection_age_ns", "connection_uses", "address",
        "elapsed_ns");

    @Test
    void shouldPrintAnExchange() throws Exception
    {
        try (ScriptedServer server = new ScriptedServer(
            "HTTP/1.1 404 No\r\nA: \u00e9\r\na: 2\r\nContent-Length: 2\r\n\r\nhi"))
        {
            final CommandRun run = CommandRun.of("call", server.url("/path?a=b%20c"));

            assertEquals(0, run.exitCode(), run.err());
            assertEquals("", run.err());
            final Map<String, Object> line = run.objects().getFirst();
            assertEquals(FIELDS, new ArrayList<>(line.keySet()));
            assertEquals(0L, line.get("seq"));
            assertEquals(404L, line.get("status"));
            assertEquals(
                List.of(List.of("A", "\u00e9"), List.of("a", "2"), List.of("Content-Length", "2")),
                line.get("headers"));
            assertEquals("aGk=", line.get("body_b64"));
            assertEquals(false, line.get("reused"));
            assertEquals(true, line.get("reusable"));
            assertNull(line.get("error"));
            assertEquals("ANSWERED", line.get("delivery"));
            assertEquals((long)server.requests().getFirst().length(), line.get("bytes_written"));
            assertEquals(52L, line.get("bytes_read"));
            assertTrue((long)line.get("elapsed_ns") > 0);
            assertTrue(server.requests().getFirst().startsWith("GET /path?a=b%20c HTTP/1.1\r\nHost: 127.0.0.1:"));
        }
    }

    @Test
    void shouldReuseAConnectionUntilItEnds() throws Exception
    {
        try (ScriptedServer server = new ScriptedServer(OK, LAST, OK))
        {
            final CommandRun run = CommandRun.of("call", "--repeat", "3", server.url("/"));

            assertEquals(0, run.exitCode(), run.err());
            assertEquals(List.of(0L, 1L, 2L), column(run, "seq"));
            assertEquals(List.of(false, true, false), column(run, "reused"));
            assertEquals(List.of(true, false, true), column(run, "reusable"));
        }
    }

    @Test
    void shouldSendMethodHeadersAndBody() throws Exception
    {
        try (ScriptedServer server = new ScriptedServer(OK, OK, OK, OK))
        {
            CommandRun.of(
                "call", "-d", "{\"a\":\"\u00e9\"}", "-H", "X-One: 1", "-H", "x-two:  a: b ", server.url("/p"));
            CommandRun.of("call", "-d", "", server.url("/p"));
            CommandRun.of("call", "-X", "put", "-d", "x", server.url("/p"));
            CommandRun.of("call", "-X", "DELETE", server.url("/p"));

            final List<String> requests = server.requests();
            assertTrue(requests.get(0).startsWith("POST /p HTTP/1.1\r\n"), requests.get(0));
            assertTrue(requests.get(0).contains("\r\nX-One: 1\r\nx-two: a: b\r\n"), requests.get(0));
            assertTrue(requests.get(0).endsWith("\r\n\r\n{\"a\":\"\u00c3\u00a9\"}"), requests.get(0));
            assertTrue(requests.get(1).startsWith("POST /p HTTP/1.1\r\n"), requests.get(1));
            assertTrue(requests.get(1).endsWith("\r\nContent-Length: 0\r\n\r\n"), requests.get(1));
            assertTrue(requests.get(2).startsWith("PUT /p HTTP/1.1\r\n"), requests.get(2));
            assertTrue(requests.get(3).startsWith("DELETE /p HTTP/1.1\r\n"), requests.get(3));
        }
    }

    @Test
    void shouldSendAFileAsItIsUpToItsLimit(@TempDir final Path directory) throws Exception
    {
        final Path file = directory.resolve("body");
        Files.write(file, new byte[CallBody.LENGTH_LIMIT]);
        try (ScriptedServer server = new ScriptedServer(OK))
        {
            final CommandRun run = CommandRun.of("call", "-d", "@" + file, server.url("/"));
            assertEquals(0, run.exitCode(), run.err());
            assertTrue(server.requests().getFirst().endsWith("\0".repeat(CallBody.LENGTH_LIMIT)));

            Files.write(file, new byte[CallBody.LENGTH_LIMIT + 1]);
            assertEquals(2, CommandRun.of("call", "-d", "@" + file, server.url("/")).exitCode());
        }
    }

    @Test
    void shouldTakeTheLongestBodyOfTheDefaultLimits() throws Exception
    {
        final String body = "x".repeat(1024 * 1024);
        try (ScriptedServer server = new ScriptedServer(
            "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body,
            "HTTP/1.1 200 OK\r\nContent-Length: " + (body.length() + 1) + "\r\n\r\n" + body + "x"))
        {
            final CommandRun run = CommandRun.of("call", "--repeat", "2", server.url("/"));

            assertEquals(1, run.exitCode());
            final Object taken = run.objects().getFirst().get("body_b64");
            assertEquals(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.US_ASCII)), taken);
            assertEquals("BODY_TOO_LARGE", run.objects().getLast().get("error"));
        }
    }

    @Test
    void shouldTellWhatIsKnownOfAFailedExchangeAndGoOn() throws Exception
    {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.HANG_UP, OK))
        {
            final CommandRun run = CommandRun.of("call", "--repeat", "2", server.url("/"));

            assertEquals(1, run.exitCode());
            final Map<String, Object> failed = run.objects().getFirst();
            assertEquals(FIELDS, new ArrayList<>(failed.keySet()));
            assertNull(failed.get("status"));
            assertEquals(List.of(), failed.get("headers"));
            assertEquals("", failed.get("body_b64"));
            assertEquals(false, failed.get("reusable"));
            assertEquals("CLOSED_BEFORE_RESPONSE", failed.get("error"));
            assertEquals("UNKNOWN", failed.get("delivery"));
            assertEquals((long)server.requests().getFirst().length(), failed.get("bytes_written"));
            assertEquals(0L, failed.get("bytes_read"));
            assertEquals("FIRST_BYTE", failed.get("phase"));
            assertEquals(0L, failed.get("connection_uses"));
            assertTrue((long)failed.get("connection_age_ns") > 0);
            assertTrue(server.url("/").contains((String)failed.get("address")), String.valueOf(failed.get("address")));
            assertEquals("ANSWERED", run.objects().getLast().get("delivery"));
            assertEquals(1, run.err().lines().count());
            assertTrue(run.err().startsWith("peregrine call: 1 of 2 exchanges failed; first CLOSED_BEFORE"), run.err());
        }
    }

    @Test
    void shouldEndAnExchangeAtItsDeadline() throws Exception
    {
        try (ScriptedServer server = new ScriptedServer())
        {
            final CommandRun run = CommandRun.of("call", "--deadline", "50ms", server.url("/"));

            assertEquals(1, run.exitCode());
            final Map<String, Object> line = run.objects().getFirst();
            assertEquals("REQUEST_TIMEOUT", line.get("error"));
            assertEquals("UNKNOWN", line.get("delivery"));
            assertTrue((long)line.get("elapsed_ns") >= TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void shouldCountTheWaitForAConnectionAgainstTheDeadline() throws Exception
    {
        // The second connection is made, by the system, but never answered.
        try (ScriptedServer server = new ScriptedServer(LAST))
        {
            final CommandRun run = CommandRun.of("call", "--deadline", "100ms", "--repeat", "3", server.url("/"));

            assertEquals(1, run.exitCode());
            assertEquals(3, run.objects().size());
            for (final Map<String, Object> line : run.objects().subList(1, 3))
            {
                assertEquals("REQUEST_TIMEOUT", line.get("error"));
                assertTrue((long)line.get("elapsed_ns") >= TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    @Test
    void shouldSayThatNothingWasSentWhenThereIsNoConnectionAnyMore() throws Exception
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final Thread server = Thread.ofPlatform().start(() -> answerOnceAndDie(socket));
            final CommandRun run = CommandRun.of(
                "call", "--deadline", "150ms", "--repeat", "2", "http://127.0.0.1:" + socket.getLocalPort() + "/");
            server.join();

            assertEquals(List.of("ANSWERED", "NOT_SENT"), column(run, "delivery"));
            assertEquals("CONNECT_FAILED", run.objects().getLast().get("error"));
            assertEquals(0L, run.objects().getLast().get("bytes_written"));
        }
    }

    @Test
    void shouldPrintOneLineWhenTheFirstConnectionCannotBeMade() throws Exception
    {
        final int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            port = socket.getLocalPort();
        }

        final CommandRun run = CommandRun.of("call", "--repeat", "3", "http://127.0.0.1:" + port + "/");

        assertEquals(1, run.exitCode());
        assertEquals(1, run.objects().size());
        final Map<String, Object> line = run.objects().getFirst();
        assertEquals(FIELDS, new ArrayList<>(line.keySet()));
        assertEquals(0L, line.get("seq"));
        assertEquals("CONNECT_FAILED", line.get("error"));
        assertEquals("NOT_SENT", line.get("delivery"));
        assertEquals(1, run.err().lines().count());
        assertTrue(run.err().startsWith("peregrine call: CONNECT_FAILED: "), run.err());
    }

    @Test
    void shouldEndQuietlyWhenNobodyReads() throws Exception
    {
        final String[] answers = new String[1_000];
        Arrays.fill(answers, OK);
        try (ScriptedServer server = new ScriptedServer(answers))
        {
            final CommandLine commandLine = PeregrineTool.commandLine();
            commandLine.setOut(new PrintWriter(new ClosedWriter()));
            final int exitCode = commandLine.execute("call", "--repeat", "100000000", server.url("/"));

            assertEquals(0, exitCode);
            assertFalse(server.requests().isEmpty());
        }
    }

    private static void answerOnceAndDie(final ServerSocket serverSocket)
    {
        try (Socket socket = serverSocket.accept())
        {
            serverSocket.close();
            final byte[] request = new byte[4096];
            if (socket.getInputStream().read(request) > 0)
            {
                socket.getOutputStream().write(LAST.getBytes(StandardCharsets.US_ASCII));
            }
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static List<Object> column(final CommandRun run, final String name)
    {
        return run.objects().stream().map((object) -> object.get(name)).toList();
    }

    /** What standard output is like behind a program that has ended. */
    private static final class ClosedWriter extends Writer
    {
        @Override
        public void write(final char[] characters, final int offset, final int length) throws IOException
        {
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() throws IOException
        {
            throw new IOException("Broken pipe");
        }

        @Override
        public void close()
        {
        }
    }
}
