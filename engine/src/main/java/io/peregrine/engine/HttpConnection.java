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

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.Request;
import io.peregrine.codec.RestResponse;
import io.peregrine.tls.TlsSessionInfo;
import net.openhft.chronicle.core.io.AbstractCloseable;
import org.agrona.DirectBuffer;

import java.net.InetSocketAddress;
import java.util.Objects;

/**
 * A connection to a server that carries one exchange at a time. {@code send} writes to the socket in the same call; the
 * answer is read, and handed to the handler, by the duty cycle of the engine.
 * <p>
 * Any error while an exchange is under way <em>poisons</em> the connection: the stream can no longer be trusted, its
 * socket is closed, and sends are refused with {@link ConnectionError#CONNECTION_POISONED}. A connection whose last
 * answer was complete, but which may not be used again (RFC 9112 section 9.3), is retired. With a {@link
 * ReconnectPolicy} the duty cycle then makes it anew; without one it stays as it ended. A request is never repeated.
 * <p>
 * Used by the engine's thread only, which is checked.
 */
public final class HttpConnection extends AbstractCloseable
{
    private final HttpEngine engine;
    private final Timeouts timeouts;
    private final ConnectionMachine machine;
    private final ExchangeResult exchangeResult = new ExchangeResult();

    HttpConnection(final HttpEngine engine, final Endpoint endpoint, final ConnectionListener listener)
    {
        this.engine = engine;
        timeouts = endpoint.config().timeouts();
        machine = new ConnectionMachine(this, engine, endpoint, listener);
    }

    /**
     * Sends a request with correlation id 0: see {@link #send(Request, long, ResponseHandler)}.
     *
     * @param request to send.
     * @param handler that takes the outcome.
     */
    public void send(final Request request, final ResponseHandler handler)
    {
        send(request, 0, handler);
    }

    /**
     * Sends a request that is to be answered within the request timeout of the connection: see
     * {@link #send(Request, long, long, ResponseHandler)}.
     *
     * @param request       to send.
     * @param correlationId handed to the handler with the outcome.
     * @param handler       that takes the outcome.
     */
    public void send(final Request request, final long correlationId, final ResponseHandler handler)
    {
        final long nowNs = engine.nanoTime();
        send(request, correlationId, nowNs, nowNs + timeouts.requestNs(), handler);
    }

    /**
     * Sends a request: its first bytes are given to the kernel before this method returns. The handler is called
     * exactly once, from the duty cycle, or from here when the request cannot be sent; one whose deadline has passed
     * is not. The request's memory must stay as it is until then.
     *
     * @param request       to send.
     * @param correlationId handed to the handler with the outcome.
     * @param deadlineNs    by when the answer has to be complete, on the clock of {@link HttpEngine#nanoTime()}.
     * @param handler       that takes the outcome.
     * @throws IllegalStateException    when an exchange is under way, the connection is closed, or the thread is
     *                                  another.
     * @throws IllegalArgumentException when the request's memory is backed by neither a ByteBuffer nor an array.
     */
    public void send(
        final Request request, final long correlationId, final long deadlineNs, final ResponseHandler handler)
    {
        send(request, correlationId, engine.nanoTime(), deadlineNs, handler);
    }

    /**
     * Sends a request and runs the engine's duty cycle until it is answered or has failed; the request timeout bounds
     * it.
     *
     * @param request to send.
     * @return the answer, valid until the next send on this connection.
     * @throws ExchangeException     when the exchange failed; it says what is known of the request's fate.
     * @throws IllegalStateException when an exchange is under way, the connection is closed, the thread is another,
     *                               or this is called from a handler.
     */
    public RestResponse exchange(final Request request)
    {
        final long nowNs = engine.nanoTime();
        return exchange(request, nowNs, nowNs + timeouts.requestNs());
    }

    /**
     * Sends a request and runs the engine's duty cycle until it is answered or has failed.
     *
     * @param request    to send.
     * @param deadlineNs by when the answer has to be complete, on the clock of {@link HttpEngine#nanoTime()}.
     * @return the answer, valid until the next send on this connection.
     * @throws ExchangeException     when the exchange failed; it says what is known of the request's fate.
     * @throws IllegalStateException when an exchange is under way, the connection is closed, the thread is another,
     *                               or this is called from a handler.
     */
    public RestResponse exchange(final Request request, final long deadlineNs)
    {
        return exchange(request, engine.nanoTime(), deadlineNs);
    }

    /**
     * Says where the next request will come from, so that its send finds a view of that memory. Sends nothing, and does
     * nothing while an exchange is under way. The connection holds the memory, which must not be freed meanwhile, until
     * it next ends or sends a request from elsewhere.
     *
     * @param memory that requests will be written to.
     * @throws IllegalStateException    when the thread is another.
     * @throws IllegalArgumentException when the memory is backed by neither a ByteBuffer nor an array.
     */
    public void expectRequestsFrom(final DirectBuffer memory)
    {
        engine.checkThread();
        machine.expectRequestsFrom(memory);
    }

    /**
     * Takes no request any more, and closes: at once, or when the exchange under way has ended. Requests that come
     * later fail with {@link ConnectionError#CLOSED_LOCALLY}.
     *
     * @throws IllegalStateException when the thread is another.
     */
    public void drain()
    {
        engine.checkThread();
        if (!isClosed())
        {
            machine.drain();
        }
    }

    /**
     * Ends the life of the last answer's view before the next send does.
     */
    public void invalidateResponse()
    {
        machine.reader().response().invalidate();
    }

    /**
     * Whether the connection takes a request now.
     *
     * @return true in state {@link ConnectionState#READY}.
     */
    public boolean isReady()
    {
        return ConnectionState.READY == machine.state();
    }

    /**
     * Whether an error ended the connection, and it was not made anew since.
     *
     * @return true from a transport error, or a refused answer, until reconnected.
     */
    public boolean isPoisoned()
    {
        return machine.isPoisoned();
    }

    /**
     * Where the connection is in its life.
     *
     * @return the state.
     */
    public ConnectionState state()
    {
        return machine.state();
    }

    /**
     * Why it is in that state.
     *
     * @return a short text.
     */
    public String stateReason()
    {
        return machine.stateReason();
    }

    /**
     * How many exchanges the present socket has served, from 0 after each connect.
     *
     * @return number of answers.
     */
    public long exchangesServed()
    {
        return machine.life().exchangesServed();
    }

    /**
     * How long ago the present, or the last, socket was made.
     *
     * @return age in nanoseconds; 0 when none was made yet.
     */
    public long ageNs()
    {
        return machine.life().ageNs(engine.nanoTime());
    }

    /**
     * When the next attempt to connect is due.
     *
     * @return time on the clock of {@link HttpEngine#nanoTime()}; of meaning in state
     * {@link ConnectionState#BACKING_OFF} only.
     */
    public long nextAttemptNs()
    {
        return machine.nextAttemptNs();
    }

    /**
     * What went wrong last, with an attempt to connect, an exchange, or while the connection was idle.
     *
     * @return the error, or null when nothing ever did.
     */
    public ErrorCode lastError()
    {
        return machine.lastError();
    }

    /**
     * How many rounds over all addresses have failed since the last connection that proved itself.
     *
     * @return number of rounds.
     */
    public int roundsInVain()
    {
        return machine.connector().attempts().roundsInVain();
    }

    /**
     * Why the last attempt to connect failed, or its connection ended before it was used.
     *
     * @return the error, or null when the last attempt succeeded, or none was made.
     */
    public ErrorCode connectError()
    {
        return machine.connector().error();
    }

    /**
     * Why the last attempt to connect failed, for people.
     *
     * @return a sentence, or null.
     */
    public String connectErrorDetail()
    {
        return machine.connector().errorDetail();
    }

    /**
     * The last failure to connect as an exception, for a caller that waited for the connection.
     *
     * @return the exception.
     */
    public ExchangeException connectException()
    {
        return new ExchangeException(connectError(), connectErrorDetail(), machine.connector().phase());
    }

    /**
     * Address that was last connected to, or tried.
     *
     * @return the address, or null before the first attempt.
     */
    public InetSocketAddress remoteAddress()
    {
        return machine.connector().remoteAddress();
    }

    /**
     * What the last TLS handshake agreed on.
     *
     * @return null without TLS, or before the first handshake.
     */
    public TlsSessionInfo tlsInfo()
    {
        return machine.connector().tlsInfo();
    }

    /**
     * Bytes of the last request that the kernel took.
     *
     * @return number of bytes, before they are sealed if TLS is spoken.
     */
    public long bytesWritten()
    {
        return machine.exchange().bytesWritten();
    }

    /**
     * Bytes read since the last request was sent.
     *
     * @return number of bytes.
     */
    public long bytesRead()
    {
        return machine.reader().bytesReceived();
    }

    /**
     * When the last request was handed to the connection.
     *
     * @return time on the clock of {@link HttpEngine#nanoTime()}.
     */
    public long sendNs()
    {
        return machine.exchange().beginNs();
    }

    /**
     * When the duty cycle began that read the first byte of the last answer.
     *
     * @return time on the clock of {@link HttpEngine#nanoTime()}; of meaning once {@link #bytesRead()} is positive.
     */
    public long firstByteNs()
    {
        return machine.exchange().firstByteNs();
    }

    /**
     * When the duty cycle began that last read from the socket.
     *
     * @return time on the clock of {@link HttpEngine#nanoTime()}.
     */
    public long lastReadNs()
    {
        return machine.lastReadNs();
    }

    void open()
    {
        machine.open();
    }

    boolean isActive()
    {
        return machine.isActive();
    }

    void onDeactivated()
    {
        machine.onDeactivated();
    }

    int poll(final long nowNs)
    {
        return machine.poll(nowNs);
    }

    int lookAtIdle(final long nowNs)
    {
        return machine.lookAtIdle(nowNs);
    }

    /**
     * Closes the connection; an exchange under way fails with {@link ConnectionError#CLOSED_LOCALLY}.
     */
    @Override
    protected void performClose()
    {
        machine.close();
    }

    /**
     * Refuses to be closed by another thread.
     */
    @Override
    protected void assertCloseable()
    {
        threadSafetyCheck(true);
    }

    /**
     * Checks against the engine's thread, so that a connection changes hands with the engine.
     */
    @Override
    protected void threadSafetyCheck(final boolean isUsed)
    {
        engine.checkThread();
    }

    /** The time is handed on, since a look at the clock before the write is latency. */
    private RestResponse exchange(final Request request, final long nowNs, final long deadlineNs)
    {
        engine.checkNotInDutyCycle();
        exchangeResult.reset();
        send(request, 0, nowNs, deadlineNs, exchangeResult);
        try
        {
            while (!exchangeResult.isDone())
            {
                engine.doWorkAndIdle();
            }
        }
        finally
        {
            // Only a handler of another exchange that throws gets here too early; nobody would wait for this answer.
            if (!exchangeResult.isDone())
            {
                machine.abandon("abandoned: the duty cycle threw an exception");
            }
        }

        return exchangeResult.responseOrThrow();
    }

    private void send(
        final Request request,
        final long correlationId,
        final long nowNs,
        final long deadlineNs,
        final ResponseHandler handler)
    {
        Objects.requireNonNull(handler, "handler");
        engine.checkThread();
        if (!machine.isDraining())
        {
            throwExceptionIfClosed();
        }

        machine.send(request, correlationId, nowNs, deadlineNs, handler);
    }
}
