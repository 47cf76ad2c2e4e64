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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The listening socket. */
final class VenueAcceptor implements AutoCloseable
{
    private static final int BACKLOG = 1024;

    private final ServerSocketChannel channel;
    private final int port;
    private final int sendBufferLength;

    /** Binds the port; the selector tells of new connections by a key without an attachment. */
    VenueAcceptor(final VenueConfig config, final Selector selector) throws IOException
    {
        sendBufferLength = config.sendBufferLength();
        channel = ServerSocketChannel.open();
        try
        {
            channel.bind(new InetSocketAddress(config.host(), config.port()), BACKLOG);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_ACCEPT);
            port = ((InetSocketAddress)channel.getLocalAddress()).getPort();
        }
        catch (final IOException | RuntimeException ex)
        {
            channel.close();
            throw ex;
        }
    }

    int port()
    {
        return port;
    }

    /** A new connection, non-blocking and without Nagle's delay, or null when there is none. */
    SocketChannel poll()
    {
        SocketChannel accepted = null;
        try
        {
            accepted = channel.accept();
            if (null != accepted)
            {
                accepted.configureBlocking(false);
                accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
                if (VenueConfig.SYSTEM_DEFAULT != sendBufferLength)
                {
                    accepted.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferLength);
                }
            }

            return accepted;
        }
        catch (final IOException ignore)
        {
            // The client went away between its connect and our accept.
            closeQuietly(accepted);
            return null;
        }
    }

    @Override
    public void close()
    {
        try
        {
            channel.close();
        }
        catch (final IOException ignore)
        {
            // A channel that fails to close is closed all the same.
        }
    }

    static void closeQuietly(final SocketChannel accepted)
    {
        try
        {
            if (null != accepted)
            {
                accepted.close();
            }
        }
        catch (final IOException ignore)
        {
            // A channel that fails to close is closed all the same.
        }
    }
}
