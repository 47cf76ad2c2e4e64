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
package io.peregrine.perf.fault;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** A connection of a {@link FaultyServer}. The body of a request ends with a brace, which nothing else of it holds. */
final class FaultyConnection
{
    /** Where the id of an order stands in its request: {@code POST /order/00000042 HTTP/1.1}. */
    static final int ID_OFFSET = "POST /order/".length();

    /** Digits of an id. */
    static final int ID_LENGTH = 8;

    private static final int ID_LIMIT = ID_OFFSET + ID_LENGTH;
    private static final int BUFFER_LENGTH = 4096;
    private static final long MAX_PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(3);
    private static final long IDLE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final byte[] HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] LAST_HEAD =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 8\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] UNSOLICITED =
        "HTTP/1.1 408 Request Timeout\r\nContent-Length: 8\r\n\r\n--idle--".getBytes(US_ASCII);
    private static final byte[] MALFORMED = "HTTP/1.1 2000 OK\r\n\r\n".getBytes(US_ASCII);

    private final FaultyServer server;
    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER_LENGTH);
    private final ByteBuffer output = ByteBuffer.allocateDirect(BUFFER_LENGTH);

    private boolean isClosed;
    private boolean isStalling;
    private boolean endsAfterOutput;
    private boolean resetsAfterOutput;
    private boolean saysSomethingWhenIdle;
    private boolean isDripping;
    private long nextNs;
    private long lastReceivedNs = System.nanoTime();

    FaultyConnection(final FaultyServer server, final SocketChannel channel)
    {
        this.server = server;
        this.channel = channel;
        output.limit(0);
    }

    boolean isClosed()
    {
        return isClosed;
    }

    void doWork()
    {
        try
        {
            if (output.hasRemaining())
            {
                write();
            }
            else if (!read() && saysSomethingWhenIdle && System.nanoTime() - lastReceivedNs > IDLE_NS)
            {
                saysSomethingWhenIdle = false;
                answer(UNSOLICITED, null, UNSOLICITED.length);
                write();
            }
        }
        catch (final IOException ignore)
        {
            // The client ended it.
            close();
        }
    }

    void reset()
    {
        try
        {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        catch (final IOException ignore)
        {
            // It has ended by itself.
        }
        close();
    }

    private void close()
    {
        isClosed = true;
        CloseHelper.quietClose(channel);
    }

    /** Whether something came. */
    private boolean read() throws IOException
    {
        final int length = channel.read(input);
        if (length < 0)
        {
            close();
            return true;
        }
        if (0 == length)
        {
            return false;
        }

        lastReceivedNs = System.nanoTime();
        if (input.position() >= ID_LIMIT)
        {
            final int id = id();
            server.ledger().onSeen(id);
            if (isWhole())
            {
                server.ledger().onReceived(id);
                onOrder();
                input.clear();
            }
        }

        return true;
    }

    private void onOrder() throws IOException
    {
        if (isStalling)
        {
            return;
        }
        if (server.isFaultDue())
        {
            misbehave();
        }
        else
        {
            answer(HEAD, input, HEAD.length + ID_LENGTH);
        }
        if (!isClosed && output.hasRemaining())
        {
            write();
        }
    }

    private void misbehave()
    {
        final int wholeLength = HEAD.length + ID_LENGTH;
        final int part = server.random().nextInt(wholeLength);
        switch (server.random().nextInt(13))
        {
            case 0 -> reset();
            case 1 -> close();
            case 2 ->
            {
                isStalling = true;
                saysSomethingWhenIdle = false;
            }
            case 3 -> answerAndReset(part);
            case 4 -> answerAndEnd(part);
            case 5 -> answerAndEnd(wholeLength);
            case 6 -> answerAndReset(wholeLength);
            case 7 ->
            {
                answer(LAST_HEAD, input, LAST_HEAD.length + ID_LENGTH);
                endsAfterOutput = true;
            }
            case 8 -> answerWithSurplus();
            case 9 ->
            {
                answer(HEAD, input, wholeLength);
                saysSomethingWhenIdle = true;
            }
            case 10 ->
            {
                answer(HEAD, input, wholeLength);
                isDripping = true;
            }
            case 11 -> answer(MALFORMED, null, MALFORMED.length);
            default -> server.crash();
        }
    }

    private void answerAndReset(final int length)
    {
        answer(HEAD, input, length);
        resetsAfterOutput = true;
        if (!output.hasRemaining())
        {
            reset();
        }
    }

    private void answerAndEnd(final int length)
    {
        answer(HEAD, input, length);
        endsAfterOutput = true;
        if (!output.hasRemaining())
        {
            close();
        }
    }

    private void answerWithSurplus()
    {
        answer(HEAD, input, HEAD.length + ID_LENGTH);
        output.limit(output.capacity()).position(HEAD.length + ID_LENGTH);
        output.put(UNSOLICITED).flip();
    }

    /** Head, then the id of an order if there is one, all of it cut to a length. */
    private void answer(final byte[] head, final ByteBuffer order, final int length)
    {
        output.clear().put(head);
        if (null != order)
        {
            for (int i = 0; i < ID_LENGTH; i++)
            {
                output.put(order.get(ID_OFFSET + i));
            }
        }
        output.flip().limit(length);
    }

    private void write() throws IOException
    {
        if (isDripping)
        {
            drip();
        }
        else
        {
            channel.write(output);
        }

        if (!output.hasRemaining())
        {
            isDripping = false;
            if (resetsAfterOutput)
            {
                reset();
            }
            else if (endsAfterOutput)
            {
                close();
            }
        }
    }

    private void drip() throws IOException
    {
        final long nowNs = System.nanoTime();
        if (nowNs - nextNs < 0)
        {
            return;
        }

        nextNs = nowNs + server.random().nextLong(MAX_PAUSE_NS);
        final int limit = output.limit();
        output.limit(Math.min(limit, output.position() + 4));
        channel.write(output);
        output.limit(limit);
    }

    private int id()
    {
        int id = 0;
        for (int i = ID_OFFSET; i < ID_LIMIT; i++)
        {
            id = 10 * id + input.get(i) - '0';
        }

        return id;
    }

    private boolean isWhole()
    {
        return '}' == input.get(input.position() - 1);
    }
}
