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
package io.peregrine.perf.fault;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What became of each order: what the server received of it, and what the client was told. The server writes its half
 * on its own thread, the client the other; they are held against each other when both are done.
 */
public final class OrderLedger
{
    private static final int SEEN = 1;
    private static final int RECEIVED = 2;
    private static final int RECEIVED_TWICE = 4;
    private static final int NOT_SENT = 8;
    private static final int UNKNOWN = 16;
    private static final int ANSWERED = 32;
    private static final int DECIDED_TWICE = 64;
    private static final int VERDICTS = NOT_SENT | UNKNOWN | ANSWERED;

    private final AtomicIntegerArray orders;

    /**
     * For so many orders, with ids from 0.
     *
     * @param capacity number of orders.
     */
    public OrderLedger(final int capacity)
    {
        orders = new AtomicIntegerArray(capacity);
    }

    /** The server read bytes that name the order. */
    void onSeen(final int id)
    {
        mark(id, SEEN);
    }

    /** The server read the whole order. */
    void onReceived(final int id)
    {
        mark(id, 0 == (orders.get(id) & RECEIVED) ? RECEIVED : RECEIVED_TWICE);
    }

    /**
     * The client was given an answer.
     *
     * @param id of the order.
     */
    public void onAnswered(final int id)
    {
        decide(id, ANSWERED);
    }

    /**
     * The client was told that nothing was sent.
     *
     * @param id of the order.
     */
    public void onNotSent(final int id)
    {
        decide(id, NOT_SENT);
    }

    /**
     * The client was told that the fate is unknown.
     *
     * @param id of the order.
     */
    public void onUnknown(final int id)
    {
        decide(id, UNKNOWN);
    }

    /**
     * Holds both halves against each other.
     *
     * @param sent number of orders, from id 0.
     * @return the sums.
     */
    public Reconciliation reconcile(final int sent)
    {
        final long[] sums = new long[8];
        for (int id = 0; id < sent; id++)
        {
            final int order = orders.get(id);
            sums[0] += has(order, ANSWERED);
            sums[1] += has(order, NOT_SENT);
            sums[2] += has(order, UNKNOWN);
            sums[3] += has(order, UNKNOWN) & has(order, RECEIVED);
            sums[4] += has(order, RECEIVED_TWICE);
            sums[5] += 0 == (order & VERDICTS) || 0 != (order & DECIDED_TWICE) ? 1 : 0;
            sums[6] += has(order, NOT_SENT) & has(order, SEEN);
            sums[7] += has(order, ANSWERED) & (1 - has(order, RECEIVED));
        }

        return new Reconciliation(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
    }

    private void decide(final int id, final int verdict)
    {
        mark(id, 0 == (orders.get(id) & VERDICTS) ? verdict : DECIDED_TWICE);
    }

    private void mark(final int id, final int flag)
    {
        orders.getAndUpdate(id, (order) -> order | flag);
    }

    private static int has(final int order, final int flag)
    {
        return 0 == (order & flag) ? 0 : 1;
    }

    /**
     * How client and server agree.
     *
     * @param answered            orders that were answered.
     * @param notSent             orders that the client knows were not sent.
     * @param unknown             orders whose fate the client does not know.
     * @param unknownButReceived  those of them that the server did receive whole.
     * @param doubled             orders that the server received more than once.
     * @param unaccounted         orders with no outcome, or more than one.
     * @param falselyNotSent      orders that were called unsent and that the server saw.
     * @param answeredUnreceived  orders that were answered without having been received.
     */
    public record Reconciliation(
        long answered,
        long notSent,
        long unknown,
        long unknownButReceived,
        long doubled,
        long unaccounted,
        long falselyNotSent,
        long answeredUnreceived)
    {
        /**
         * Whether every fate is as the client was told.
         *
         * @return true when nothing is wrong.
         */
        public boolean isSound()
        {
            return 0 == doubled + unaccounted + falselyNotSent + answeredUnreceived;
        }
    }
}
