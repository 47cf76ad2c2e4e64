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

import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.ResponseHandler;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientSlot;
import org.agrona.DirectBuffer;

import java.util.ArrayDeque;

/** Keeps an order in flight on every slot of a pool. */
final class SendFlow extends OrderFlow
{
    private final ClientPool pool;
    private final OrderRequests requests;
    private final AnswerChecker checker;
    private final ArrayDeque<InFlightOrder> idle;

    SendFlow(
        final ClientPool pool,
        final OrderRequests requests,
        final AnswerChecker checker,
        final int followUpInterval)
    {
        super("send, " + pool.size() + " in flight", followUpInterval);
        this.pool = pool;
        this.requests = requests;
        this.checker = checker;
        // One more than are ever in it, so that it never grows.
        idle = new ArrayDeque<>(pool.size() + 1);
        for (int i = 0; i < pool.size(); i++)
        {
            idle.push(new InFlightOrder());
        }
    }

    @Override
    void run(final long firstNumber, final int count)
    {
        final long limit = firstNumber + count;
        long number = firstNumber;
        while (number < limit)
        {
            // With all slots at work, or ending, the duty cycle has to go on before there is one again.
            final ClientSlot slot = DemoClient.acquire(pool);
            idle.pop().place(slot, number++);
        }

        while (idle.size() < pool.size())
        {
            pool.doWork();
        }
    }

    /** An order on its way, followed by its query and its cancel if it has them. */
    private final class InFlightOrder implements ResponseHandler
    {
        private ClientSlot slot;
        private long startNs;
        private Tally tally;
        private DirectBuffer expectedStatus;
        private boolean isQueried;

        void place(final ClientSlot slot, final long number)
        {
            this.slot = slot;
            isQueried = false;
            startNs = System.nanoTime();
            expect(orders(), AnswerChecker.NEW);
            slot.send(requests.place(slot.writer(), number), number, this);
        }

        @Override
        public void onResponse(final long number, final RestResponse response)
        {
            if (orders() == tally)
            {
                record(System.nanoTime() - startNs);
            }

            tally.onAnswered(number, checker.findMismatch(response, number, expectedStatus));
            if (!isFollowedUp(number) || AnswerChecker.CANCELED == expectedStatus || !slot.connection().isReady())
            {
                idle.push(this);
            }
            else if (isQueried)
            {
                expect(followUps(), AnswerChecker.CANCELED);
                slot.send(requests.cancel(slot.writer(), number), number, this);
            }
            else
            {
                isQueried = true;
                expect(followUps(), AnswerChecker.NEW);
                slot.send(requests.query(slot.writer(), number), number, this);
            }
        }

        @Override
        public void onFailure(final long number, final ExchangeFailure failure)
        {
            tally.onLost(number, failure.error());
            idle.push(this);
        }

        private void expect(final Tally newTally, final DirectBuffer orderStatus)
        {
            tally = newTally;
            tally.onSent();
            expectedStatus = orderStatus;
        }
    }
}
