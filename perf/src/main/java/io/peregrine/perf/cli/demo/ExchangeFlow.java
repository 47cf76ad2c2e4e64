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
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeException;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientSlot;
import org.agrona.DirectBuffer;

/** Sends an order, waits for its answer, then sends the next, always over one slot. */
final class ExchangeFlow extends OrderFlow
{
    private final ClientPool pool;
    private final OrderRequests requests;
    private final AnswerChecker checker;

    ExchangeFlow(
        final ClientPool pool,
        final OrderRequests requests,
        final AnswerChecker checker,
        final int followUpInterval)
    {
        super("exchange, one at a time", followUpInterval);
        this.pool = pool;
        this.requests = requests;
        this.checker = checker;
    }

    @Override
    void run(final long firstNumber, final int count)
    {
        final long limit = firstNumber + count;
        for (long number = firstNumber; number < limit; number++)
        {
            try (ClientSlot slot = DemoClient.acquire(pool))
            {
                placeOrder(slot, number);
                if (isFollowedUp(number) && slot.connection().isReady())
                {
                    followUp(slot, number);
                }
            }
        }
    }

    private void placeOrder(final ClientSlot slot, final long number)
    {
        orders().onSent();
        try
        {
            final long startNs = System.nanoTime();
            final RestResponse response = slot.exchange(requests.place(slot.writer(), number));
            record(System.nanoTime() - startNs);
            orders().onAnswered(number, checker.findMismatch(response, number, AnswerChecker.NEW));
        }
        catch (final ExchangeException ex)
        {
            orders().onLost(number, ex.error());
        }
    }

    private void followUp(final ClientSlot slot, final long number)
    {
        exchangeFollowUp(slot, requests.query(slot.writer(), number), number, AnswerChecker.NEW);
        if (slot.connection().isReady())
        {
            exchangeFollowUp(slot, requests.cancel(slot.writer(), number), number, AnswerChecker.CANCELED);
        }
    }

    private void exchangeFollowUp(
        final ClientSlot slot,
        final Request request,
        final long number,
        final DirectBuffer orderStatus)
    {
        followUps().onSent();
        try
        {
            followUps().onAnswered(number, checker.findMismatch(slot.exchange(request), number, orderStatus));
        }
        catch (final ExchangeException ex)
        {
            followUps().onLost(number, ex.error());
        }
    }
}
