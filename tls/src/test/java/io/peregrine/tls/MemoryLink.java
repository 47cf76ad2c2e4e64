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
package io.peregrine.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

import static javax.net.ssl.SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;

/** A client's session and a server in memory, and the wire between them, which cuts what it carries into pieces. */
public final class MemoryLink implements AutoCloseable
{
    private static final int ROUNDS_MAX = 100_000;

    private final TlsSession client;
    private final MemoryServer server;
    private final int pieceLength;
    private byte[] toClient = {};

    MemoryLink(final TlsSession client, final MemoryServer server, final int pieceLength)
    {
        this.client = client;
        this.server = server;
        this.pieceLength = pieceLength;
    }

    TlsSession client()
    {
        return client;
    }

    /** Goes on until the client's handshake is complete; tasks run here. */
    void handshake() throws TlsException
    {
        for (int i = 0; i < ROUNDS_MAX; i++)
        {
            final HandshakeStatus status = client.handshake();
            if (HandshakeStatus.NEED_TASK == status)
            {
                client.task().run();
                continue;
            }

            flush();
            if (HandshakeStatus.COMPLETE == status)
            {
                return;
            }
            feed();
        }

        throw new AssertionError("the handshake does not end");
    }

    /** Goes on until the server's handshake is complete, and its last flight on the way. */
    void handshakeUntilServerIsDone() throws TlsException
    {
        boolean isBegun = false;
        for (int i = 0; i < ROUNDS_MAX; i++)
        {
            if (HandshakeStatus.NEED_TASK == client.handshake())
            {
                client.task().run();
                continue;
            }

            flush();
            collect();
            final boolean isHandshaking = NOT_HANDSHAKING != server.engine().getHandshakeStatus();
            if (isBegun && !isHandshaking)
            {
                return;
            }
            isBegun |= isHandshaking;
            feed();
        }

        throw new AssertionError("the handshake does not end");
    }

    void seal(final byte[] plaintext) throws TlsException
    {
        final ByteBuffer source = ByteBuffer.allocateDirect(plaintext.length).put(plaintext).flip();
        while (source.hasRemaining())
        {
            source.position(source.position() + client.seal(source));
            flush();
        }
    }

    /** Opens until so many bytes are there, with room for only so many at a time. */
    byte[] open(final int length, final int room) throws TlsException
    {
        final ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        final ByteBuffer destination = ByteBuffer.allocateDirect(room);
        for (int i = 0; plaintext.size() < length && i < ROUNDS_MAX; i++)
        {
            if (client.needsInput())
            {
                feed();
            }
            client.open(destination.clear());
            final byte[] bytes = new byte[destination.flip().remaining()];
            destination.get(bytes);
            plaintext.writeBytes(bytes);
            flush();
        }

        return plaintext.toByteArray();
    }

    /** Opens until there is something, the end included. */
    int openOnce() throws TlsException
    {
        final ByteBuffer destination = ByteBuffer.allocateDirect(64);
        for (int i = 0; i < ROUNDS_MAX; i++)
        {
            if (client.needsInput())
            {
                feed();
            }
            final int length = client.open(destination.clear());
            if (0 != length)
            {
                return length;
            }
        }

        throw new AssertionError("nothing comes");
    }

    /** Spoils a byte, counted from the end, of what is on its way to the client. */
    void corrupt(final int offsetFromEnd)
    {
        collect();
        toClient[toClient.length - offsetFromEnd] ^= 1;
    }

    void flush()
    {
        ByteBuffer region = client.outputRegion();
        while (region.hasRemaining())
        {
            final byte[] piece = new byte[Math.min(pieceLength, region.remaining())];
            region.get(piece);
            client.onOutput(piece.length);
            server.onReceived(piece);
            region = client.outputRegion();
        }
    }

    void feed()
    {
        collect();
        if (client.needsInput() && toClient.length > 0)
        {
            final ByteBuffer region = client.inputRegion();
            final int length = Math.min(Math.min(pieceLength, toClient.length), region.remaining());
            region.put(toClient, 0, length);
            client.onInput(length);
            toClient = Arrays.copyOfRange(toClient, length, toClient.length);
        }
    }

    private void collect()
    {
        final byte[] sealed = server.takeSealed();
        final int length = toClient.length;
        toClient = Arrays.copyOf(toClient, length + sealed.length);
        System.arraycopy(sealed, 0, toClient, length, sealed.length);
    }

    @Override
    public void close()
    {
        client.close();
    }
}
