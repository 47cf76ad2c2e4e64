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
package io.peregrine.perf.cli.demo;

import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.pool.AnswerHandler;
import io.peregrine.pool.PoolClient;
import io.peregrine.pool.RequestTimes;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.IdleStrategy;

/** Offers an order from a thread of its own, waits for its answer, then offers the next. */
final class StrategyFlow extends OrderFlow implements AnswerHandler
{
    private static final int POLL_LIMIT = 8;

    private final PoolClient client;
    private final IdleStrategy idleStrategy;
    private final OrderRequests requests = new OrderRequests();
    private final AnswerChecker checker;
    private final RequestStages stages;

    private long awaitedId;
    private long awaitedNumber;
    private Tally tally;
    private DirectBuffer expectedStatus;

    StrategyFlow(
        final String name,
        final PoolClient client,
        final IdleStrategy idleStrategy,
        final AnswerChecker checker,
        final RequestStages stages,
        final int followUpInterval)
    {
        super(name, followUpInterval);
        this.client = client;
        this.idleStrategy = idleStrategy;
        this.checker = checker;
        this.stages = stages;
    }

    @Override
    void run(final long firstNumber, final int count)
    {
        final long limit = firstNumber + count;
        for (long number = firstNumber; number < limit; number++)
        {
            final long startNs = System.nanoTime();
            exchange(requests.place(client.writer(), number), number, orders(), AnswerChecker.NEW);
            final long endNs = System.nanoTime();
            record(endNs - startNs);
            stages.record(startNs, client.times(), endNs);
            if (isFollowedUp(number))
            {
                exchange(requests.query(client.writer(), number), number, followUps(), AnswerChecker.NEW);
                final RequestWriter urgent = client.priorityWriter();
                exchange(requests.cancel(urgent, number), number, followUps(), AnswerChecker.CANCELED);
            }
        }
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
    {
        tally.onAnswered(awaitedNumber, correlationId == awaitedId ?
            checker.findMismatch(response, awaitedNumber, expectedStatus) : "answer to another request");
        awaitedId = 0;
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
    {
        tally.onLost(awaitedNumber, failure.error());
        awaitedId = 0;
    }

    private void exchange(
        final Request request, final long number, final Tally tally, final DirectBuffer expectedStatus)
    {
        this.tally = tally;
        this.expectedStatus = expectedStatus;
        awaitedNumber = number;
        tally.onSent();
        awaitedId = client.offer(request);
        if (awaitedId < 0)
        {
            throw new IllegalStateException("offer of order " + number + " returned " + awaitedId);
        }

        while (0 != awaitedId)
        {
            idleStrategy.idle(client.poll(this, POLL_LIMIT));
        }
    }
}
