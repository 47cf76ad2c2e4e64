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

import io.peregrine.engine.EngineTask;
import io.peregrine.engine.ServerAddress;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;
import org.agrona.collections.ArrayListUtil;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;

/**
 * A server on the loopback interface, for the exchanges of a warm-up. It is served by the duty cycle of the engine that
 * is its client, so that it needs no thread, and ends that engine when it takes too long.
 */
final class WarmUpVenue implements EngineTask, AutoCloseable
{
    private static final int MAX_REQUEST_LENGTH = 64 * 1024;
    private static final int LENGTH_BEHIND_TARGET = " HTTP/1.1".length();

    private final ServerSocketChannel listener;
    private final ArrayList<Connection> connections = new ArrayList<>();
    private final int maxConnections;
    private final long deadlineNs;

    private WarmUpVenue(final ServerSocketChannel listener, final int maxConnections, final long timeLimitNs)
    {
        this.listener = listener;
        this.maxConnections = maxConnections;
        deadlineNs = System.nanoTime() + timeLimitNs;
    }

    /** Listens on a port of the system's choice. */
    static WarmUpVenue open(final int maxConnections, final long timeLimitNs) throws IOException
    {
        final ServerSocketChannel listener = ServerSocketChannel.open();
        try
        {
            listener.configureBlocking(false);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        }
        catch (final IOException | RuntimeException ex)
        {
            CloseHelper.quietClose(listener);
            throw ex;
        }

        return new WarmUpVenue(listener, maxConnections, timeLimitNs);
    }

    ServerAddress address() throws IOException
    {
        final InetSocketAddress address = (InetSocketAddress)listener.getLocalAddress();
        return new ServerAddress(address.getHostString(), address.getPort(), false, address);
    }

    boolean isOverdue()
    {
        return System.nanoTime() - deadlineNs >= 0;
    }

    @Override
    public int doWork(final long nowNs)
    {
        if (isOverdue())
        {
            throw new IllegalStateException("the warm-up takes too long");
        }

        try
        {
            return accept() + serve();
        }
        catch (final IOException ex)
        {
            LangUtil.rethrowUnchecked(ex);
            return 0;
        }
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(connections);
        CloseHelper.quietClose(listener);
    }

    private int accept() throws IOException
    {
        final SocketChannel channel = connections.size() < maxConnections ? listener.accept() : null;
        if (null == channel)
        {
            return 0;
        }

        connections.add(new Connection(channel));
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        // Closed by a reset: a port that waits for late segments of a warm-up is of no use to anybody.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        return 1;
    }

    private int serve() throws IOException
    {
        int workCount = 0;
        for (int i = connections.size() - 1; i >= 0; i--)
        {
            final Connection connection = connections.get(i);
            workCount += connection.serve();
            if (!connection.channel.isOpen())
            {
                ArrayListUtil.fastUnorderedRemove(connections, i);
            }
        }

        return workCount;
    }

    private static final class Connection implements AutoCloseable
    {
        private final SocketChannel channel;
        private final ByteBuffer received = ByteBuffer.allocateDirect(MAX_REQUEST_LENGTH);
        private final ByteBuffer unsent = ByteBuffer.allocateDirect(MAX_REQUEST_LENGTH).limit(0);

        Connection(final SocketChannel channel)
        {
            this.channel = channel;
        }

        int serve() throws IOException
        {
            if (unsent.hasRemaining())
            {
                return channel.write(unsent);
            }

            final int length = read();
            if (length < 0)
            {
                close();
            }
            else if (length > 0 && isComplete())
            {
                answer();
            }

            return 0 == length ? 0 : 1;
        }

        @Override
        public void close()
        {
            CloseHelper.quietClose(channel);
        }

        private int read()
        {
            try
            {
                return channel.read(received);
            }
            catch (final IOException ignore)
            {
                // The client is free to end a connection in any way.
                return -1;
            }
        }

        private boolean isComplete()
        {
            final byte last = received.get(received.position() - 1);
            return 'P' == received.get(0) ? WarmUpRequests.BODY_END == last :
                '\n' == last && '\n' == received.get(received.position() - 3);
        }

        private void answer() throws IOException
        {
            int targetEnd = 0;
            while ('\r' != received.get(targetEnd))
            {
                targetEnd++;
            }

            final WarmUpAnswer answer = WarmUpAnswer.of(received.get(targetEnd - LENGTH_BEHIND_TARGET - 1));
            received.clear();
            if (WarmUpAnswer.DROPPED == answer)
            {
                close();
            }
            else
            {
                send(answer);
            }
        }

        private void send(final WarmUpAnswer answer) throws IOException
        {
            final int length = answer.bytes().length;
            unsent.clear().put(answer.bytes()).flip();
            if (WarmUpAnswer.SPLIT == answer)
            {
                unsent.limit(length / 2);
            }

            channel.write(unsent);
            unsent.limit(length);
        }
    }
}
