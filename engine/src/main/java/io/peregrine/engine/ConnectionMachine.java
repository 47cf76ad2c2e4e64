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
import io.peregrine.codec.ResponseReader;
import org.agrona.DirectBuffer;

import java.io.IOException;

import static io.peregrine.engine.ConnectionError.*;
import static io.peregrine.engine.ConnectionState.*;

/**
 * The life of a connection as states, each with a deadline but {@link ConnectionState#READY}: sockets are made, used,
 * ended and made anew. All transitions go through one method, which says why.
 */
final class ConnectionMachine
{
    private static final int REQUEST_TIMEOUT_STATUS = 408;

    private final HttpConnection connection;
    private final HttpEngine engine;
    private final ConnectionConfig config;
    private final ConnectionListener listener;
    private final ConnectionLife life;
    private final Connector connector;
    private final ConnectAttempts attempts;
    private final ResponseReader reader;
    private final Exchange exchange;

    private Transport transport;
    private ConnectionState state = ConnectionState.INIT;
    private String stateReason = "not connected yet";
    private boolean isPoisoned;
    private boolean isListedActive;
    private boolean isDraining;
    private ErrorCode lastError;
    private long nextAttemptNs;
    private long lastReadNs;

    ConnectionMachine(
        final HttpConnection connection,
        final HttpEngine engine,
        final Endpoint endpoint,
        final ConnectionListener listener)
    {
        this.connection = connection;
        this.engine = engine;
        this.listener = listener;
        config = endpoint.config();
        life = new ConnectionLife(config.retirementPolicy(), engine.random());
        connector = new Connector(engine, endpoint);
        attempts = connector.attempts();
        reader = new ResponseReader(config.receiveBufferLength(), config.responseLimits());
        exchange = new Exchange(engine.counters(), config.timeouts(), reader);
    }

    ConnectionState state()
    {
        return state;
    }

    String stateReason()
    {
        return stateReason;
    }

    boolean isPoisoned()
    {
        return isPoisoned;
    }

    boolean isDraining()
    {
        return isDraining;
    }

    ErrorCode lastError()
    {
        return lastError;
    }

    long nextAttemptNs()
    {
        return nextAttemptNs;
    }

    long lastReadNs()
    {
        return lastReadNs;
    }

    ConnectionLife life()
    {
        return life;
    }

    Connector connector()
    {
        return connector;
    }

    ResponseReader reader()
    {
        return reader;
    }

    Exchange exchange()
    {
        return exchange;
    }

    /** Starts to connect; the duty cycle does the rest. */
    void open()
    {
        connect(engine.nanoTime());
    }

    boolean isActive()
    {
        return switch (state)
        {
            case RESOLVING, CONNECTING, HANDSHAKING, IN_FLIGHT, BACKING_OFF -> true;
            default -> false;
        };
    }

    void onDeactivated()
    {
        isListedActive = false;
    }

    int poll(final long nowNs)
    {
        return switch (state)
        {
            case IN_FLIGHT -> onProgress(exchange.poll(transport, nowNs), nowNs);
            case RESOLVING, CONNECTING, HANDSHAKING -> onProgress(connector.poll(nowNs), nowNs);
            case BACKING_OFF -> pollBackOff(nowNs);
            default -> 0;
        };
    }

    /**
     * Notices that an idle connection has ended before somebody wants to use it, and replaces one whose time has come.
     */
    int lookAtIdle(final long nowNs)
    {
        if (READY != state)
        {
            return 0;
        }

        if (null != validate(nowNs))
        {
            return 1;
        }

        final String retirementReason = life.retirementReason(nowNs);
        if (null != retirementReason)
        {
            // It works to its planned end: what went wrong before it is no reason to wait.
            attempts.onProven();
            retire(retirementReason, nowNs);
            return 1;
        }

        return 0;
    }

    /** No caller waits for the answer any more. */
    void abandon(final String detail)
    {
        if (IN_FLIGHT == state)
        {
            exchange.fail(CLOSED_LOCALLY, detail);
            onExchangeFailed(engine.nanoTime());
        }
    }

    void drain()
    {
        isDraining = true;
        if (IN_FLIGHT != state)
        {
            connection.close();
        }
    }

    /** The end, by the owner; whoever waits for an answer hears of it. */
    void close()
    {
        final boolean isInFlight = IN_FLIGHT == state;
        closeTransport();
        state(CLOSED, "closed by its owner");
        engine.remove(connection);
        if (isInFlight)
        {
            exchange.fail(CLOSED_LOCALLY, CLOSED_LOCALLY.description());
            lastError = CLOSED_LOCALLY;
            engine.onError(CLOSED_LOCALLY);
            exchange.reportFailure(life, engine.nanoTime());
        }
    }

    /** While an exchange is under way, what is left of it must not be lost. */
    void expectRequestsFrom(final DirectBuffer memory)
    {
        if (IN_FLIGHT != state)
        {
            exchange.expectRequestsFrom(memory);
        }
    }

    void send(
        final Request request,
        final long correlationId,
        final long nowNs,
        final long deadlineNs,
        final ResponseHandler handler)
    {
        final ErrorCode obstacle = obstacle(nowNs, deadlineNs);
        if (null != obstacle)
        {
            exchange.refuse(correlationId, handler, obstacle,
                obstacle.description() + ": " + state + ", " + stateReason, life, nowNs);
            return;
        }

        exchange.begin(request, correlationId, handler, nowNs, deadlineNs);
        final ExchangeProgress progress = exchange.write(transport, nowNs);
        state(IN_FLIGHT, "request sent");
        activate();
        if (ExchangeProgress.FAILED == progress && IN_FLIGHT == state)
        {
            onExchangeFailed(nowNs);
        }
    }

    /** Why a request cannot be sent now; null when it can. */
    private ErrorCode obstacle(final long nowNs, final long deadlineNs)
    {
        final ErrorCode obstacle;
        if (READY != state)
        {
            obstacle = notReadyError();
        }
        else if (deadlineNs - nowNs <= 0)
        {
            obstacle = REQUEST_TIMEOUT;
        }
        else
        {
            return nowNs - lastReadNs < config.validateAfterInactivityNs() ? null : validate(nowNs);
        }

        engine.onError(obstacle);
        return obstacle;
    }

    private ErrorCode notReadyError()
    {
        if (IN_FLIGHT == state)
        {
            throw new IllegalStateException("an exchange is under way: a connection carries one at a time");
        }
        if (isDraining)
        {
            return CLOSED_LOCALLY;
        }

        return isPoisoned ? CONNECTION_POISONED : NOT_CONNECTED;
    }

    /** Ends an idle connection that is not as it was left, and says why; null when it is. */
    private ErrorCode validate(final long nowNs)
    {
        final ErrorCode error = idleError(nowNs);
        if (null != error)
        {
            onIdleEnded(error, nowNs);
        }

        return error;
    }

    /** Reads from a connection that nothing is expected from; null when there was nothing. */
    private ErrorCode idleError(final long nowNs)
    {
        lastReadNs = nowNs;
        try
        {
            final int length = transport.read(engine.idleProbe());
            if (0 == length)
            {
                return null;
            }

            return length < 0 ? IDLE_CONNECTION_ENDED : UNSOLICITED_BYTES;
        }
        catch (final IOException ex)
        {
            return Exchange.codeOf(ex, IDLE_CONNECTION_ENDED);
        }
    }

    private void connect(final long nowNs)
    {
        activate();
        final ConnectProgress progress = connector.start(nowNs);
        if (ConnectProgress.FAILED == progress)
        {
            state(CONNECTING, "connecting");
        }

        onProgress(progress, nowNs);
    }

    private int onProgress(final ConnectProgress progress, final long nowNs)
    {
        switch (progress)
        {
            case RESOLVING -> state(RESOLVING, "looking up the name");
            case CONNECTING -> state(CONNECTING, "connecting");
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
        life.begin(connector.remoteAddress(), nowNs);
        lastReadNs = nowNs;
        isPoisoned = false;
        state(READY, "connected");
    }

    private void onConnectFailed(final long nowNs)
    {
        lastError = connector.error();
        if (attempts.onFailed())
        {
            backOff(nowNs, "trying the next address");
        }
        else if (attempts.isReconnecting())
        {
            backOff(nowNs + attempts.delayNs(), connector.errorDetail());
        }
        else
        {
            isPoisoned = true;
            state(POISONED, connector.errorDetail());
        }
    }

    private void backOff(final long untilNs, final String reason)
    {
        nextAttemptNs = untilNs;
        activate();
        state(BACKING_OFF, reason);
    }

    private int pollBackOff(final long nowNs)
    {
        if (nextAttemptNs - nowNs > 0)
        {
            return 0;
        }
        if (connector.budget().tryTake(nowNs))
        {
            connect(nowNs);
        }
        else
        {
            backOff(connector.budget().nextNs(nowNs), "waits for the connect budget");
        }

        return 1;
    }

    private int onProgress(final ExchangeProgress progress, final long nowNs)
    {
        lastReadNs = nowNs;
        switch (progress)
        {
            case WAITING ->
            {
                return 0;
            }
            case ANSWERED -> onAnswered(nowNs);
            case FAILED -> onExchangeFailed(nowNs);
            default ->
            {
                return 1;
            }
        }

        return 1;
    }

    private void onAnswered(final long nowNs)
    {
        life.onServed(nowNs, reader.keepAliveTimeoutSeconds(), reader.keepAliveMax());
        attempts.onProven();
        engine.counters().counter(EngineCounter.ANSWERS).incrementRelease();
        final ResponseHandler answered = exchange.end();
        final long correlationId = exchange.correlationId();
        final String endReason = endReason(nowNs);
        if (null == endReason)
        {
            state(READY, "answered");
        }
        else
        {
            retire(endReason, nowNs);
        }

        try
        {
            answered.onResponse(correlationId, reader.response());
        }
        finally
        {
            // A caller that waits looks at the answer after this.
            if (!(answered instanceof ExchangeResult))
            {
                reader.response().invalidate();
            }
        }
    }

    /** Why the connection may not be used after an answer; null when it may. */
    private String endReason(final long nowNs)
    {
        if (exchange.hasUnwritten())
        {
            return "answered before the request was written";
        }
        if (!reader.isReusable())
        {
            return "answer ends the connection";
        }

        if (REQUEST_TIMEOUT_STATUS == reader.response().status())
        {
            // It may have crossed the request on the way: then the answer proper would come to the next request.
            return "server gave up waiting for a request";
        }

        return isDraining ? "draining" : life.retirementReason(nowNs);
    }

    private void onExchangeFailed(final long nowNs)
    {
        lastError = exchange.error();
        engine.onError(lastError);
        isPoisoned = true;
        judge(nowNs);
        end(POISONED, lastError.name(), nowNs);
        exchange.reportFailure(life, nowNs);
    }

    private void onIdleEnded(final ErrorCode error, final long nowNs)
    {
        lastError = error;
        engine.onError(error);
        if (0 == life.exchangesServed())
        {
            connector.onUnused(error);
        }

        judge(nowNs);
        retire(error.description(), nowNs);
    }

    /** What the end of the socket says of the server; an answer has spoken for it already. */
    private void judge(final long nowNs)
    {
        if (attempts.isProvenBy(life.ageNs(nowNs)))
        {
            attempts.onProven();
        }
        else if (0 == life.exchangesServed())
        {
            attempts.onEndedInVain();
        }
    }

    private void retire(final String reason, final long nowNs)
    {
        engine.counters().counter(EngineCounter.RETIREMENTS).incrementRelease();
        end(RETIRED, reason, nowNs);
    }

    /** Ends the life of the socket, and starts the wait for the next one if there is to be one. */
    private void end(final ConnectionState endState, final String reason, final long nowNs)
    {
        closeTransport();
        state(endState, reason);
        if (isDraining)
        {
            connection.close();
        }
        else if (attempts.isReconnecting())
        {
            backOff(nowNs + attempts.delayNs(), reason);
        }
        else if (attempts.hasGivenUp())
        {
            isPoisoned = true;
            state(POISONED, "given up: " + reason);
        }
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
            engine.activate(connection);
        }
    }

    private void state(final ConnectionState newState, final String reason)
    {
        final ConnectionState previous = state;
        if (CLOSED == previous)
        {
            // A listener closed it in the middle of a transition.
            return;
        }

        state = newState;
        stateReason = reason;
        listener.onStateChange(connection, previous, newState);
    }
}
