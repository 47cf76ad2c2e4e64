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
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * One connection: reads, answers in order, and ends without a reset that could overtake its last answer. Its memory is
 * bounded: while answers wait for the socket nothing more is read. Reused after its end for another connection.
 */
final class VenueConnection
{
    private static final int SLACK_LENGTH = 1024;
    private static final int RECEIVE_LENGTH_LIMIT =
        VenueConfig.HEAD_LENGTH_LIMIT + VenueConfig.BODY_LENGTH_LIMIT + SLACK_LENGTH;
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(2);

    private enum State
    {
        /** Serves requests. */
        OPEN,

        /** Sends what is left of its last answer. */
        FINISHING,

        /** Has ended its output (RFC 9112 section 9.6) and drops what comes until the client ends its own. */
        DRAINING,

        /** Has no channel. */
        CLOSED
    }

    private final VenueServices services;
    private final RequestParser parser =
        new RequestParser(VenueConfig.HEAD_LENGTH_LIMIT, VenueConfig.BODY_LENGTH_LIMIT);
    private final byte[] receiveBuffer = new byte[RECEIVE_LENGTH_LIMIT];
    private final AsciiText transmitText = new AsciiText(VenueServices.TRANSMIT_LENGTH_LIMIT);

    private State state = State.CLOSED;
    private SocketChannel socket;
    private VenueChannel channel;
    private SelectionKey key;
    private int receiveLimit;
    private int transmitOffset;
    private int requestCount;
    private long lingerDeadlineNs;
    private boolean isInputEnded;
    private boolean isContinueSent;

    VenueConnection(final VenueServices services)
    {
        this.services = services;
    }

    /** Takes over a non-blocking channel, which {@link #close()} closes. */
    void open(final SocketChannel acceptedChannel, final Selector selector) throws ClosedChannelException
    {
        key = acceptedChannel.register(selector, SelectionKey.OP_READ, this);
        socket = acceptedChannel;
        channel = services.channel(acceptedChannel);
        state = State.OPEN;
        receiveLimit = 0;
        transmitOffset = 0;
        transmitText.clear();
        requestCount = 0;
        isInputEnded = false;
        isContinueSent = false;
        parser.begin(0);
    }

    boolean isClosed()
    {
        return State.CLOSED == state;
    }

    /** Whether the client had its time to take the last answer. */
    boolean isOverdue(final long nowNs)
    {
        return (State.FINISHING == state || State.DRAINING == state) && lingerDeadlineNs - nowNs < 0;
    }

    /** Does what can be done without waiting; returns how much that was. */
    int poll(final long nowNs)
    {
        try
        {
            return switch (state)
            {
                case OPEN -> serve(nowNs);
                case FINISHING -> finish();
                case DRAINING -> drain();
                case CLOSED -> 0;
            };
        }
        catch (final IOException ignore)
        {
            // The client went away, as clients do; there is nobody left to tell.
            close();
            return 1;
        }
    }

    void close()
    {
        state = State.CLOSED;
        try
        {
            socket.close();
        }
        catch (final IOException ignore)
        {
            // A channel that fails to close is closed all the same.
        }
    }

    private int serve(final long nowNs) throws IOException
    {
        int workCount = flush();
        if (isBlocked())
        {
            return workCount;
        }

        workCount += receive();
        int answered;
        do
        {
            answered = answerWhatIsWhole(nowNs);
            workCount += answered + flush();
        }
        while ((answered > 0 || receiveAhead() > 0) && State.OPEN == state && !isBlocked());

        if (State.FINISHING == state)
        {
            finish();
        }
        else if (isInputEnded && !isBlocked())
        {
            close();
        }

        return workCount;
    }

    private int receive() throws IOException
    {
        if (isInputEnded)
        {
            return 0;
        }

        final ByteBuffer buffer = services.readBuffer().clear();
        buffer.limit(Math.min(buffer.capacity(), receiveBuffer.length - receiveLimit));
        final int length = channel.read(buffer);
        if (length < 0)
        {
            isInputEnded = true;
            return 1;
        }

        buffer.get(0, receiveBuffer, receiveLimit, length);
        receiveLimit += length;
        return length;
    }

    /** What came earlier, and of which the socket tells nothing any more. */
    private int receiveAhead() throws IOException
    {
        return channel.hasReadAhead() && receiveLimit < receiveBuffer.length ? receive() : 0;
    }

    private int answerWhatIsWhole(final long nowNs)
    {
        int answered = 0;
        while (State.OPEN == state && hasRoomForAnswer())
        {
            final RequestParser.Step step = parser.parse(receiveBuffer, receiveLimit);
            if (RequestParser.Step.COMPLETE == step)
            {
                answer(nowNs);
            }
            else if (RequestParser.Step.REFUSED == step)
            {
                refuse(nowNs);
            }
            else
            {
                sendContinueIfAwaited();
                break;
            }

            answered++;
        }

        slideRemainderToFront();
        return answered;
    }

    private void answer(final long nowNs)
    {
        final Request request = parser.request();
        final boolean isLast = ++requestCount == services.keepAliveRequests() || !parser.isPersistent();
        services.api().onRequest(receiveBuffer, request, services.answer());
        write(HttpMethod.HEAD == request.method(), isLast, nowNs);
        parser.begin(parser.requestLimit());
        isContinueSent = false;
    }

    private void refuse(final long nowNs)
    {
        services.answer().clear();
        services.answer().refuse(parser.refusal());
        write(HttpMethod.HEAD == parser.request().method(), true, nowNs);
    }

    private void write(final boolean isHead, final boolean isLast, final long nowNs)
    {
        final ResponseWriter.Persistence persistence = isLast ? ResponseWriter.Persistence.CLOSE :
            parser.isKeepAliveToBeSaid() ? ResponseWriter.Persistence.STATED : ResponseWriter.Persistence.IMPLIED;
        services.responseWriter().write(services.answer(), isHead, persistence, transmitText);
        if (isLast)
        {
            state = State.FINISHING;
            lingerDeadlineNs = nowNs + LINGER_NS;
        }
    }

    private void sendContinueIfAwaited()
    {
        if (!isContinueSent && parser.isContinueAwaited(receiveLimit))
        {
            ResponseWriter.writeContinue(transmitText);
            isContinueSent = true;
        }
    }

    private void slideRemainderToFront()
    {
        receiveLimit = parser.closeGap(receiveLimit);
        final int distance = parser.retainedOffset();
        if (distance > 0)
        {
            System.arraycopy(receiveBuffer, distance, receiveBuffer, 0, receiveLimit - distance);
            receiveLimit -= distance;
            parser.slide(distance);
        }
    }

    private boolean hasRoomForAnswer()
    {
        return transmitText.length() + ResponseWriter.RESPONSE_LENGTH_LIMIT <= VenueServices.TRANSMIT_LENGTH_LIMIT;
    }

    private boolean isBlocked()
    {
        return transmitText.length() > 0 || channel.isBlocked();
    }

    private int flush() throws IOException
    {
        if (!isBlocked())
        {
            return 0;
        }

        final ByteBuffer buffer = services.writeBuffer().clear();
        buffer.put(transmitText.bytes(), transmitOffset, transmitText.length() - transmitOffset).flip();
        final int length = channel.write(buffer);
        transmitOffset += length;
        if (transmitOffset == transmitText.length() && !channel.isBlocked())
        {
            transmitOffset = 0;
            transmitText.clear();
        }

        awaitWritable(isBlocked());
        return length;
    }

    private void awaitWritable(final boolean isAwaited)
    {
        final int interest = isAwaited ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (key.interestOps() != interest)
        {
            key.interestOps(interest);
        }
    }

    private int finish() throws IOException
    {
        final int workCount = flush();
        if (!isBlocked())
        {
            if (isInputEnded)
            {
                close();
            }
            else
            {
                channel.shutdownOutput();
                state = State.DRAINING;
            }
        }

        return workCount;
    }

    private int drain() throws IOException
    {
        final int length = channel.read(services.readBuffer().clear());
        if (length < 0)
        {
            close();
            return 1;
        }

        return length;
    }
}
