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

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that answers requests with bytes from a list, one connection after another. When the list is at its end it
 * answers nothing and ends the connection when the client does.
 */
final class ScriptedServer implements AutoCloseable
{
    /** Ends the connection without an answer. */
    static final String HANG_UP = "";

    private static final Duration END_TIMEOUT = Duration.ofSeconds(5);

    private final ServerSocket serverSocket;
    private final ConcurrentLinkedQueue<String> answers;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Thread thread;

    ScriptedServer(final String... answers) throws IOException
    {
        this.answers = new ConcurrentLinkedQueue<>(List.of(answers));
        serverSocket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        thread = Thread.ofPlatform().daemon().name("scripted-server").start(this::serve);
    }

    String url(final String target)
    {
        return "http://127.0.0.1:" + serverSocket.getLocalPort() + target;
    }

    /** What was received, one text a request, as ISO-8859-1. */
    List<String> requests()
    {
        return requests;
    }

    @Override
    public void close() throws IOException
    {
        serverSocket.close();
        try
        {
            thread.join(END_TIMEOUT);
        }
        catch (final InterruptedException ignore)
        {
            Thread.currentThread().interrupt();
        }
    }

    private void serve()
    {
        while (!serverSocket.isClosed())
        {
            try (Socket socket = serverSocket.accept())
            {
                serve(socket);
            }
            catch (final IOException ignore)
            {
                // The client went away, or the test is over.
            }
        }
    }

    private void serve(final Socket socket) throws IOException
    {
        final InputStream in = socket.getInputStream();
        String request = readRequest(in);
        while (null != request)
        {
            requests.add(request);
            final String answer = answers.poll();
            if (null == answer)
            {
                in.read();
                return;
            }

            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            if (HANG_UP.equals(answer) || answer.contains("Connection: close"))
            {
                return;
            }

            request = readRequest(in);
        }
    }

    private static String readRequest(final InputStream in) throws IOException
    {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            final int b = in.read();
            if (b < 0)
            {
                return null;
            }

            head.append((char)b);
        }

        return head + new String(in.readNBytes(contentLength(head.toString())), StandardCharsets.ISO_8859_1);
    }

    private static int contentLength(final String head)
    {
        final String name = "\r\nContent-Length: ";
        final int index = head.indexOf(name);
        final int offset = index + name.length();
        return index < 0 ? 0 : Integer.parseInt(head.substring(offset, head.indexOf('\r', offset)));
    }
}
