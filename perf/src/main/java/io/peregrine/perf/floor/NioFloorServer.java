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
package io.peregrine.perf.floor;

import io.peregrine.perf.venue.CpuPinning;
import io.peregrine.perf.venue.LifeLine;
import io.peregrine.perf.venue.ServerProcess;
import org.agrona.CloseHelper;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * The floor server in Java, for machines without a C compiler. It spins on the connection that spoke last, looks at the
 * others when that has been silent for a while, and sleeps when nobody has spoken for long.
 */
public final class NioFloorServer
{
    private static final int MAX_SECONDS = 600;
    private static final int RECEIVE_LENGTH = 64 * 1024;

    /** About half a millisecond, and about forty. */
    private static final int MAX_EMPTY_READS = 1024;
    private static final int MAX_SILENT_LOOKS = 80;

    private static final String ANSWER =
        "HTTP/1.1 200 OK\r\n" +
        "Content-Type: application/json\r\n" +
        "Content-Length: 33\r\n" +
        "\r\n" +
        "{\"orderId\":123456,\"status\":\"NEW\"}";

    private final ServerSocketChannel listener;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER.length());

    private NioFloorServer(final ServerSocketChannel listener)
    {
        this.listener = listener;
        answer.put(ANSWER.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    /**
     * Serves until standard input ends, at most ten minutes; prints {@code LISTENING <port>} when it is ready.
     *
     * @param args the core to pin to, -1 for none.
     * @throws IOException when the port cannot be bound.
     */
    public static void main(final String[] args) throws IOException
    {
        final int cpu = args.length > 0 ? Integer.parseInt(args[0]) : CpuPinning.NO_CPU;
        try (ServerSocketChannel listener = ServerSocketChannel.open())
        {
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), 0));
            LifeLine.hold(() -> System.exit(0), MAX_SECONDS);
            CpuPinning.pin(cpu);
            System.out.println(ServerProcess.LISTENING + listener.socket().getLocalPort());
            System.out.flush();
            new NioFloorServer(listener).run();
        }
    }

    private void run() throws IOException
    {
        try (Selector selector = Selector.open())
        {
            listener.configureBlocking(false);
            listener.register(selector, SelectionKey.OP_ACCEPT);
            SelectionKey current = null;
            int silentLooks = 0;
            while (true)
            {
                if (null != current)
                {
                    serve(current);
                }

                if (null != current && !current.isValid())
                {
                    current = null;
                }

                final SelectionKey next = look(selector, null == current || silentLooks >= MAX_SILENT_LOOKS);
                silentLooks = null == next ? silentLooks + 1 : 0;
                current = null == next ? current : next;
            }
        }
    }

    /** Whoever has something to say; null when nobody has. */
    private SelectionKey look(final Selector selector, final boolean isWaiting) throws IOException
    {
        if (0 == (isWaiting ? selector.select() : selector.selectNow()))
        {
            return null;
        }

        SelectionKey speaker = null;
        for (final SelectionKey key : selector.selectedKeys())
        {
            speaker = key.isAcceptable() ? accept(selector) : key;
        }
        selector.selectedKeys().clear();

        return speaker;
    }

    private SelectionKey accept(final Selector selector) throws IOException
    {
        final SocketChannel channel = listener.accept();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);

        return channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(RECEIVE_LENGTH));
    }

    private void serve(final SelectionKey key)
    {
        try
        {
            if (!answer((SocketChannel)key.channel(), (ByteBuffer)key.attachment()))
            {
                key.channel().close();
            }
        }
        catch (final IOException ignore)
        {
            // The client went away; the others stay.
            CloseHelper.quietClose(key.channel());
        }
    }

    /** Spins until the client has been silent for a while; false when it has ended or is not understood. */
    private boolean answer(final SocketChannel channel, final ByteBuffer receiveBuffer) throws IOException
    {
        for (int emptyReads = 0; emptyReads < MAX_EMPTY_READS; emptyReads++)
        {
            final int bytesRead = channel.read(receiveBuffer);
            if (0 == bytesRead && receiveBuffer.hasRemaining())
            {
                continue;
            }
            if (bytesRead <= 0 || !answerAll(channel, receiveBuffer))
            {
                return false;
            }
            emptyReads = 0;
        }

        return true;
    }

    private boolean answerAll(final SocketChannel channel, final ByteBuffer receiveBuffer) throws IOException
    {
        int length = MessageLength.of(receiveBuffer, receiveBuffer.position());
        while (length > 0)
        {
            sendAnswer(channel);
            receiveBuffer.flip().position(length);
            receiveBuffer.compact();
            length = MessageLength.of(receiveBuffer, receiveBuffer.position());
        }

        return MessageLength.MALFORMED != length;
    }

    private void sendAnswer(final SocketChannel channel) throws IOException
    {
        answer.rewind();
        while (answer.hasRemaining())
        {
            channel.write(answer);
        }
    }
}
