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

import io.peregrine.pool.CpuPinning;
import org.agrona.CloseHelper;
import org.agrona.LangUtil;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/**
 * A venue on a thread of its own, bound to the second core, that answers whatever comes in one piece. It spins on the
 * connection that spoke last and looks at the others now and then, so that its share of an exchange does not depend on
 * how many connections there are.
 */
final class LoopbackVenue implements AutoCloseable
{
    private static final int BACKLOG = 1_024;
    private static final int EMPTY_READS_PER_LOOK = 64;
    private static final int RECEIVE_LENGTH = 4 * 1024;

    private final ByteBuffer received = ByteBuffer.allocateDirect(RECEIVE_LENGTH);
    private final ByteBuffer answer = ReferenceOrder.direct(ReferenceAnswer.SMALL).byteBuffer();
    private final ServerSocketChannel listener;
    private final Selector selector;
    private final Consumer<SelectionKey> readyHandler = this::onReady;
    private final Thread thread;
    private volatile boolean isStopped;
    private SocketChannel lastToSpeak;

    LoopbackVenue() throws IOException
    {
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), 0), BACKLOG);
        listener.configureBlocking(false);
        selector = Selector.open();
        listener.register(selector, SelectionKey.OP_ACCEPT);
        thread = new Thread(this::serve, "loopback-venue");
        thread.setDaemon(true);
        thread.start();
    }

    int port()
    {
        return listener.socket().getLocalPort();
    }

    /** Ends the thread, then closes what it served. */
    @Override
    public void close()
    {
        isStopped = true;
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        for (final SelectionKey key : selector.keys())
        {
            CloseHelper.quietClose(key.channel());
        }
        CloseHelper.quietClose(selector);
    }

    private void serve()
    {
        CpuPinning.cpu(NearProcessors.ENGINE_CPU).pin();
        try
        {
            int emptyReads = 0;
            while (!isStopped)
            {
                if (null != lastToSpeak && answer(lastToSpeak))
                {
                    emptyReads = 0;
                }
                else if (++emptyReads >= EMPTY_READS_PER_LOOK)
                {
                    emptyReads = 0;
                    selector.selectNow(readyHandler);
                }
            }
        }
        catch (final IOException ex)
        {
            LangUtil.rethrowUnchecked(ex);
        }
    }

    private void onReady(final SelectionKey key)
    {
        try
        {
            if (key.isAcceptable())
            {
                accept();
            }
            else
            {
                final SocketChannel channel = (SocketChannel)key.channel();
                lastToSpeak = answer(channel) ? channel : lastToSpeak;
            }
        }
        catch (final IOException ex)
        {
            LangUtil.rethrowUnchecked(ex);
        }
    }

    private void accept() throws IOException
    {
        final SocketChannel channel = listener.accept();
        if (null != channel)
        {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    /** False when there was no request; a client that left is let go of. */
    private boolean answer(final SocketChannel channel) throws IOException
    {
        final int length = channel.read(received.clear());
        if (length < 0)
        {
            channel.close();
            lastToSpeak = channel == lastToSpeak ? null : lastToSpeak;
        }
        if (length <= 0)
        {
            return false;
        }

        channel.write(answer.clear());
        return true;
    }
}
