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

import io.peregrine.codec.FinalStage;
import io.peregrine.codec.HttpException;
import io.peregrine.codec.QueryStage;
import io.peregrine.codec.Request;
import io.peregrine.codec.RequestError;
import io.peregrine.codec.RequestWriter;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.Phase;
import net.openhft.chronicle.core.io.AbstractCloseable;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

import java.util.Objects;

/**
 * What a strategy thread submits requests through, and polls its answers from. Belongs to the first thread that uses
 * it.
 * <p>
 * A request is encoded into memory that the engine writes to the socket from. {@code offer} never waits; each request
 * that it returned an id for gets exactly one verdict from {@link #poll(AnswerHandler, int)}. Nothing on the way to a
 * verdict that is an answer allocates or locks.
 */
public final class PoolClient extends AbstractCloseable
{
    /** The engine has not taken enough of what was offered before: poll, then offer again. Not sent. */
    public static final long BACK_PRESSURED = -1;

    /** The pool is closed, or about to be. Not sent. */
    public static final long CLOSED = -2;

    /** The request is longer than {@code maxRequestLength} of the pool. Not sent. */
    public static final long REQUEST_TOO_LARGE = -3;

    /** The request is not valid: {@link FinalStage#error()} says why. Not sent. */
    public static final long INVALID_REQUEST = -4;

    /** Ids of one client ascend; the number of the client stands above them. */
    private static final int CLIENT_SHIFT = 40;

    private final AtomicClientPool pool;
    private final ClientSession session;
    private final OfferLane orders;
    private final OfferLane priority;
    private final AnswerReader answers;
    private final PoolState state;
    private final NanoClock clock;
    private final IdleStrategy idleStrategy;
    private final NoConnectionPolicy defaultPolicy;
    private final long requestTimeoutNs;
    private long nextCorrelationId;
    private Thread thread;
    private boolean isInvoking;

    PoolClient(final AtomicClientPool pool, final ClientSession session, final AnswerLimits answerLimits)
    {
        this.pool = pool;
        this.session = session;
        final AtomicClientPoolContext context = pool.context();
        state = pool.state();
        orders = new OfferLane(session.lane(LaneKind.ORDERS), context.pool().newWriter());
        priority = new OfferLane(session.lane(LaneKind.PRIORITY), context.pool().newWriter());
        answers = new AnswerReader(session.answers(), answerLimits);
        clock = context.engine().nanoClock();
        idleStrategy = context.clientIdleStrategy().get();
        defaultPolicy = context.noConnectionPolicy();
        requestTimeoutNs = context.pool().connectionConfig().timeouts().requestNs();
        nextCorrelationId = (session.number() << CLIENT_SHIFT) + 1;
    }

    /**
     * Writer of the next request, over memory that the engine sends from. Requests that were started and not offered
     * leave no trace.
     *
     * @return the writer, for one request at a time.
     * @throws IllegalStateException when the client is closed, or the thread is another.
     */
    public RequestWriter writer()
    {
        checkUse();
        return orders.writer();
    }

    /**
     * Writer of the next request of the priority lane, which has slots of its own and is served before the other: a
     * cancel passes orders that wait.
     *
     * @return the writer, for one request at a time.
     * @throws IllegalStateException when the client is closed, or the thread is another.
     */
    public RequestWriter priorityWriter()
    {
        checkUse();
        return priority.writer();
    }

    /**
     * Starts a GET request.
     *
     * @param path as of {@link RequestWriter#get(CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage get(final CharSequence path)
    {
        return writer().get(path);
    }

    /**
     * Starts a POST request.
     *
     * @param path as of {@link RequestWriter#post(CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage post(final CharSequence path)
    {
        return writer().post(path);
    }

    /**
     * Starts a DELETE request.
     *
     * @param path as of {@link RequestWriter#delete(CharSequence)}.
     * @return takes query parameters, headers and the body.
     */
    public QueryStage delete(final CharSequence path)
    {
        return writer().delete(path);
    }

    /**
     * Offers a request with the request timeout and the policy of the pool: see
     * {@link #offer(FinalStage, long, NoConnectionPolicy)}.
     *
     * @param request written by a writer of this client.
     * @return correlation id, positive, or a negative code.
     */
    public long offer(final FinalStage request)
    {
        return offer(request, requestTimeoutNs, defaultPolicy);
    }

    /**
     * Finishes a request and offers it to the engine. Throws nothing that is due to the request.
     *
     * @param request   written by a writer of this client.
     * @param timeoutNs by when the answer has to be complete, in nanoseconds from now.
     * @param policy    what to do when no connection is ready.
     * @return correlation id, positive, or {@link #BACK_PRESSURED}, {@link #CLOSED}, {@link #REQUEST_TOO_LARGE} or
     * {@link #INVALID_REQUEST}.
     * @throws IllegalStateException when the client is closed, or the thread is another.
     */
    public long offer(final FinalStage request, final long timeoutNs, final NoConnectionPolicy policy)
    {
        checkUse();
        final Request finished = request.tryFinish();
        if (null == finished)
        {
            return RequestError.REQUEST_TOO_LARGE == request.error() ? REQUEST_TOO_LARGE : INVALID_REQUEST;
        }

        return offerFinished(finished, timeoutNs, policy);
    }

    /**
     * Offers a request with the request timeout and the policy of the pool: see
     * {@link #offer(Request, long, NoConnectionPolicy)}.
     *
     * @param request that was finished.
     * @return correlation id, positive, or a negative code.
     */
    public long offer(final Request request)
    {
        return offer(request, requestTimeoutNs, defaultPolicy);
    }

    /**
     * Offers a request that was finished: to try again after {@link #BACK_PRESSURED}, or one from another writer, which
     * is copied, takes the ordinary lane, and ends what this client's writer has under way.
     *
     * @param request   that was finished; stale afterwards if it is of this client's writer and was taken.
     * @param timeoutNs by when the answer has to be complete, in nanoseconds from now.
     * @param policy    what to do when no connection is ready.
     * @return correlation id, positive, or {@link #BACK_PRESSURED}, {@link #CLOSED} or {@link #REQUEST_TOO_LARGE}.
     * @throws IllegalStateException when the client is closed, the thread is another, or the request is stale.
     */
    public long offer(final Request request, final long timeoutNs, final NoConnectionPolicy policy)
    {
        checkUse();
        return offerFinished(request, timeoutNs, policy);
    }

    /**
     * Takes verdicts that have come.
     *
     * @param handler that takes them; what it throws comes through, and the verdict counts as taken.
     * @param limit   of the messages to read; an answer that comes in parts is as many messages.
     * @return number of verdicts taken.
     * @throws IllegalStateException when the client is closed, the thread is another, or this is called from a handler.
     */
    public int poll(final AnswerHandler handler, final int limit)
    {
        checkUse();
        Objects.requireNonNull(handler, "handler");
        final int verdicts = answers.poll(handler, limit);
        if (verdicts > 0)
        {
            return verdicts;
        }
        if (isInvoking)
        {
            pool.invokeIfOwn();
        }

        return null == state.terminationError() ? 0 : answers.pollLast(handler, limit, state, priority, orders);
    }

    /**
     * Offers a request and waits for its verdict; nothing else may be outstanding.
     *
     * @param request   written by a writer of this client.
     * @param timeoutNs by when the answer has to be complete, in nanoseconds from now.
     * @return the answer, valid until the next poll or exchange.
     * @throws HttpException         when the request is not valid, or too large.
     * @throws ExchangeException     when the exchange failed; it says what is known of the request's fate.
     * @throws IllegalStateException when the client is closed, the thread is another, other requests are outstanding,
     *                               or this is called from a handler.
     */
    public RestResponse exchange(final FinalStage request, final long timeoutNs)
    {
        checkUse();
        if (outstanding() > 0)
        {
            throw new IllegalStateException(outstanding() + " requests are outstanding: say who takes their verdicts");
        }

        return exchange(request, timeoutNs, NoOthers.INSTANCE);
    }

    /**
     * Offers a request and waits for its verdict. With an invoker instead of an engine thread this runs the duty cycle,
     * and must be called on its thread.
     *
     * @param request   written by a writer of this client.
     * @param timeoutNs by when the answer has to be complete, in nanoseconds from now.
     * @param others    takes the verdicts on other requests that come in the meantime.
     * @return the answer, valid until the next poll or exchange.
     * @throws HttpException         when the request is not valid, or too large.
     * @throws ExchangeException     when the exchange failed; it says what is known of the request's fate. With
     *                               {@link ConnectionError#ENGINE_STALLED} its verdict may still come, to a later poll.
     * @throws IllegalStateException when the client is closed, the thread is another, or this is called from a handler.
     */
    public RestResponse exchange(final FinalStage request, final long timeoutNs, final AnswerHandler others)
    {
        checkUse();
        answers.checkNotPolling();
        final Request finished = request.finish();
        final long deadlineNs = clock.nanoTime() + timeoutNs;
        final long correlationId = offerUntil(finished, deadlineNs, others);
        final AwaitedVerdict awaited = answers.await(correlationId);
        try
        {
            awaitVerdict(awaited, others, deadlineNs + AtomicClientPool.STALL_NS);
        }
        finally
        {
            // Unless it is there, it goes to a later poll.
            awaited.giveUp();
        }

        return awaited.responseOrThrow();
    }

    /**
     * How many requests were offered and have no verdict yet.
     *
     * @return the count.
     */
    public long outstanding()
    {
        return answers.outstanding();
    }

    /**
     * When what happened to the request whose verdict was taken last.
     *
     * @return a view that the next verdict changes.
     */
    public RequestTimes times()
    {
        return answers.times();
    }

    /**
     * Whether requests are still taken.
     *
     * @return false when the client or the pool is closed, or the engine has failed.
     */
    public boolean isOpen()
    {
        return !isClosed() && !state.isClosing();
    }

    /**
     * Leaves the pool: what no connection has taken yet is not sent, and answers that come later are dropped; both are
     * counted. Poll until {@link #outstanding()} is 0 before, to lose none.
     */
    @Override
    protected void performClose()
    {
        session.close();
    }

    /** Whether polls run the engine that has no thread of its own: for code that cannot reach its invoker. */
    void isInvoking(final boolean isInvoking)
    {
        this.isInvoking = isInvoking;
    }

    private long offerFinished(final Request request, final long timeoutNs, final NoConnectionPolicy policy)
    {
        Objects.requireNonNull(policy, "policy");
        if (state.isClosing())
        {
            return CLOSED;
        }

        final OfferLane lane = priority.isOwn(request) ? priority : orders;
        if (lane.isTooLong(request))
        {
            return REQUEST_TOO_LARGE;
        }
        if (!lane.place(request))
        {
            return BACK_PRESSURED;
        }

        final long correlationId = nextCorrelationId++;
        final long nowNs = clock.nanoTime();
        lane.submit(request, correlationId, nowNs, nowNs + timeoutNs, policy);
        answers.onOffered();

        return correlationId;
    }

    private void awaitVerdict(final AwaitedVerdict awaited, final AnswerHandler others, final long patienceNs)
    {
        while (!awaited.isDone())
        {
            if (patienceNs - clock.nanoTime() < 0)
            {
                throw new ExchangeException(ConnectionError.ENGINE_STALLED,
                    ConnectionError.ENGINE_STALLED.description(), Phase.ACQUIRE, Delivery.UNKNOWN);
            }

            waitForVerdicts(others);
        }
    }

    private long offerUntil(final Request request, final long deadlineNs, final AnswerHandler others)
    {
        while (true)
        {
            final long nowNs = clock.nanoTime();
            final long id = offerFinished(request, deadlineNs - nowNs, defaultPolicy);
            if (id > 0)
            {
                return id;
            }
            if (REQUEST_TOO_LARGE == id)
            {
                throw new HttpException(RequestError.REQUEST_TOO_LARGE,
                    "maxRequestLength is " + pool.context().maxRequestLength());
            }
            if (CLOSED == id || deadlineNs - nowNs < 0)
            {
                final ConnectionError error =
                    CLOSED == id ? ConnectionError.CLOSED_LOCALLY : ConnectionError.ACQUIRE_TIMEOUT;
                throw new ExchangeException(error, error.description(), Phase.ACQUIRE);
            }

            waitForVerdicts(others);
        }
    }

    private void waitForVerdicts(final AnswerHandler handler)
    {
        final int work = pool.invokeIfOwn();
        idleStrategy.idle(work + poll(handler, 1));
    }

    /** For a caller who knows that nothing else is outstanding. */
    private enum NoOthers implements AnswerHandler
    {
        INSTANCE;

        @Override
        public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
        {
            throw new IllegalStateException("an answer to a request that was not outstanding: " + correlationId);
        }

        @Override
        public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
        {
            throw new IllegalStateException("a failure of a request that was not outstanding: " + correlationId);
        }
    }

    private void checkUse()
    {
        throwExceptionIfClosed();
        final Thread current = Thread.currentThread();
        if (thread != current)
        {
            // The first use, or the first after the client was handed over (singleThreadedCheckReset).
            thread = current;
            session.thread(current);
        }
    }
}
