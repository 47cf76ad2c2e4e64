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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A real server on the loopback interface, with a thread for each connection that follows a script. It keeps the
 * requests of each connection, and closing it ends every thread.
 */
public final class LoopbackServer implements AutoCloseable
{
    private static final int BACKLOG = 128;
    private static final int RECEIVE_LENGTH = 64 * 1024;
    private static final int READ_TIMEOUT_MS = (int)TimeUnit.SECONDS.toMillis(30);
    private static final String HEAD_END = "\r\n\r\n";

    private final ServerSocket serverSocket = new ServerSocket();
    private final List<Session> sessions = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final Script script;
    private final Thread acceptor;

    /** What a connection does; it is closed when this returns. */
    @FunctionalInterface
    public interface Script
    {
        void serve(Session session) throws IOException;
    }

    public LoopbackServer(final Script script) throws IOException
    {
        this.script = script;
        serverSocket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        acceptor = new Thread(this::accept, "loopback-acceptor");
        acceptor.start();
    }

    /** A server that gives every request the same answer. */
    public static LoopbackServer answering(final String answer) throws IOException
    {
        return new LoopbackServer((session) ->
        {
            while (null != session.readRequest())
            {
                session.send(answer);
            }
        });
    }

    /** An address where nobody listens: connecting is refused. */
    public static String refusingUrl() throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            return url(socket.getLocalPort());
        }
    }

    public String url()
    {
        return url(serverSocket.getLocalPort());
    }

    public int connectionCount()
    {
        return sessions.size();
    }

    /** Requests that a connection has received so far, head and body. */
    public List<String> requests(final int connectionIndex)
    {
        return sessions.get(connectionIndex).requests;
    }

    /** Requests of all connections. */
    public List<String> requests()
    {
        return sessions.stream().flatMap((session) -> session.requests.stream()).toList();
    }

    @Override
    public void close() throws IOException
    {
        serverSocket.close();
        join(acceptor);
        for (final Session session : sessions)
        {
            session.socket.close();
        }
        threads.forEach(LoopbackServer::join);

        if (null != failure.get())
        {
            throw new AssertionError("script failed", failure.get());
        }
    }

    private void accept()
    {
        try
        {
            while (true)
            {
                final Session session = new Session(serverSocket.accept(), sessions.size());
                sessions.add(session);
                final Thread thread = new Thread(() -> serve(session), "loopback-connection-" + session.index);
                threads.add(thread);
                thread.start();
            }
        }
        catch (final IOException ignore)
        {
            // The server is closed.
        }
    }

    private void serve(final Session session)
    {
        try (Socket socket = session.socket)
        {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(READ_TIMEOUT_MS);
            script.serve(session);
        }
        catch (final IOException ignore)
        {
            // The client, or the end of the test, closed the connection.
        }
        catch (final RuntimeException | AssertionError ex)
        {
            failure.compareAndSet(null, ex);
        }
    }

    private static String url(final int port)
    {
        return "http://127.0.0.1:" + port;
    }

    private static void join(final Thread thread)
    {
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection, used by its script. */
    public static final class Session
    {
        private final Socket socket;
        private final int index;
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private final byte[] received = new byte[RECEIVE_LENGTH];
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

        private Session(final Socket socket, final int index)
        {
            this.socket = socket;
            this.index = index;
        }

        /** Number of the connection, from 0 in the order of acceptance. */
        public int index()
        {
            return index;
        }

        /** Waits for a whole request, and keeps it; null when the client has ended the stream. */
        public String readRequest() throws IOException
        {
            final InputStream in = socket.getInputStream();
            int length = lengthOfRequest();
            while (length < 0)
            {
                final int read = in.read(received);
                if (read < 0)
                {
                    return null;
                }
                pending.write(received, 0, read);
                length = lengthOfRequest();
            }

            final byte[] bytes = pending.toByteArray();
            final String request = new String(bytes, 0, length, ISO_8859_1);
            pending.reset();
            pending.write(bytes, length, bytes.length - length);
            requests.add(request);

            return request;
        }

        /**
         * Gives every request the same answer, sent in these parts, without keeping it; all requests must be as long as
         * the first.
         */
        public void answerQuickly(final byte[]... parts) throws IOException
        {
            final String first = readRequest();
            if (null == first)
            {
                return;
            }

            final InputStream in = socket.getInputStream();
            do
            {
                for (final byte[] part : parts)
                {
                    socket.getOutputStream().write(part);
                }
            }
            while (first.length() == in.readNBytes(received, 0, first.length()));
        }

        /** Waits for whatever comes next of a request, and drops it. */
        public void readSome() throws IOException
        {
            if (socket.getInputStream().read(received) < 0)
            {
                throw new IOException("the client has ended the stream");
            }
        }

        /** Waits until the client ends the stream. */
        public void awaitEnd() throws IOException
        {
            while (socket.getInputStream().read(received) >= 0)
            {
                continue;
            }
        }

        public void send(final String text) throws IOException
        {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        /** Ends the server's half of the stream. */
        public void end() throws IOException
        {
            socket.shutdownOutput();
        }

        /** Ends the connection by a reset. */
        public void reset() throws IOException
        {
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /** Length of the first request that was received whole; -1 when there is none yet. */
        private int lengthOfRequest()
        {
            final String text = pending.toString(ISO_8859_1);
            final int headEnd = text.indexOf(HEAD_END);
            if (headEnd < 0)
            {
                return -1;
            }

            final int length = headEnd + HEAD_END.length() + contentLength(text.substring(0, headEnd));
            return text.length() < length ? -1 : length;
        }

        private static int contentLength(final String head)
        {
            return head.lines()
                .map((line) -> line.toLowerCase(Locale.ROOT))
                .filter((line) -> line.startsWith("content-length:"))
                .mapToInt((line) -> Integer.parseInt(line.substring(line.indexOf(':') + 1).trim()))
                .findFirst()
                .orElse(0);
        }
    }
}
