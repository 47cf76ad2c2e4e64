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

import jdk.net.ExtendedSocketOptions;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** TCP through a non-blocking {@link SocketChannel}. */
final class TcpTransport implements Transport
{
    /** Told from a user's own factory by being the same object each time. */
    static final TransportFactory SHORTEST = TcpTransport::connect;

    /** Likewise. */
    static final TransportFactory CHANNEL = TcpTransport::connectChannel;

    private final SocketChannel channel;

    private TcpTransport(final SocketChannel channel)
    {
        this.channel = channel;
    }

    /** Opens a socket, sets its options and starts to connect; its bytes take the shortest way that there is. */
    static Transport connect(final InetSocketAddress address, final SocketOptions options) throws IOException
    {
        final TcpTransport transport = connectChannel(address, options);
        final int descriptor = SocketCalls.descriptor(transport.channel);

        return SocketCalls.NO_DESCRIPTOR == descriptor ? transport : new SocketTransport(transport, descriptor);
    }

    /** The same through a channel only. */
    static TcpTransport connectChannel(final InetSocketAddress address, final SocketOptions options) throws IOException
    {
        final SocketChannel channel = SocketChannel.open();
        try
        {
            channel.configureBlocking(false);
            set(channel, options);
            channel.connect(address);
        }
        catch (final IOException | RuntimeException ex)
        {
            CloseHelper.quietClose(channel);
            throw ex;
        }

        return new TcpTransport(channel);
    }

    @Override
    public boolean finishConnect() throws IOException
    {
        return channel.finishConnect();
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException
    {
        return channel.read(destination);
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        return channel.write(source);
    }

    @Override
    public void close()
    {
        CloseHelper.quietClose(channel);
    }

    private static void set(final SocketChannel channel, final SocketOptions options) throws IOException
    {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, options.isNagleDisabled());
        if (options.receiveBufferSize() > 0)
        {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, options.receiveBufferSize());
        }
        if (options.sendBufferSize() > 0)
        {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, options.sendBufferSize());
        }
        if (options.keepAliveIdleNs() > 0)
        {
            final int idleSeconds = (int)Math.max(1, TimeUnit.NANOSECONDS.toSeconds(options.keepAliveIdleNs()));
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, idleSeconds);
        }
    }
}
