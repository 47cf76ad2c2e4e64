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

/**
 * A TLS server in this JVM that serves one client after another in the way of the test, and keeps every byte that it
 * opened.
 */
final class TlsLoopbackServer implements AutoCloseable
{
    private static final int TIMEOUT_MS = 20_000;

    /** What to do with a client whose handshake is complete. */
    @FunctionalInterface
    interface Service
    {
        /** May use the raw socket to end the connection without a word of TLS. */
        void serve(SSLSocket secure, Socket raw) throws IOException;
    }

    private final ServerSocket listener;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final Thread thread;
    private volatile Socket client;

    TlsLoopbackServer(
        final SSLContext context, final String protocol, final boolean needsClient, final Service service)
        throws IOException
    {
        listener = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
        thread = Thread.ofPlatform().daemon().name("tls-loopback-server").start(() ->
        {
            while (!listener.isClosed())
            {
                try (Socket raw = listener.accept())
                {
                    client = raw;
                    raw.setSoTimeout(TIMEOUT_MS);
                    serve(context, protocol, needsClient, service, raw);
                }
                catch (final IOException ignore)
                {
                    // The client went away, as it does in most of these tests.
                }
            }
        });
    }

    int port()
    {
        return listener.getLocalPort();
    }

    String url(final String host)
    {
        return "https://" + host + ":" + port();
    }

    /** Everything that clients sent inside of TLS. */
    synchronized String received()
    {
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads a request to the end of its head; empty when the client ended in good order. */
    String readHead(final SSLSocket socket) throws IOException
    {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            final int b = read(socket);
            if (b < 0)
            {
                break;
            }
            head.append((char)b);
        }

        return head.toString();
    }

    /** Reads one byte; -1 after close_notify. */
    int read(final SSLSocket socket) throws IOException
    {
        final int b = socket.getInputStream().read();
        if (b >= 0)
        {
            synchronized (this)
            {
                received.write(b);
            }
        }

        return b;
    }

    @Override
    public void close() throws IOException
    {
        listener.close();
        CloseHelper.quietClose(client);
        try
        {
            thread.join(TIMEOUT_MS);
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
    }

    private static void serve(
        final SSLContext context,
        final String protocol,
        final boolean needsClient,
        final Service service,
        final Socket raw) throws IOException
    {
        final SSLSocket secure = (SSLSocket)context.getSocketFactory().createSocket(raw, null, raw.getPort(), false);
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(needsClient);
        if (null != protocol)
        {
            secure.setEnabledProtocols(new String[]{ protocol });
        }
        secure.startHandshake();
        service.serve(secure, raw);
    }
}
