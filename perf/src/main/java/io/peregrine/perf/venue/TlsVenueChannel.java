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
package io.peregrine.perf.venue;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** TLS by the platform's own provider; the handshake goes on within reads and writes, its tasks too. */
final class TlsVenueChannel implements VenueChannel
{
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final ByteBuffer input;
    private final ByteBuffer output;
    private final ByteBuffer opened;
    private boolean isInputEnded;

    TlsVenueChannel(final SocketChannel channel, final SSLEngine engine)
    {
        this.channel = channel;
        this.engine = engine;
        final int packetLength = engine.getSession().getPacketBufferSize();
        // On the heap, which gives memory back at once when a connection ends.
        input = ByteBuffer.allocate(2 * packetLength);
        output = ByteBuffer.allocate(4 * packetLength).limit(0);
        opened = ByteBuffer.allocate(packetLength).limit(0);
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException
    {
        flush();
        if (!opened.hasRemaining() && !isInputEnded)
        {
            isInputEnded = channel.read(input) < 0;
            try
            {
                unseal();
            }
            catch (final SSLException ex)
            {
                // The alert that tells the client why.
                seal(NOTHING);
                flush();
                throw ex;
            }
        }

        final int length = Math.min(opened.remaining(), destination.remaining());
        destination.put(destination.position(), opened, opened.position(), length);
        destination.position(destination.position() + length);
        opened.position(opened.position() + length);

        return 0 == length && (isInputEnded || engine.isInboundDone()) ? -1 : length;
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        final int position = source.position();
        flush();
        while (source.hasRemaining() && !output.hasRemaining())
        {
            if (0 == seal(source))
            {
                break;
            }
            flush();
        }

        return source.position() - position;
    }

    @Override
    public boolean isBlocked()
    {
        return output.hasRemaining();
    }

    @Override
    public boolean hasReadAhead()
    {
        return opened.hasRemaining() || input.position() > 0 && !isStarved();
    }

    @Override
    public void shutdownOutput() throws IOException
    {
        engine.closeOutbound();
        seal(NOTHING);
        flush();
        channel.shutdownOutput();
    }

    private boolean isStarved()
    {
        return SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING == engine.getHandshakeStatus();
    }

    /** Opens records until there is plaintext, or no whole record left. */
    private void unseal() throws IOException
    {
        while (true)
        {
            proceed();
            input.flip();
            opened.clear();
            final SSLEngineResult result;
            try
            {
                result = engine.unwrap(input, opened);
            }
            finally
            {
                input.compact();
                opened.flip();
            }

            final boolean isTask = SSLEngineResult.HandshakeStatus.NEED_TASK == result.getHandshakeStatus();
            final boolean isWrap = SSLEngineResult.HandshakeStatus.NEED_WRAP == result.getHandshakeStatus();
            if (Status.OK != result.getStatus() || opened.hasRemaining() ||
                0 == result.bytesConsumed() && !isTask && !isWrap)
            {
                break;
            }
        }
        proceed();
    }

    /** The server's side of the handshake, as far as it goes without the client. */
    private void proceed() throws IOException
    {
        while (true)
        {
            switch (engine.getHandshakeStatus())
            {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP ->
                {
                    if (0 == seal(NOTHING))
                    {
                        return;
                    }
                }
                default ->
                {
                    flush();
                    return;
                }
            }
        }
    }

    private int seal(final ByteBuffer source) throws IOException
    {
        output.compact();
        try
        {
            return engine.wrap(source, output).bytesProduced();
        }
        finally
        {
            output.flip();
        }
    }

    private void flush() throws IOException
    {
        if (output.hasRemaining())
        {
            channel.write(output);
        }
    }
}
