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

import org.HdrHistogram.Histogram;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The floor client in Java: a {@link SocketChannel} that is polled without waiting, direct buffers, and no parser
 * beyond finding the end of an answer. It works on the thread that calls it, and leaves it to the caller to pin that.
 */
public final class NioFloorClient implements FloorClient
{
    private static final int RECEIVE_LENGTH = 64 * 1024;
    private static final int CLOCK_MASK = 1023;
    private static final long ANSWER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int STATUS_CLASS_OFFSET = "HTTP/1.1 ".length();

    private final int payloadLength;
    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(RECEIVE_LENGTH);

    /** Creates a client that sends requests of {@link FloorClient#REQUEST_LENGTH}. */
    public NioFloorClient()
    {
        this(DEFAULT_PAYLOAD_LENGTH);
    }

    /**
     * Creates a client.
     *
     * @param payloadLength the length of the body, in bytes, or {@link FloorClient#DEFAULT_PAYLOAD_LENGTH}. Less than
     *                      an order needs makes a body that only a {@link FloorServer} accepts.
     * @throws IllegalArgumentException when the length is out of range.
     */
    public NioFloorClient(final int payloadLength)
    {
        if (payloadLength < DEFAULT_PAYLOAD_LENGTH || payloadLength > PAYLOAD_LENGTH_LIMIT)
        {
            throw new IllegalArgumentException("not a length of a payload: " + payloadLength);
        }

        this.payloadLength = payloadLength;
    }

    @Override
    public Histogram run(final int port, final int warmUp, final int count) throws IOException
    {
        final FloorRequest request = new FloorRequest(port, payloadLength);
        final Histogram histogram = FloorClient.newHistogram();
        try (SocketChannel channel =
            SocketChannel.open(new InetSocketAddress(InetAddress.getByAddress(new byte[]{127, 0, 0, 1}), port)))
        {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            for (int i = 0; i < warmUp; i++)
            {
                exchange(channel, request.next());
            }

            for (int i = 0; i < count; i++)
            {
                FloorClient.record(histogram, exchange(channel, request.next()));
            }
        }

        return histogram;
    }

    private long exchange(final SocketChannel channel, final ByteBuffer request) throws IOException
    {
        receiveBuffer.clear();
        final long startNs = System.nanoTime();
        int cycle = 0;
        while (request.hasRemaining())
        {
            channel.write(request);
            checkTime(++cycle, startNs);
        }

        int length = MessageLength.INCOMPLETE;
        while (MessageLength.INCOMPLETE == length)
        {
            final int bytesRead = channel.read(receiveBuffer);
            if (bytesRead > 0)
            {
                length = MessageLength.of(receiveBuffer, receiveBuffer.position());
            }
            else if (bytesRead < 0)
            {
                throw new EOFException("the server closed the connection");
            }
            else
            {
                checkTime(++cycle, startNs);
            }
        }

        final long endNs = System.nanoTime();
        if (length != receiveBuffer.position() || receiveBuffer.get(STATUS_CLASS_OFFSET) != '2')
        {
            throw new IOException("the server sent something other than one answer of 2xx");
        }

        return endNs - startNs;
    }

    /** Looks at the clock now and then only, so that the spin stays a spin. */
    private static void checkTime(final int cycle, final long startNs) throws IOException
    {
        if (0 == (cycle & CLOCK_MASK) && System.nanoTime() - startNs > ANSWER_TIMEOUT_NS)
        {
            throw new IOException("no answer within ten seconds");
        }
    }
}
