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
package io.peregrine.pool;

import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionState;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.HttpConnection;
import io.peregrine.engine.ResponseHandler;

import java.util.Objects;

/**
 * One connection of a {@link ClientPool} together with a writer over its transmit buffer, lent to one user at a time.
 * <p>
 * There are two ways to use an acquired slot. {@link #send(Request, long, ResponseHandler)} returns at once, and the
 * slot goes back to the pool by itself when its handler returns, unless the handler sent again. {@link
 * #exchange(Request)} waits for the answer, which can be read until {@link #close()} gives the slot back. Closing a
 * slot while its exchange is under way is fine: it goes back after the answer.
 * <p>
 * Used by the pool's thread only. A slot that was given back must not be used until it is acquired again.
 */
public final class ClientSlot implements AutoCloseable
{
    private final ClientPool pool;
    private final RequestWriter writer;
    private final ResponseHandler exchangeEndHandler = new ExchangeEndHandler();

    private HttpConnection connection;
    private ResponseHandler userHandler;
    private boolean isAcquired;
    private long leases;

    ClientSlot(final ClientPool pool, final RequestWriter writer)
    {
        this.pool = pool;
        this.writer = writer;
    }

    void connection(final HttpConnection connection)
    {
        this.connection = connection;
    }

    void onAcquired()
    {
        isAcquired = true;
        leases++;
    }

    boolean isAcquired()
    {
        return isAcquired;
    }

    /**
     * Writer over the slot's transmit buffer, with host, base path and default headers in place.
     *
     * @return the writer, for one request at a time.
     * @throws IllegalStateException when the slot is not acquired, or its exchange is under way.
     */
    public RequestWriter writer()
    {
        checkIdle();
        return writer;
    }

    /**
     * Sends a request with correlation id 0: see {@link #send(Request, long, ResponseHandler)}.
     *
     * @param request from {@link #writer()}.
     * @param handler that takes the outcome.
     */
    public void send(final Request request, final ResponseHandler handler)
    {
        send(request, 0, handler);
    }

    /**
     * Sends a request and returns at once. The handler is called exactly once, from the pool's duty cycle, or from
     * here when the request cannot be sent. The slot goes back to the pool when the handler returns without having
     * sent again.
     *
     * @param request       from {@link #writer()}.
     * @param correlationId handed to the handler with the outcome.
     * @param handler       that takes the outcome.
     * @throws IllegalStateException when the slot is not acquired, or its exchange is under way.
     */
    public void send(final Request request, final long correlationId, final ResponseHandler handler)
    {
        checkIdle();
        userHandler = Objects.requireNonNull(handler, "handler");
        connection.send(request, correlationId, exchangeEndHandler);
    }

    /**
     * Sends a request that is to be answered by a deadline of its own instead of the request timeout; one whose
     * deadline has passed is not sent. Otherwise as {@link #send(Request, long, ResponseHandler)}.
     *
     * @param request       from {@link #writer()}.
     * @param correlationId handed to the handler with the outcome.
     * @param deadlineNs    on the clock of {@link io.peregrine.engine.HttpEngine#nanoTime()}.
     * @param handler       that takes the outcome.
     * @throws IllegalStateException when the slot is not acquired, or its exchange is under way.
     */
    public void send(
        final Request request, final long correlationId, final long deadlineNs, final ResponseHandler handler)
    {
        checkIdle();
        userHandler = Objects.requireNonNull(handler, "handler");
        connection.send(request, correlationId, deadlineNs, exchangeEndHandler);
    }

    /**
     * Sends a request and runs the duty cycle until it is answered or has failed; the request timeout bounds it. The
     * slot stays acquired.
     *
     * @param request from {@link #writer()}.
     * @return the answer, valid until the slot is closed or sends again.
     * @throws ExchangeException     when the exchange failed; it says what is known of the request's fate.
     * @throws IllegalStateException when the slot is not acquired, its exchange is under way, or this is called from a
     *                               handler.
     */
    public RestResponse exchange(final Request request)
    {
        checkIdle();
        return connection.exchange(request);
    }

    /**
     * Sends a request and runs the duty cycle until it is answered or has failed, by a deadline of its own instead of
     * the request timeout. The slot stays acquired.
     *
     * @param request    from {@link #writer()}.
     * @param deadlineNs on the clock of {@link io.peregrine.engine.HttpEngine#nanoTime()}.
     * @return the answer, valid until the slot is closed or sends again.
     * @throws ExchangeException     when the exchange failed; it says what is known of the request's fate.
     * @throws IllegalStateException when the slot is not acquired, its exchange is under way, or this is called from a
     *                               handler.
     */
    public RestResponse exchange(final Request request, final long deadlineNs)
    {
        checkIdle();
        return connection.exchange(request, deadlineNs);
    }

    /**
     * Whether an error ended the slot's connection, and it was not replaced since.
     *
     * @return true from the error until the new connection is made.
     */
    public boolean isPoisoned()
    {
        return connection.isPoisoned();
    }

    /**
     * The slot's connection, to look at: its state, age and figures. Sending on it bypasses the slot and must not be
     * done.
     *
     * @return the connection.
     */
    public HttpConnection connection()
    {
        return connection;
    }

    /**
     * Gives the slot back to the pool: at once, or after the answer when an exchange is under way. Does nothing when
     * the slot is not acquired.
     */
    @Override
    public void close()
    {
        pool.engine().checkThread();
        if (isAcquired && ConnectionState.IN_FLIGHT != connection.state())
        {
            release();
        }
    }

    /** Releases, unless the handler sent again, or closed the slot, after which it may have been acquired anew. */
    private void onExchangeEnd(final long lease)
    {
        if (isAcquired && lease == leases && ConnectionState.IN_FLIGHT != connection.state())
        {
            release();
        }
    }

    private void release()
    {
        isAcquired = false;
        connection.invalidateResponse();
        pool.onReleased(this);
    }

    private ResponseHandler takeUserHandler()
    {
        final ResponseHandler handler = userHandler;
        userHandler = null;
        return handler;
    }

    private void checkIdle()
    {
        pool.engine().checkThread();
        if (!isAcquired)
        {
            throw new IllegalStateException("the slot is not acquired: it was given back to the pool");
        }

        if (ConnectionState.IN_FLIGHT == connection.state())
        {
            throw new IllegalStateException("an exchange is under way: a slot carries one at a time");
        }
    }

    /** Hands the outcome on, then gives the slot back unless the user's handler sent again. */
    private final class ExchangeEndHandler implements ResponseHandler
    {
        @Override
        public void onResponse(final long correlationId, final RestResponse response)
        {
            final long lease = leases;
            try
            {
                takeUserHandler().onResponse(correlationId, response);
            }
            finally
            {
                onExchangeEnd(lease);
            }
        }

        @Override
        public void onFailure(final long correlationId, final ExchangeFailure failure)
        {
            final long lease = leases;
            try
            {
                takeUserHandler().onFailure(correlationId, failure);
            }
            finally
            {
                onExchangeEnd(lease);
            }
        }
    }
}
