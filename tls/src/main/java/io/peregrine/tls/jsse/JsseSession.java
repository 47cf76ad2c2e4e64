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
package io.peregrine.tls.jsse;

import io.peregrine.tls.HandshakeStatus;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;
import io.peregrine.tls.TlsSessionInfo;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import java.nio.ByteBuffer;

import static javax.net.ssl.SSLEngineResult.HandshakeStatus.FINISHED;
import static javax.net.ssl.SSLEngineResult.HandshakeStatus.NEED_WRAP;
import static javax.net.ssl.SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING;

/**
 * A session by an engine of {@code javax.net.ssl}. Plaintext is opened straight into the caller's memory when there is
 * room for a whole record, else by way of a buffer of the session.
 */
final class JsseSession extends TlsSession
{
    /** Sealed bytes: more than two records, so that there is room for one more after a part of one. */
    private static final int SEALED_CAPACITY = 2 * MAX_RECORD_LENGTH;
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final SSLEngine engine;
    private final String provider;
    private final Peer peer;
    private final boolean hasIdentity;
    private final int packetLength;

    /** Between calls, from 0 to its position: received and not opened. */
    private final ByteBuffer input = ByteBuffer.allocateDirect(SEALED_CAPACITY);

    /** Between calls, from its position to its limit: sealed and not sent. */
    private final ByteBuffer output = ByteBuffer.allocateDirect(SEALED_CAPACITY).limit(0);

    /** Between calls, from its position to its limit: opened and not taken. */
    private final ByteBuffer opened = ByteBuffer.allocateDirect(MAX_RECORD_LENGTH).limit(0);

    private JsseTasks tasks;
    private TlsSessionInfo info;
    private boolean isStarted;
    private boolean isEstablished;
    private boolean hasFailed;
    private boolean isStarved = true;
    private boolean hasEnded;
    private boolean hasInputAfterHandshake;

    JsseSession(
        final SSLEngine engine,
        final String provider,
        final String host,
        final boolean hasIdentity)
    {
        this.engine = engine;
        this.provider = provider;
        this.hasIdentity = hasIdentity;
        peer = new Peer(host);
        packetLength = Math.min(engine.getSession().getPacketBufferSize(), SEALED_CAPACITY);
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public HandshakeStatus handshake() throws TlsException
    {
        throwExceptionIfClosed();
        throwIfFailed();
        if (isEstablished)
        {
            return HandshakeStatus.COMPLETE;
        }

        peer.enter();
        try
        {
            if (!isStarted)
            {
                isStarted = true;
                engine.beginHandshake();
            }

            return proceed();
        }
        catch (final SSLException ex)
        {
            throw failure(ex);
        }
        finally
        {
            Peer.leave();
        }
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public Runnable task()
    {
        return tasks;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public ByteBuffer inputRegion()
    {
        throwExceptionIfClosed();
        return input;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public void onInput(final int length)
    {
        throwExceptionIfClosed();
        // Whoever filled the region has moved its position.
        isStarved = false;
        hasInputAfterHandshake = isEstablished;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public boolean needsInput()
    {
        throwExceptionIfClosed();
        return isStarved && !opened.hasRemaining();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public ByteBuffer outputRegion()
    {
        throwExceptionIfClosed();
        return output;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public void onOutput(final int length)
    {
        throwExceptionIfClosed();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public int seal(final ByteBuffer plaintext) throws TlsException
    {
        throwExceptionIfClosed();
        throwIfFailed();
        final int position = plaintext.position();
        try
        {
            int length = 0;
            while (0 == length && hasRoomToWrap())
            {
                final SSLEngineResult result = wrap(plaintext);
                if (Status.OK != result.getStatus())
                {
                    throw failure(TlsError.PROVIDER_FAILED, "sealing a record: " + result.getStatus());
                }
                length = result.bytesConsumed();
            }

            return length;
        }
        catch (final SSLException ex)
        {
            throw failure(ex);
        }
        finally
        {
            plaintext.position(position);
        }
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public int open(final ByteBuffer plaintext) throws TlsException
    {
        throwExceptionIfClosed();
        throwIfFailed();
        if (!opened.hasRemaining())
        {
            final int position = plaintext.position();
            final boolean isOpened = openRecord(plaintext);
            if (plaintext.position() > position)
            {
                return plaintext.position() - position;
            }
            if (!isOpened)
            {
                return hasEnded ? END_OF_STREAM : 0;
            }
        }

        return takeOpened(plaintext);
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public void shutdown()
    {
        throwExceptionIfClosed();
        if (isEstablished && !hasFailed)
        {
            engine.closeOutbound();
            wrapQuietly();
        }
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public boolean awaitsVerdict()
    {
        return isEstablished && !info.isResumed() && "TLSv1.3".equals(info.protocol()) &&
            (peer.isCertificateRequested() || hasIdentity);
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public boolean hasVerdict() throws TlsException
    {
        throwExceptionIfClosed();
        throwIfFailed();
        if (hasInputAfterHandshake && !opened.hasRemaining())
        {
            openRecord(NOTHING);
        }

        return hasInputAfterHandshake;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public TlsSessionInfo info()
    {
        return info;
    }

    /**
     * Lets go of the engine.
     */
    @Override
    protected void performClose()
    {
        engine.closeOutbound();
    }

    private HandshakeStatus proceed() throws SSLException, TlsException
    {
        while (true)
        {
            switch (engine.getHandshakeStatus())
            {
                case NEED_TASK ->
                {
                    if (null == tasks || tasks.isDone())
                    {
                        tasks = new JsseTasks(engine, peer);
                    }
                    return HandshakeStatus.NEED_TASK;
                }

                case NEED_WRAP ->
                {
                    if (!hasRoomToWrap())
                    {
                        return HandshakeStatus.NEED_INPUT;
                    }
                    if (Status.CLOSED == wrap(NOTHING).getStatus())
                    {
                        throw failure(TlsError.HANDSHAKE_TRUNCATED, "server closed the session");
                    }
                }

                case NEED_UNWRAP, NEED_UNWRAP_AGAIN ->
                {
                    final SSLEngineResult result = unwrap(NOTHING);
                    if (Status.BUFFER_UNDERFLOW == result.getStatus())
                    {
                        isStarved = true;
                        return HandshakeStatus.NEED_INPUT;
                    }
                    if (Status.OK != result.getStatus())
                    {
                        throw failure(TlsError.HANDSHAKE_TRUNCATED, "server closed the session");
                    }
                }

                case FINISHED, NOT_HANDSHAKING ->
                {
                    return establish();
                }
            }
        }
    }

    private HandshakeStatus establish()
    {
        final String protocol = engine.getApplicationProtocol();
        info = new TlsSessionInfo(
            provider,
            engine.getSession().getProtocol(),
            engine.getSession().getCipherSuite(),
            null == protocol ? "" : protocol,
            !peer.isVerified());
        isEstablished = true;
        isStarved = 0 == input.position();
        hasInputAfterHandshake = !isStarved;

        return HandshakeStatus.COMPLETE;
    }

    /**
     * Opens records until one has plaintext, which then is in the caller's memory or in ours; false if none has.
     */
    private boolean openRecord(final ByteBuffer plaintext) throws TlsException
    {
        try
        {
            while (!hasEnded)
            {
                SSLEngineResult result = unwrap(plaintext);
                if (Status.BUFFER_OVERFLOW == result.getStatus())
                {
                    result = unwrap(opened.clear());
                    opened.flip();
                }
                if (Status.BUFFER_UNDERFLOW == result.getStatus())
                {
                    isStarved = true;
                    return false;
                }
                if (Status.CLOSED == result.getStatus())
                {
                    hasEnded = true;
                    return false;
                }
                if (Status.OK != result.getStatus())
                {
                    throw failure(TlsError.BAD_RECORD, "opening a record: " + result.getStatus());
                }

                followUp(result.getHandshakeStatus());
                if (result.bytesProduced() > 0)
                {
                    return true;
                }
            }

            return false;
        }
        catch (final SSLException ex)
        {
            throw failure(ex);
        }
    }

    /** After the handshake TLS 1.3 has messages that are to be answered; TLS 1.2 has only a new handshake. */
    private void followUp(final SSLEngineResult.HandshakeStatus status) throws SSLException, TlsException
    {
        if (NOT_HANDSHAKING == status || FINISHED == status)
        {
            return;
        }
        if (!"TLSv1.3".equals(info.protocol()))
        {
            throw failure(TlsError.RENEGOTIATION_REFUSED, "server asked for renegotiation");
        }

        SSLEngineResult.HandshakeStatus next = status;
        if (SSLEngineResult.HandshakeStatus.NEED_TASK == next)
        {
            new JsseTasks(engine, peer).run();
            next = engine.getHandshakeStatus();
        }
        while (NEED_WRAP == next && hasRoomToWrap())
        {
            next = wrap(NOTHING).getHandshakeStatus();
        }
    }

    private int takeOpened(final ByteBuffer plaintext)
    {
        final int length = Math.min(opened.remaining(), plaintext.remaining());
        plaintext.put(plaintext.position(), opened, opened.position(), length);
        plaintext.position(plaintext.position() + length);
        opened.position(opened.position() + length);

        return length;
    }

    private boolean hasRoomToWrap()
    {
        return output.capacity() - output.remaining() >= packetLength;
    }

    private SSLEngineResult wrap(final ByteBuffer plaintext) throws SSLException
    {
        output.compact();
        try
        {
            return engine.wrap(plaintext, output);
        }
        catch (final Exception ex)
        {
            throw sslException(ex);
        }
        finally
        {
            output.flip();
        }
    }

    private SSLEngineResult unwrap(final ByteBuffer plaintext) throws SSLException
    {
        input.flip();
        try
        {
            return engine.unwrap(input, plaintext);
        }
        catch (final Exception ex)
        {
            throw sslException(ex);
        }
        finally
        {
            input.compact();
        }
    }

    /** Some providers throw more than they declare. */
    private static SSLException sslException(final Exception ex)
    {
        return ex instanceof SSLException ? (SSLException)ex : new SSLException(ex.toString(), ex);
    }

    /** Gets the alert out of an engine that has something to complain of. */
    private void wrapQuietly()
    {
        try
        {
            int length;
            do
            {
                length = hasRoomToWrap() ? wrap(NOTHING).bytesProduced() : 0;
            }
            while (length > 0 && !engine.isOutboundDone());
        }
        catch (final SSLException ex)
        {
            // The failure that is being reported says more.
            hasEnded = true;
        }
    }

    private TlsException failure(final SSLException ex)
    {
        hasFailed = true;
        wrapQuietly();
        return JsseErrors.meaning(ex, isEstablished, peer.isCertificateRequested(), hasIdentity);
    }

    private TlsException failure(final TlsError error, final String detail)
    {
        hasFailed = true;
        return new TlsException(error, detail);
    }

    private void throwIfFailed()
    {
        if (hasFailed)
        {
            throw new IllegalStateException("the session has failed");
        }
    }
}
