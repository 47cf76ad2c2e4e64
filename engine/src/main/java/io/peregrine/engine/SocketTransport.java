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

import org.agrona.BufferUtil;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * TCP by the system's own calls on the socket of a channel, which is connected and closed through that channel. The
 * channel also has the last word on errors that are not the socket's beyond doubt.
 */
final class SocketTransport implements Transport
{
    private static final int END_OF_STREAM = -1;

    private final TcpTransport channel;

    /** None once closed, when the number may be another socket's. */
    private int descriptor;

    SocketTransport(final TcpTransport channel, final int descriptor)
    {
        this.channel = channel;
        this.descriptor = descriptor;
    }

    @Override
    public boolean finishConnect() throws IOException
    {
        return channel.finishConnect();
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException
    {
        if (!destination.isDirect() || !destination.hasRemaining())
        {
            return channel.read(destination);
        }

        final int position = destination.position();
        final int result = SocketCalls.receive(
            descriptor, BufferUtil.address(destination) + position, destination.remaining());
        if (result > 0)
        {
            destination.position(position + result);
            return result;
        }

        return SocketCalls.AGAIN == result ? 0 : endOrRetry(result, destination);
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        if (!source.isDirect())
        {
            return channel.write(source);
        }

        final int position = source.position();
        final int result =
            SocketCalls.send(descriptor, BufferUtil.address(source) + position, source.remaining());
        if (result >= 0)
        {
            source.position(position + result);
            return result;
        }

        if (SocketCalls.AGAIN == result)
        {
            return 0;
        }

        throwIfGone(result);
        return channel.write(source);
    }

    @Override
    public void close()
    {
        descriptor = SocketCalls.NO_DESCRIPTOR;
        channel.close();
    }

    /** What looked like an end, or is an error that may be another call's, from before. */
    private int endOrRetry(final int result, final ByteBuffer destination) throws IOException
    {
        throwIfGone(result);
        final int length = 0 == result ? END_OF_STREAM : channel.read(destination);
        if (END_OF_STREAM == length && (0 != result || !SocketCalls.isEndedByPeer(descriptor)))
        {
            // The call before has taken the error away with it.
            throw new IOException(0 == result ? "Connection failed" : "Connection failed, error " + -result);
        }

        return length;
    }

    private static void throwIfGone(final int error) throws IOException
    {
        if (SocketCalls.RESET == error)
        {
            throw new IOException("Connection reset");
        }
        if (SocketCalls.BROKEN_PIPE == error)
        {
            throw new IOException("Broken pipe");
        }
    }
}
