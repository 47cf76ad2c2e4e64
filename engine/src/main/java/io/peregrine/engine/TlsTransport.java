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

import io.peregrine.tls.HandshakeStatus;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;
import io.peregrine.tls.TlsSessionInfo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

/**
 * TLS over another transport. Bytes of a request count as taken only when the kernel has taken bytes of the record that
 * carries them, and the last of them when it has taken the whole record: what may have reached the server is never
 * called unsent, and a record that is half sent is finished before anything else.
 */
final class TlsTransport implements Transport
{
    private final Transport transport;
    private final TlsSession session;
    private final Executor taskExecutor;
    private final long verdictTimeoutNs;

    private Runnable submittedTask;
    private ByteBuffer staging;
    private long verdictDeadlineNs;
    private boolean isVerdictAwaited;
    private boolean hasPeerEnded;
    private boolean isClosed;

    /** Plaintext in the record that is being sent; 0 when there is none. */
    private int recordLength;
    private int recordTaken;
    private int recordSealedSent;

    TlsTransport(
        final Transport transport,
        final TlsSession session,
        final Executor taskExecutor,
        final long verdictTimeoutNs)
    {
        this.transport = transport;
        this.session = session;
        this.taskExecutor = taskExecutor;
        this.verdictTimeoutNs = verdictTimeoutNs;
    }

    @Override
    public boolean finishConnect() throws IOException
    {
        return transport.finishConnect();
    }

    /** Goes on with the handshake; true once requests may be sent. */
    boolean handshake(final long nowNs) throws IOException
    {
        if (isVerdictAwaited)
        {
            return awaitVerdict(nowNs);
        }

        try
        {
            while (true)
            {
                final HandshakeStatus status = session.handshake();
                final IOException writeFailure = tryFlush();
                if (HandshakeStatus.COMPLETE == status)
                {
                    return null == writeFailure && !session.outputRegion().hasRemaining() && isAccepted(nowNs);
                }
                if (HandshakeStatus.NEED_TASK == status)
                {
                    submit(session.task());
                    return false;
                }
                if (!receive(writeFailure))
                {
                    return false;
                }
            }
        }
        catch (final TlsException ex)
        {
            // An alert that says why, if it goes out at once.
            tryFlush();
            throw ex;
        }
    }

    TlsSessionInfo info()
    {
        return session.info();
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException
    {
        if (hasPeerEnded)
        {
            return TlsSession.END_OF_STREAM;
        }
        if (session.needsInput())
        {
            final int length = transport.read(session.inputRegion());
            if (0 == length)
            {
                return 0;
            }
            if (length < 0)
            {
                throw new TlsException(TlsError.TRUNCATED, "the server ended the connection without close_notify");
            }
            session.onInput(length);
        }

        final int opened = openInto(destination);
        if (session.outputRegion().hasRemaining())
        {
            // What the protocol answers by itself, to a KeyUpdate for example.
            tryFlush();
        }

        return opened;
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        int taken = 0;
        while (source.hasRemaining())
        {
            if (0 == recordLength && !sealNext(source))
            {
                break;
            }

            final IOException failure = tryFlush();
            final int newlyTaken = takeFrom(source);
            taken += newlyTaken;
            if (null != failure && 0 == taken)
            {
                throw failure;
            }
            if (null != failure || 0 != recordLength)
            {
                break;
            }
        }

        return taken;
    }

    @Override
    public void close()
    {
        if (isClosed)
        {
            return;
        }

        isClosed = true;
        if (!transportIsBehind())
        {
            session.shutdown();
            tryFlush();
        }
        session.close();
        transport.close();
    }

    /** With sealed bytes of a request still here, close_notify could only come behind them. */
    private boolean transportIsBehind()
    {
        return 0 != recordLength;
    }

    private boolean isAccepted(final long nowNs) throws IOException
    {
        if (!session.awaitsVerdict())
        {
            return true;
        }

        isVerdictAwaited = true;
        verdictDeadlineNs = nowNs + verdictTimeoutNs;

        return awaitVerdict(nowNs);
    }

    private boolean awaitVerdict(final long nowNs) throws IOException
    {
        receive(null);
        return session.hasVerdict() || verdictDeadlineNs - nowNs <= 0;
    }

    /** Reads once, if the session needs it; false when nothing was there. */
    private boolean receive(final IOException writeFailure) throws IOException
    {
        if (!session.needsInput())
        {
            return !session.outputRegion().hasRemaining();
        }

        try
        {
            final int length = transport.read(session.inputRegion());
            if (length > 0)
            {
                session.onInput(length);
                return true;
            }
            if (0 == length && null == writeFailure)
            {
                return false;
            }
        }
        catch (final IOException ex)
        {
            throw new TlsException(TlsError.HANDSHAKE_TRUNCATED, ex.getMessage(), ex);
        }

        throw new TlsException(TlsError.HANDSHAKE_TRUNCATED,
            null == writeFailure ? "the server ended the connection" : writeFailure.getMessage());
    }

    private void submit(final Runnable task)
    {
        if (submittedTask != task)
        {
            submittedTask = task;
            taskExecutor.execute(task);
        }
    }

    private int openInto(final ByteBuffer destination) throws IOException
    {
        int length = 0;
        do
        {
            final int opened = session.open(destination);
            if (TlsSession.END_OF_STREAM == opened)
            {
                // What came before it is handed out first.
                hasPeerEnded = true;
                return length > 0 ? length : opened;
            }
            length += opened;
        }
        while (destination.hasRemaining() && !session.needsInput());

        return length;
    }

    private boolean sealNext(final ByteBuffer source) throws IOException
    {
        if (session.outputRegion().hasRemaining())
        {
            final IOException failure = tryFlush();
            if (null != failure)
            {
                throw failure;
            }
            if (session.outputRegion().hasRemaining())
            {
                return false;
            }
        }

        recordLength = session.seal(source.isDirect() ? source : stage(source));
        recordTaken = 0;
        recordSealedSent = 0;

        return 0 != recordLength;
    }

    /** Counts what the kernel has of the record as taken from the source. */
    private int takeFrom(final ByteBuffer source)
    {
        final boolean isSent = !session.outputRegion().hasRemaining();
        final int takenBefore = recordTaken;
        recordTaken = isSent ? recordLength : Math.min(recordSealedSent, recordLength - 1);
        final int newlyTaken = recordTaken - takenBefore;
        source.position(source.position() + newlyTaken);
        if (isSent)
        {
            recordLength = 0;
        }

        return newlyTaken;
    }

    /** Sends what is sealed, as much as the kernel takes; null, or why it could not. */
    private IOException tryFlush()
    {
        try
        {
            ByteBuffer region = session.outputRegion();
            while (region.hasRemaining())
            {
                final int length = transport.write(region);
                if (length <= 0)
                {
                    return null;
                }

                recordSealedSent += length;
                session.onOutput(length);
                region = session.outputRegion();
            }

            return null;
        }
        catch (final IOException ex)
        {
            return ex;
        }
    }

    private ByteBuffer stage(final ByteBuffer source)
    {
        if (null == staging)
        {
            staging = ByteBuffer.allocateDirect(TlsSession.MAX_RECORD_PLAINTEXT_LENGTH);
        }

        final int length = Math.min(source.remaining(), staging.capacity());
        return staging.clear().put(0, source, source.position(), length).limit(length);
    }
}
