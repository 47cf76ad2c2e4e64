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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A transport in memory that does what the test says: how connecting goes, what each read finds, how much each
 * write takes. It records what was written and how often it was asked.
 */
public final class ScriptedTransport implements Transport
{
    private final InetSocketAddress address;
    private final SocketOptions socketOptions;
    private final ArrayDeque<Object> incoming = new ArrayDeque<>();
    private final ArrayDeque<String> answers = new ArrayDeque<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private boolean isConnectPending;
    private IOException connectFailure;
    private int window = Integer.MAX_VALUE;
    private int writeFailureOffset = Integer.MAX_VALUE;
    private boolean isEnded;
    private boolean isClosed;
    private int reads;
    private int writes;

    ScriptedTransport(final InetSocketAddress address, final SocketOptions socketOptions)
    {
        this.address = address;
        this.socketOptions = socketOptions;
    }

    /** Connecting goes on until {@link #finishesConnecting()}. */
    public void keepsConnecting()
    {
        isConnectPending = true;
    }

    public void finishesConnecting()
    {
        isConnectPending = false;
    }

    public void failsToConnect(final String reason)
    {
        connectFailure = new IOException(reason);
    }

    /** One segment, which a read never joins with the next one. */
    public void peerSends(final String text)
    {
        peerSends(text.getBytes(ISO_8859_1));
    }

    public void peerSends(final byte[] segment)
    {
        if (segment.length > 0)
        {
            incoming.add(ByteBuffer.wrap(segment.clone()));
        }
    }

    /** One segment that comes with the next bytes that are written. */
    public void peerAnswers(final String text)
    {
        answers.add(text);
    }

    public void peerSendsEachByte(final String text)
    {
        for (final byte b : text.getBytes(ISO_8859_1))
        {
            peerSends(new byte[]{ b });
        }
    }

    /** The stream ends behind what was sent. */
    public void peerEnds()
    {
        isEnded = true;
    }

    /** The read behind what was sent fails. */
    public void peerResets()
    {
        incoming.add(new IOException("Connection reset"));
    }

    /** Each read behind what was sent throws an exception that no transport should throw. */
    public void breaks(final RuntimeException bug)
    {
        incoming.add(bug);
    }

    /** Nothing is thrown any more by reads. */
    public void mends()
    {
        incoming.removeIf((next) -> next instanceof RuntimeException);
    }

    /** Writes take so many bytes more, all together, and nothing then. */
    public void takes(final int length)
    {
        window = length;
    }

    public void takesEverything()
    {
        window = Integer.MAX_VALUE;
    }

    /** The write that comes when so many bytes were taken, all together, fails. */
    public void failsToWriteAfter(final int length)
    {
        writeFailureOffset = length;
    }

    @Override
    public boolean finishConnect() throws IOException
    {
        checkOpen();
        if (null != connectFailure)
        {
            throw connectFailure;
        }

        return !isConnectPending;
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException
    {
        checkOpen();
        reads++;
        if (!destination.hasRemaining())
        {
            throw new AssertionError("a read needs room for a byte");
        }

        final Object next = incoming.peek();
        if (next instanceof final IOException failure)
        {
            throw failure;
        }
        if (next instanceof final RuntimeException bug)
        {
            throw bug;
        }

        return null == next ? (isEnded ? -1 : 0) : copy((ByteBuffer)next, destination);
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        checkOpen();
        writes++;
        if (written.size() >= writeFailureOffset)
        {
            throw new IOException("Broken pipe");
        }

        final int length = Math.min(source.remaining(), Math.min(window, writeFailureOffset - written.size()));
        for (int i = 0; i < length; i++)
        {
            written.write(source.get());
        }
        window -= Integer.MAX_VALUE == window ? 0 : length;
        if (length > 0 && !answers.isEmpty())
        {
            peerSends(answers.remove());
        }

        return length;
    }

    @Override
    public void close()
    {
        isClosed = true;
    }

    public boolean isClosed()
    {
        return isClosed;
    }

    public InetSocketAddress address()
    {
        return address;
    }

    public SocketOptions socketOptions()
    {
        return socketOptions;
    }

    /** Everything that was taken so far. */
    public String written()
    {
        return written.toString(ISO_8859_1);
    }

    public int reads()
    {
        return reads;
    }

    public int writes()
    {
        return writes;
    }

    /** Whether everything that the peer sent was read. */
    public boolean isDrained()
    {
        return incoming.isEmpty();
    }

    private int copy(final ByteBuffer segment, final ByteBuffer destination)
    {
        final int length = Math.min(segment.remaining(), destination.remaining());
        destination.put(destination.position(), segment, segment.position(), length);
        destination.position(destination.position() + length);
        segment.position(segment.position() + length);
        if (!segment.hasRemaining())
        {
            incoming.remove();
        }

        return length;
    }

    private void checkOpen()
    {
        if (isClosed)
        {
            throw new AssertionError("used after close");
        }
    }
}
