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
package io.peregrine.perf.jmh;

import io.peregrine.tls.HandshakeStatus;
import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import java.nio.ByteBuffer;

import static javax.net.ssl.SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;

/** A session with a server of the platform's own provider in the same thread, over memory. */
final class TlsLink implements AutoCloseable
{
    private static final int CAPACITY = 1 << 20;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** The wire: there is one link at a time, and a new one for each should not be measured. */
    private static final ByteBuffer TO_SERVER = ByteBuffer.allocateDirect(CAPACITY);
    private static final ByteBuffer TO_CLIENT = ByteBuffer.allocateDirect(CAPACITY);
    private static final ByteBuffer PLAINTEXT = ByteBuffer.allocateDirect(64 * 1024);

    private final TlsSession client;
    private final SSLEngine server;
    private final ByteBuffer toServer = TO_SERVER.clear();
    private final ByteBuffer toClient = TO_CLIENT.clear();
    private final ByteBuffer plaintext = PLAINTEXT;

    TlsLink(final TlsContext context, final SSLContext servers) throws TlsException, SSLException
    {
        client = context.newSession("localhost", 443);
        server = servers.createSSLEngine();
        server.setUseClientMode(false);
        handshake();
    }

    TlsSession client()
    {
        return client;
    }

    /** Seals a record of the server behind those that wait for the client. */
    void sealByServer(final ByteBuffer source) throws SSLException
    {
        final ByteBuffer remaining = source.duplicate();
        while (remaining.hasRemaining())
        {
            server.wrap(remaining, toClient);
        }
    }

    /** Sealed records that wait for the client, from the first one on. */
    ByteBuffer sealed()
    {
        return toClient;
    }

    @Override
    public void close()
    {
        client.shutdown();
        client.close();
    }

    private void handshake() throws TlsException, SSLException
    {
        HandshakeStatus status = client.handshake();
        while (HandshakeStatus.COMPLETE != status || NOT_HANDSHAKING != server.getHandshakeStatus())
        {
            if (HandshakeStatus.NEED_TASK == status)
            {
                client.task().run();
            }
            pump();
            status = client.handshake();
        }

        // A record goes behind whatever the server still had to say.
        sealByServer(ByteBuffer.allocate(1));
        drain();
    }

    /** Gives the client what the server has sealed. */
    private void drain() throws TlsException, SSLException
    {
        do
        {
            pump();
            while (!client.needsInput())
            {
                client.open(plaintext.clear());
            }
        }
        while (toClient.position() > 0);
    }

    private void pump() throws SSLException
    {
        ByteBuffer output = client.outputRegion();
        while (output.hasRemaining())
        {
            final int length = output.remaining();
            toServer.put(output);
            client.onOutput(length);
            output = client.outputRegion();
        }
        proceed();
        toClient.flip();
        while (toClient.hasRemaining() && client.needsInput())
        {
            feed(toClient, toClient.remaining());
        }
        toClient.compact();
    }

    /** Puts sealed bytes where a socket would. */
    void feed(final ByteBuffer sealed, final int limit)
    {
        final ByteBuffer input = client.inputRegion();
        final int length = Math.min(limit, input.remaining());
        input.put(input.position(), sealed, sealed.position(), length);
        input.position(input.position() + length);
        sealed.position(sealed.position() + length);
        client.onInput(length);
    }

    private void proceed() throws SSLException
    {
        toServer.flip();
        while (true)
        {
            switch (server.getHandshakeStatus())
            {
                case NEED_TASK -> server.getDelegatedTask().run();
                case NEED_WRAP -> server.wrap(NOTHING, toClient);
                default ->
                {
                    final SSLEngineResult result = server.unwrap(toServer, plaintext.clear());
                    if (0 == result.bytesConsumed() && NOT_HANDSHAKING == server.getHandshakeStatus() ||
                        SSLEngineResult.Status.BUFFER_UNDERFLOW == result.getStatus())
                    {
                        toServer.compact();
                        return;
                    }
                }
            }
        }
    }
}
