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

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/** A connection of the floor client in Java, polled by the thread that calls it. */
public final class NioFloorConnection implements AutoCloseable
{
    private static final int RECEIVE_LENGTH = 512 * 1024;
    private static final int CLOCK_MASK = 1023;
    private static final long ANSWER_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int STATUS_CLASS_OFFSET = "HTTP/1.1 ".length();
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ByteBuffer receiveBuffer = ByteBuffer.allocateDirect(RECEIVE_LENGTH);
    private final FloorRequest request;
    private final SocketChannel channel;

    /**
     * Connects, to send requests of {@link FloorClient#REQUEST_LENGTH}.
     *
     * @param port of the server, on the loopback address.
     * @throws IOException when it cannot be reached.
     */
    public NioFloorConnection(final int port) throws IOException
    {
        this(port, FloorClient.DEFAULT_PAYLOAD_LENGTH);
    }

    NioFloorConnection(final int port, final int payloadLength) throws IOException
    {
        request = new FloorRequest(port, payloadLength);
        channel = SocketChannel.open(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port));
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    /**
     * Sends an order and reads its answer.
     *
     * @return the length of the answer's body, in bytes.
     * @throws IOException when the server goes away, gives no answer in time or answers with other than a 2xx status.
     */
    public int exchange() throws IOException
    {
        send(request.next());
        receiveBuffer.clear();
        int length = MessageLength.INCOMPLETE;
        long startNs = 0;
        int cycle = 0;
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
            else if (0 == (++cycle & CLOCK_MASK))
            {
                // Looks at the clock now and then only, so that the spin stays a spin.
                startNs = 0 == startNs ? System.nanoTime() : startNs;
                checkTime(startNs);
            }
        }

        if (length != receiveBuffer.position() || receiveBuffer.get(STATUS_CLASS_OFFSET) != '2')
        {
            throw new IOException("the server sent something other than one answer of 2xx");
        }

        return length - MessageLength.headLength(receiveBuffer);
    }

    /**
     * Closes the connection.
     *
     * @throws IOException when that fails.
     */
    @Override
    public void close() throws IOException
    {
        channel.close();
    }

    private void send(final ByteBuffer order) throws IOException
    {
        channel.write(order);
        if (order.hasRemaining())
        {
            final long startNs = System.nanoTime();
            while (order.hasRemaining())
            {
                channel.write(order);
                checkTime(startNs);
            }
        }
    }

    private static void checkTime(final long startNs) throws IOException
    {
        if (System.nanoTime() - startNs > ANSWER_TIMEOUT_NS)
        {
            throw new IOException("no answer within ten seconds");
        }
    }
}
