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
import io.peregrine.codec.ReadState;
import io.peregrine.codec.Request;
import io.peregrine.codec.ResponseReader;
import io.peregrine.codec.RestResponse;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSessionInfo;
import net.openhft.chronicle.core.io.AbstractCloseable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Objects;

import static io.peregrine.engine.ConnectionError.*;
import static io.peregrine.engine.ConnectionState.*;

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
    private final ConnectionConfig config;
    private final ConnectionListener listener;
    private final Connector connector;
    private final ConnectAttempts attempts;
    private final ResponseReader reader;
    private final Exchange exchange;
    private final ExchangeResult exchangeResult = new ExchangeResult();

    private Transport transport;
    private ConnectionState state = ConnectionState.INIT;
    private String stateReason = "not connected yet";
    private boolean isPoisoned;
    private boolean isListedActive;
    private long deadlineNs;
    private long connectedNs;
    private long exchangesServed;

    HttpConnection(
        final HttpEngine engine,
        final Connector connector,
        final ConnectionConfig config,
        final ConnectionListener listener)
    {
        this.engine = engine;
        this.config = config;
        this.listener = listener;
        this.connector = connector;
        attempts = connector.attempts();
        reader = new ResponseReader(config.receiveBufferLength(), config.responseLimits());
        exchange = new Exchange(engine.counters());
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
     * Sends a request: its first bytes are given to the kernel before this method returns. The handler is called
     * exactly once, from the duty cycle, or from here when the request cannot be sent. The request's memory must stay
     * as it is until then.
     *
     * @param request       to send.
     * @param correlationId handed to the handler with the outcome.
     * @param handler       that takes the outcome.
     * @throws IllegalStateException    when an exchange is under way, the connection is closed, or the thread is
     *                                  another.
     * @throws IllegalArgumentException when the request's memory is backed by neither a ByteBuffer nor an array.
     */
    public void send(final Request request, final long correlationId, final ResponseHandler handler)
    {
        throwExceptionIfClosed();
        Objects.requireNonNull(handler, "handler");
        if (READY != state)
        {
            refuse(correlationId, handler);
            return;
        }

        exchange.begin(request, correlationId, handler);
        reader.expect(request.method());

        final IOException writeFailure = exchange.write(transport);
        state(IN_FLIGHT, "request sent");
        deadlineNs = engine.nanoTime() + config.requestTimeoutNs();
        activate();
        if (null != writeFailure)
        {
            fail(writeFailure, WRITE_FAILED);
        }
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
        engine.checkNotInDutyCycle();
        exchangeResult.reset();
        send(request, exchangeResult);
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
            if (!exchangeResult.isDone() && IN_FLIGHT == state)
            {
                fail(CLOSED_LOCALLY, "abandoned: the duty cycle threw an exception");
            }
        }

        return exchangeResult.responseOrThrow();
    }

    /**
     * Ends the life of the last answer's view before the next send does.
     */
    public void invalidateResponse()
    {
        reader.response().invalidate();
    }

    /**
     * Whether the connection takes a request now.
     *
     * @return true in state {@link ConnectionState#READY}.
     */
    public boolean isReady()
    {
        return READY == state;
    }

    /**
     * Whether an error ended the connection, and it was not made anew since.
     *
     * @return true from a transport error, or a refused answer, until reconnected.
     */
    public boolean isPoisoned()
    {
        return isPoisoned;
    }

    /**
     * Where the connection is in its life.
     *
     * @return the state.
     */
    public ConnectionState state()
    {
        return state;
    }

    /**
     * Why it is in that state.
     *
     * @return a short text.
     */
    public String stateReason()
    {
        return stateReason;
    }

    /**
     * How many exchanges the present socket has served, from 0 after each connect.
     *
     * @return number of answers.
     */
    public long exchangesServed()
    {
        return exchangesServed;
    }

    /**
     * How many rounds over all addresses have failed since the last connection that proved itself.
     *
     * @return number of rounds.
     */
    public int roundsInVain()
    {
        return attempts.roundsInVain();
    }

    /**
     * Why the last attempt to connect failed, or its connection ended before it was used.
     *
     * @return the error, or null when the last attempt succeeded, or none was made.
     */
    public ErrorCode connectError()
    {
        return connector.error();
    }

    /**
     * Why the last attempt to connect failed, for people.
     *
     * @return a sentence, or null.
     */
    public String connectErrorDetail()
    {
        return connector.errorDetail();
    }

    /**
     * Address that was last connected to, or tried.
     *
     * @return the address, or null before the first attempt.
     */
    public InetSocketAddress remoteAddress()
    {
        return connector.remoteAddress();
    }

    /**
     * What the last TLS handshake agreed on.
     *
     * @return null without TLS, or before the first handshake.
     */
    public TlsSessionInfo tlsInfo()
    {
        return connector.tlsInfo();
    }

    /**
     * Bytes of the last request that the kernel took.
     *
     * @return number of bytes, before they are sealed if TLS is spoken.
     */
    public long bytesWritten()
    {
        return exchange.bytesWritten();
    }

    /**
     * Bytes read since the last request was sent.
     *
     * @return number of bytes.
     */
    public long bytesRead()
    {
        return reader.bytesReceived();
    }

    /** Starts to connect; the duty cycle does the rest. */
    void open()
    {
        connect(engine.nanoTime());
    }

    boolean isActive()
    {
        return CONNECTING == state || HANDSHAKING == state || IN_FLIGHT == state || BACKING_OFF == state;
    }

    void onDeactivated()
    {
        isListedActive = false;
    }

    int poll(final long nowNs)
    {
        return switch (state)
        {
            case CONNECTING, HANDSHAKING -> onProgress(connector.poll(nowNs), nowNs);
            case IN_FLIGHT -> pollExchange(nowNs);
            case BACKING_OFF -> pollBackOff(nowNs);
            default -> 0;
        };
    }

    /** Notices that an idle connection has ended before somebody wants to use it. */
    int lookAtIdle()
    {
        if (READY != state)
        {
            return 0;
        }

        try
        {
            final int length = transport.read(engine.idleProbe());
            if (0 != length)
            {
                onIdleEnded(length < 0 ? IDLE_CONNECTION_ENDED : UNSOLICITED_BYTES);
                return 1;
            }
        }
        catch (final IOException ex)
        {
            onIdleEnded(codeOf(ex, IDLE_CONNECTION_ENDED));
            return 1;
        }

        return 0;
    }

    /**
     * Closes the connection; an exchange under way fails with {@link ConnectionError#CLOSED_LOCALLY}.
     */
    @Override
    protected void performClose()
    {
        final boolean isInFlight = IN_FLIGHT == state;
        closeTransport();
        state(CLOSED, "closed by its owner");
        engine.remove(this);
        if (isInFlight)
        {
            engine.onError(CLOSED_LOCALLY);
            exchange.fail(CLOSED_LOCALLY, CLOSED_LOCALLY.description(), reader.bytesReceived());
        }
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

    private void connect(final long nowNs)
    {
        state(CONNECTING, "connecting");
        activate();
        onProgress(connector.start(nowNs), nowNs);
    }

    private int onProgress(final ConnectProgress progress, final long nowNs)
    {
        switch (progress)
        {
            case HANDSHAKING -> state(HANDSHAKING, "connected, shaking hands");
            case CONNECTED -> onConnected(nowNs);
            case FAILED -> onConnectFailed(nowNs);
            default ->
            {
                return 0;
            }
        }

        return 1;
    }

    private void onConnected(final long nowNs)
    {
        transport = connector.take();
        connectedNs = nowNs;
        exchangesServed = 0;
        isPoisoned = false;
        state(READY, "connected");
    }

    private void onConnectFailed(final long nowNs)
    {
        final String detail = connector.errorDetail();
        if (attempts.onFailed())
        {
            backOff(nowNs, 0, "trying the next address");
        }
        else if (attempts.isReconnecting())
        {
            backOff(nowNs, attempts.delayNs(), detail);
        }
        else
        {
            isPoisoned = true;
            state(POISONED, detail);
        }
    }

    private void backOff(final long nowNs, final long delayNs, final String reason)
    {
        deadlineNs = nowNs + delayNs;
        activate();
        state(BACKING_OFF, reason);
    }

    private int pollBackOff(final long nowNs)
    {
        if (deadlineNs - nowNs > 0)
        {
            return 0;
        }

        connect(nowNs);
        return 1;
    }

    private int pollExchange(final long nowNs)
    {
        int workCount = 0;
        IOException writeFailure = null;
        if (exchange.hasUnwritten())
        {
            final long bytesWrittenBefore = exchange.bytesWritten();
            writeFailure = exchange.write(transport);
            workCount += exchange.bytesWritten() > bytesWrittenBefore ? 1 : 0;
        }

        // Even after a failed write: a server that does not want the rest of a request may have answered what it has.
        workCount += read();
        if (IN_FLIGHT == state && null != writeFailure)
        {
            fail(writeFailure, WRITE_FAILED);
            workCount++;
        }
        else if (IN_FLIGHT == state && deadlineNs - nowNs < 0)
        {
            fail(REQUEST_TIMEOUT, "no complete answer within requestTimeout " + config.requestTimeoutNs() + " ns");
            workCount++;
        }

        return workCount;
    }

    private int read()
    {
        final int length;
        try
        {
            length = transport.read(reader.receiveRegion());
        }
        catch (final IOException ex)
        {
            fail(ex, READ_FAILED);
            return 1;
        }

        if (0 == length)
        {
            return 0;
        }

        if (length > 0)
        {
            engine.counters().counter(EngineCounter.BYTES_READ).getAndAddRelease(length);
        }

        final ReadState readState = length > 0 ? reader.onReceived(length) : reader.onEndOfStream();
        if (length > 0 && 0 == exchange.bytesWritten())
        {
            fail(UNSOLICITED_BYTES, "bytes came before any of the request was sent");
        }
        else
        {
            onReadState(readState);
        }

        return 1;
    }

    private void onReadState(final ReadState readState)
    {
        if (ReadState.COMPLETE == readState)
        {
            onAnswered();
        }
        else if (ReadState.FAILED == readState)
        {
            fail(reader.error(), reader.errorDetail());
        }
    }

    private void onAnswered()
    {
        exchangesServed++;
        final ResponseHandler answered = exchange.end();
        final long correlationId = exchange.correlationId();
        engine.counters().counter(EngineCounter.ANSWERS).incrementRelease();
        if (exchange.hasUnwritten())
        {
            retire("answered before the request was written");
        }
        else if (reader.isReusable())
        {
            state(READY, "answered");
        }
        else
        {
            retire("answer ends the connection");
        }

        try
        {
            answered.onResponse(correlationId, reader.response());
        }
        finally
        {
            if (exchangeResult != answered)
            {
                reader.response().invalidate();
            }
        }
    }

    private void onIdleEnded(final ErrorCode error)
    {
        engine.onError(error);
        if (0 == exchangesServed)
        {
            connector.onUnused(error);
        }

        retire(error.description());
    }

    private void retire(final String reason)
    {
        engine.counters().counter(EngineCounter.RETIREMENTS).incrementRelease();
        end(RETIRED, reason);
    }

    private void fail(final IOException failure, final ConnectionError otherwise)
    {
        fail(codeOf(failure, otherwise), failure.getMessage());
    }

    private void fail(final ErrorCode error, final String detail)
    {
        engine.onError(error);
        isPoisoned = true;
        end(POISONED, error.name());
        exchange.fail(error, detail, reader.bytesReceived());
    }

    /** Ends the life of the socket, and starts the wait for the next one if there is to be one. */
    private void end(final ConnectionState endState, final String reason)
    {
        closeTransport();
        state(endState, reason);
        if (attempts.isReconnecting())
        {
            final long nowNs = engine.nanoTime();
            attempts.onEnded(exchangesServed > 0 || attempts.isProvenBy(nowNs - connectedNs));
            backOff(nowNs, attempts.delayNs(), reason);
        }
    }

    private void refuse(final long correlationId, final ResponseHandler handler)
    {
        if (IN_FLIGHT == state)
        {
            throw new IllegalStateException("an exchange is under way: a connection carries one at a time");
        }

        final ConnectionError error = isPoisoned ? CONNECTION_POISONED : NOT_CONNECTED;
        engine.onError(error);
        exchange.refuse(correlationId, handler, error, error.description() + ": " + state + ", " + stateReason);
    }

    private static ErrorCode codeOf(final IOException failure, final ConnectionError otherwise)
    {
        return failure instanceof TlsException ? ((TlsException)failure).error() : otherwise;
    }

    private void closeTransport()
    {
        connector.close();
        exchange.discardUnwritten();
        if (null != transport)
        {
            transport.close();
            transport = null;
        }
    }

    private void activate()
    {
        if (!isListedActive)
        {
            isListedActive = true;
            engine.activate(this);
        }
    }

    private void state(final ConnectionState newState, final String reason)
    {
        final ConnectionState previous = state;
        state = newState;
        stateReason = reason;
        listener.onStateChange(this, previous, newState);
    }
}
