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

import org.agrona.CloseHelper;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A TLS server in this JVM that serves each client, on a thread of its own, in the way of the test; or answers nothing
 * and keeps every byte that it opens.
 */
public final class TlsLoopbackServer implements AutoCloseable
{
    private static final int TIMEOUT_MS = 20_000;

    /** Longer than any test may take, so that a slow machine ends no idle connection. */
    private static final int READ_TIMEOUT_MS = 600_000;

    /** What to do with a client whose handshake is complete. */
    @FunctionalInterface
    public interface Service
    {
        /** May use the raw socket to end the connection without a word of TLS. */
        void serve(SSLSocket secure, Socket raw) throws IOException;
    }

    private final ServerSocket listener;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Thread thread;
    private final Queue<Socket> clients = new ConcurrentLinkedQueue<>();

    /** Listens at once, and keeps what clients send. */
    TlsLoopbackServer(final SSLContext context, final String protocol, final boolean needsClient) throws IOException
    {
        this(context, protocol, needsClient, null);
    }

    /** Listens at once, with a protocol, or null for any. */
    public TlsLoopbackServer(
        final SSLContext context, final String protocol, final boolean needsClient, final Service service)
        throws IOException
    {
        listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        thread = Thread.ofPlatform().daemon().name("tls-loopback-server").start(() ->
        {
            try
            {
                while (true)
                {
                    final Socket raw = listener.accept();
                    clients.add(raw);
                    Thread.ofPlatform().daemon().name("tls-loopback-client").start(() ->
                        serve(context, protocol, needsClient, null == service ? this::keep : service, raw));
                }
            }
            catch (final IOException ignore)
            {
                // Closed: nobody is served any more.
            }
        });
    }

    public int port()
    {
        return listener.getLocalPort();
    }

    public String url(final String host)
    {
        return "https://" + host + ":" + port();
    }

    /** Everything that clients sent inside of TLS. */
    synchronized String received()
    {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
        CloseHelper.quietCloseAll(clients);
        try
        {
            thread.join(TIMEOUT_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers every request, each of which comes in a record of its own. */
    public static Service answering(final byte[] answer)
    {
        return (socket, raw) ->
        {
            final byte[] request = new byte[32 * 1024];
            while (socket.getInputStream().read(request) >= 0)
            {
                socket.getOutputStream().write(answer);
            }
        };
    }

    private void keep(final SSLSocket secure, final Socket raw) throws IOException
    {
        int b = secure.getInputStream().read();
        while (b >= 0)
        {
            synchronized (this)
            {
                received.write(b);
            }
            b = secure.getInputStream().read();
        }
    }

    private static void serve(
        final SSLContext context,
        final String protocol,
        final boolean needsClient,
        final Service service,
        final Socket raw)
    {
        try (raw)
        {
            raw.setSoTimeout(READ_TIMEOUT_MS);
            raw.setTcpNoDelay(true);
            final SSLSocket secure =
                (SSLSocket)context.getSocketFactory().createSocket(raw, null, raw.getPort(), false);
            secure.setUseClientMode(false);
            secure.setNeedClientAuth(needsClient);
            if (null != protocol)
            {
                secure.setEnabledProtocols(new String[]{ protocol });
            }
            secure.startHandshake();
            service.serve(secure, raw);
        }
        catch (final IOException ignore)
        {
            // The client went away, as it does in most of these tests.
        }
    }
}
