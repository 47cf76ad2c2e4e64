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
package io.peregrine.tls;

import net.openhft.chronicle.core.io.AbstractCloseable;

import java.nio.ByteBuffer;

/**
 * The client's end of one TLS session, over memory alone: it knows no socket, and does nothing by itself. Sealed bytes
 * of the peer go in through {@link #inputRegion()} and {@link #onInput(int)}, sealed bytes for the peer come out of
 * {@link #outputRegion()}. A region of memory is a direct {@link ByteBuffer}, from its position to its limit.
 * <pre>{@code
 * while (COMPLETE != session.handshake())      // send the output, run the task, or read input
 * session.seal(request);                       // then send the output
 * session.open(response);                      // after input was read
 * }</pre>
 * A failure is final: after a {@link TlsException} nothing but {@link #close()} is allowed.
 * <p>
 * Used by one thread at a time, which its owner sees to; only the task may run elsewhere. Once closed, every call is
 * refused with an {@link IllegalStateException}.
 */
public abstract class TlsSession extends AbstractCloseable
{
    /** Most bytes of plaintext that a record carries (RFC 8446 section 5.1). */
    public static final int MAX_RECORD_PLAINTEXT_LENGTH = 16 * 1024;

    /** Most bytes that a record has on the wire: header, plaintext, and expansion (RFC 5246 section 6.2.3). */
    public static final int MAX_RECORD_LENGTH = 5 + MAX_RECORD_PLAINTEXT_LENGTH + 2048;

    /** Result of {@link #open(ByteBuffer)} once the peer has said that it sends no more. */
    public static final int END_OF_STREAM = -1;

    /** For the providers. */
    protected TlsSession()
    {
    }

    /**
     * Goes on with the handshake as far as it gets.
     *
     * @return what it waits for.
     * @throws TlsException when the handshake has failed; there may be output still, an alert, that should be sent.
     */
    public abstract HandshakeStatus handshake() throws TlsException;

    /**
     * Work that takes too long for the thread that calls {@link #handshake()}: verifying certificates, mostly. It is
     * to be run once; its outcome, also a failure, is seen by the next step of the handshake.
     *
     * @return the task that {@link HandshakeStatus#NEED_TASK} asked for.
     */
    public abstract Runnable task();

    /**
     * Where sealed bytes of the peer are to be put. It has room for one at least
     * while {@link #needsInput()}.
     *
     * @return a region that is valid until the next call of another method.
     */
    public abstract ByteBuffer inputRegion();

    /**
     * Takes bytes that were put at the beginning of the input region.
     *
     * @param length number of bytes.
     */
    public abstract void onInput(int length);

    /**
     * Is there nothing left that could be opened without more input?
     *
     * @return true when input has to be read before {@link #open(ByteBuffer)} can give anything.
     */
    public abstract boolean needsInput();

    /**
     * Sealed bytes that wait to be sent.
     *
     * @return a region that is valid until the next call of another method; empty if there is nothing to send.
     */
    public abstract ByteBuffer outputRegion();

    /**
     * Lets go of bytes at the beginning of the output region that have been sent.
     *
     * @param length number of bytes.
     */
    public abstract void onOutput(int length);

    /**
     * Seals plaintext into one record; the output must be empty. The position of the plaintext stays.
     *
     * @param plaintext to seal, a direct buffer; at most {@link #MAX_RECORD_PLAINTEXT_LENGTH} bytes of it are.
     * @return number of bytes of plaintext that the output now carries.
     * @throws TlsException when the session has failed.
     */
    public abstract int seal(ByteBuffer plaintext) throws TlsException;

    /**
     * Opens what was received, as much as there is and as there is room for.
     *
     * @param plaintext takes the bytes, a direct buffer; its position moves on.
     * @return number of bytes opened, 0 when more input is needed, or {@link #END_OF_STREAM} after close_notify.
     * @throws TlsException when a record is bad, or the peer sent an alert.
     */
    public abstract int open(ByteBuffer plaintext) throws TlsException;

    /**
     * Tells the peer that nothing more will be sent: puts close_notify into the output (RFC 8446 section 6.1). Does
     * nothing before the handshake is complete or after a failure.
     */
    public abstract void shutdown();

    /**
     * Has the server asked for a certificate of the client, in a version of TLS whose handshake completes before the
     * server has judged it (RFC 8446 section 4.4.2)? Then {@link #hasVerdict()} tells when it has.
     *
     * @return true if the server may still refuse the client.
     */
    public abstract boolean awaitsVerdict();

    /**
     * Has the server shown that it goes on with the session, by sending anything after the handshake?
     *
     * @return true if so.
     * @throws TlsException when it has refused the client.
     */
    public abstract boolean hasVerdict() throws TlsException;

    /**
     * What the handshake agreed on.
     *
     * @return null before it is complete.
     */
    public abstract TlsSessionInfo info();

    /**
     * The owner of a session checks its thread.
     */
    @Override
    protected void threadSafetyCheck(final boolean isUsed)
    {
    }
}
