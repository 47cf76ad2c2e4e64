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
package io.peregrine.pool;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A real server, plain or TLS, whose first connection does what the test wants to see and whose later ones serve as
 * they should: every order is answered with its own id. It keeps what it really received.
 */
final class HostileServer implements AutoCloseable
{
    private static final int BACKLOG = 64;
    private static final int TIMEOUT_MS = 20_000;
    private static final Pattern ORDER = Pattern.compile("POST /order/(\\d+) ");

    private final ServerSocket listener;
    private final SSLContext tls;
    private final Deed firstDeed;
    private final boolean isBeforeTls;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> orders = new CopyOnWriteArrayList<>();
    private final AtomicLong bytesReceived = new AtomicLong();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch idle = new CountDownLatch(1);
    private final Thread acceptor;

    /** What a connection does; it is closed afterwards. */
    @FunctionalInterface
    interface Deed
    {
        void act(Client client) throws IOException;
    }

    /** The deed comes before the TLS handshake, or after it; without a context there is none. */
    HostileServer(final SSLContext tls, final boolean isBeforeTls, final Deed firstDeed) throws IOException
    {
        this.tls = tls;
        this.isBeforeTls = isBeforeTls;
        this.firstDeed = firstDeed;
        listener = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
        acceptor = Thread.ofPlatform().daemon().name("hostile-acceptor").start(this::accept);
    }

    String url()
    {
        return (null == tls ? "http" : "https") + "://127.0.0.1:" + listener.getLocalPort();
    }

    /** Ids of the orders that were received whole. */
    List<String> orders()
    {
        return orders;
    }

    /** The client has taken all that it asked for. */
    void onIdle()
    {
        idle.countDown();
    }

    /** Bytes of requests, as they were before TLS, of all connections. */
    long bytesReceived()
    {
        return bytesReceived.get();
    }

    @Override
    public void close() throws IOException
    {
        closed.countDown();
        listener.close();
        for (final Socket socket : sockets)
        {
            socket.close();
        }
    }

    private void accept()
    {
        try
        {
            while (true)
            {
                final Socket socket = listener.accept();
                final boolean isFirst = sockets.isEmpty();
                sockets.add(socket);
                Thread.ofPlatform().daemon().name("hostile-connection").start(() -> serve(socket, isFirst));
            }
        }
        catch (final IOException ignore)
        {
            // Closed.
        }
    }

    private void serve(final Socket raw, final boolean isFirst)
    {
        try (raw)
        {
            raw.setSoTimeout(TIMEOUT_MS);
            raw.setTcpNoDelay(true);
            if (isFirst && isBeforeTls)
            {
                firstDeed.act(new Client(raw, raw));
                return;
            }

            final Client client = new Client(raw, null == tls ? raw : shakeHands(raw));
            if (isFirst)
            {
                firstDeed.act(client);
            }
            else
            {
                client.serveForever();
            }
        }
        catch (final IOException ignore)
        {
            // The client went away, or the test ended.
        }
    }

    private Socket shakeHands(final Socket raw) throws IOException
    {
        final SSLSocket secure = (SSLSocket)tls.getSocketFactory().createSocket(raw, null, raw.getPort(), false);
        secure.setUseClientMode(false);
        secure.startHandshake();

        return secure;
    }

    /** One connection, used by its deed. */
    final class Client
    {
        private final Socket raw;
        private final Socket socket;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private final byte[] buffer = new byte[16 * 1024];

        private Client(final Socket raw, final Socket socket)
        {
            this.raw = raw;
            this.socket = socket;
        }

        void serveForever() throws IOException
        {
            while (true)
            {
                serveOne();
            }
        }

        void serveOne() throws IOException
        {
            send(answer(readOrder()));
        }

        /** Waits for a whole request; returns the id of its order. */
        String readOrder() throws IOException
        {
            String request = pending.toString(ISO_8859_1);
            while (!isWhole(request))
            {
                readSome();
                request = pending.toString(ISO_8859_1);
            }

            final Matcher matcher = ORDER.matcher(request);
            if (!matcher.find())
            {
                throw new IOException("no order: " + request);
            }
            orders.add(matcher.group(1));
            pending.reset();

            return matcher.group(1);
        }

        /** Waits for so many bytes, and leaves the rest where it is. */
        void readBytes(final int length) throws IOException
        {
            final InputStream in = socket.getInputStream();
            for (int i = 0; i < length; i++)
            {
                if (in.read() < 0)
                {
                    throw new IOException("ended");
                }
                bytesReceived.incrementAndGet();
            }
        }

        void send(final String text) throws IOException
        {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        }

        /** One byte after the other, until the client has had enough of it. */
        void drip(final String text) throws IOException
        {
            for (int i = 0; i < text.length(); i++)
            {
                send(text.substring(i, i + 1));
                pause(20);
            }
        }

        /** Sends the same over and over, until the client has had enough of it. */
        void sendForever(final String text) throws IOException
        {
            while (true)
            {
                send(text);
            }
        }

        /** Ends the TCP connection without a word of TLS. */
        void end() throws IOException
        {
            raw.shutdownOutput();
            stall();
        }

        /** Ends the connection as the protocol has it: close_notify and FIN. */
        void close() throws IOException
        {
            socket.close();
        }

        void reset() throws IOException
        {
            raw.setSoLinger(true, 0);
            raw.close();
        }

        /** Does nothing until the test is over. */
        void stall()
        {
            pause(TIMEOUT_MS);
        }

        void pause(final long millis)
        {
            await(closed, millis);
        }

        /** Waits until the client has taken all that it asked for. */
        void awaitIdle()
        {
            await(idle, TIMEOUT_MS);
        }

        private void await(final CountDownLatch latch, final long millis)
        {
            try
            {
                latch.await(millis, TimeUnit.MILLISECONDS);
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
            }
        }

        private void readSome() throws IOException
        {
            final int length = socket.getInputStream().read(buffer);
            if (length < 0)
            {
                throw new IOException("ended");
            }
            bytesReceived.addAndGet(length);
            pending.write(buffer, 0, length);
        }

        private boolean isWhole(final String request)
        {
            final int headLength = request.indexOf("\r\n\r\n") + 4;
            if (headLength < 4)
            {
                return false;
            }

            final String head = request.substring(0, headLength).toLowerCase(Locale.ROOT);
            final Matcher length = Pattern.compile("content-length: (\\d+)").matcher(head);
            return length.find() && request.length() >= headLength + Integer.parseInt(length.group(1));
        }
    }

    static String answer(final String id)
    {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + id.length() + "\r\n\r\n" + id;
    }
}
