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

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * A server on the loopback interface, for the exchanges of a warm-up. It is served by the duty cycle of the engine that
 * is its client, so that it needs no thread, and ends that engine when it takes too long.
 */
final class WarmUpVenue implements EngineTask, AutoCloseable
{
    /** Whoever sends so much without an end is no client. */
    static final int MAX_REQUEST_LENGTH = 64 * 1024;

    private final ServerSocketChannel listener;
    private final Connection[] connections;
    private final WarmUpAnswer otherwise;
    private final LongSupplier timeLeftNs;

    private WarmUpVenue(
        final ServerSocketChannel listener,
        final int maxConnections,
        final WarmUpAnswer otherwise,
        final LongSupplier timeLeftNs)
    {
        this.listener = listener;
        this.otherwise = otherwise;
        this.timeLeftNs = timeLeftNs;
        connections = new Connection[maxConnections];
        Arrays.setAll(connections, (index) -> new Connection());
    }

    /**
     * Listens on a port of the system's choice. A request that is no warm-up's own gets the answer given; null when it
     * can be a stranger's only, whose connection is closed: anybody can connect.
     */
    static WarmUpVenue open(
        final int maxConnections, final WarmUpAnswer otherwise, final LongSupplier timeLeftNs) throws IOException
    {
        final ServerSocketChannel listener = ServerSocketChannel.open();
        try
        {
            listener.configureBlocking(false);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return new WarmUpVenue(listener, maxConnections, otherwise, timeLeftNs);
        }
        catch (final IOException | RuntimeException | OutOfMemoryError ex)
        {
            CloseHelper.quietClose(listener);
            throw ex;
        }
    }

    ServerAddress address() throws IOException
    {
        final InetSocketAddress address = (InetSocketAddress)listener.getLocalAddress();
        return new ServerAddress(address.getHostString(), address.getPort(), false, address);
    }

    @Override
    public int doWork(final long nowNs)
    {
        if (timeLeftNs.getAsLong() <= 0)
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
        int workCount = 0;
        for (final Connection connection : connections)
        {
            final SocketChannel channel = connection.isOpen() ? null : listener.accept();
            if (null != channel)
            {
                connection.open(channel);
                workCount++;
            }
        }

        return workCount;
    }

    private int serve()
    {
        int workCount = 0;
        for (final Connection connection : connections)
        {
            workCount += connection.isOpen() ? connection.serve() : 0;
        }

        return workCount;
    }

    /** One after the other, so that there are no more buffers than connections at a time. */
    private final class Connection implements AutoCloseable
    {
        private final ByteBuffer received = ByteBuffer.allocateDirect(MAX_REQUEST_LENGTH);
        private final ByteBuffer unsent = ByteBuffer.allocateDirect(MAX_REQUEST_LENGTH);
        private SocketChannel channel;

        void open(final SocketChannel accepted)
        {
            channel = accepted;
            received.clear();
            unsent.limit(0);
            try
            {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                // Closed by a reset: a port that waits for late segments of a warm-up is of no use to anybody.
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
            catch (final IOException ignore)
            {
                // It has ended already.
                close();
            }
        }

        boolean isOpen()
        {
            return null != channel;
        }

        int serve()
        {
            try
            {
                return unsent.hasRemaining() ? channel.write(unsent) : receive();
            }
            catch (final IOException ignore)
            {
                // The client is free to end a connection in any way, and at any time.
                close();
                return 1;
            }
        }

        @Override
        public void close()
        {
            CloseHelper.quietClose(channel);
            channel = null;
        }

        private int receive() throws IOException
        {
            final int length = channel.read(received);
            if (length > 0 && ReceivedRequest.isComplete(received))
            {
                answer();
            }
            else if (length < 0 || !received.hasRemaining())
            {
                close();
            }

            return 0 == length ? 0 : 1;
        }

        private void answer() throws IOException
        {
            final WarmUpAnswer wanted = ReceivedRequest.wantedAnswer(received);
            final WarmUpAnswer answer = null == wanted ? otherwise : wanted;
            if (null == answer || WarmUpAnswer.DROPPED == answer)
            {
                close();
            }
            else
            {
                received.clear();
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
