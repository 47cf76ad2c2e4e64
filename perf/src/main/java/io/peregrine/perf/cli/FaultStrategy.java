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
package io.peregrine.perf.cli;

import io.peregrine.codec.RequestWriter;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.perf.fault.OrderLedger;
import io.peregrine.pool.AnswerHandler;
import io.peregrine.pool.PoolClient;
import io.peregrine.pool.RequestTimes;
import org.agrona.collections.Long2LongHashMap;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Offers orders in bursts from a thread of its own, and dozes now and then without polling. */
final class FaultStrategy implements AnswerHandler
{
    private static final long NO_ORDER = -1;
    private static final int MAX_BURST = 16;
    private static final int DOZE_INTERVAL = 50;
    private static final int URGENT_INTERVAL = 8;
    private static final long MAX_DOZE_NS = TimeUnit.MICROSECONDS.toNanos(500);

    private final PoolClient client;
    private final AtomicInteger nextId;
    private final FaultVerdicts verdicts;
    private final Random random;
    private final Long2LongHashMap open = new Long2LongHashMap(NO_ORDER);
    private int heldId = (int)NO_ORDER;
    private long strayVerdicts;

    FaultStrategy(final PoolClient client, final AtomicInteger nextId, final OrderLedger ledger, final long seed)
    {
        this.client = client;
        this.nextId = nextId;
        verdicts = new FaultVerdicts(ledger);
        random = new Random(seed);
    }

    FaultVerdicts verdicts()
    {
        return verdicts;
    }

    /** Verdicts on what was not open: a second one on an order, or one on nothing. */
    long strayVerdicts()
    {
        return strayVerdicts;
    }

    void sendUntil(final int total, final long stopNs)
    {
        while (System.nanoTime() - stopNs < 0 && offerBurst(total))
        {
            if (0 == random.nextInt(DOZE_INTERVAL))
            {
                LockSupport.parkNanos(random.nextLong(MAX_DOZE_NS));
            }
            poll();
        }
    }

    void finish()
    {
        while (client.outstanding() > 0)
        {
            poll();
        }
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
    {
        final long id = close(correlationId);
        if (NO_ORDER != id)
        {
            verdicts.onResponse((int)id, response);
        }
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
    {
        final long id = close(correlationId);
        if (NO_ORDER != id)
        {
            verdicts.onFailure((int)id, failure);
        }
    }

    private long close(final long correlationId)
    {
        final long id = open.remove(correlationId);
        strayVerdicts += NO_ORDER == id ? 1 : 0;
        return id;
    }

    /** False when there are no more orders to send. */
    private boolean offerBurst(final int total)
    {
        for (int i = random.nextInt(MAX_BURST); i >= 0; i--)
        {
            if (NO_ORDER == heldId)
            {
                heldId = nextId.getAndUpdate((id) -> id < total ? id + 1 : id);
            }
            if (heldId >= total)
            {
                heldId = (int)NO_ORDER;
                return false;
            }
            if (!offer(heldId))
            {
                return true;
            }
            heldId = (int)NO_ORDER;
        }

        return true;
    }

    private boolean offer(final int id)
    {
        final RequestWriter writer =
            0 == random.nextInt(URGENT_INTERVAL) ? client.priorityWriter() : client.writer();
        final long correlationId = client.offer(writer.post(verdicts.path(id)).body(FaultVerdicts.BODY));
        if (correlationId > 0)
        {
            open.put(correlationId, id);
        }

        return correlationId > 0;
    }

    private void poll()
    {
        if (0 == client.poll(this, MAX_BURST))
        {
            Thread.yield();
        }
    }
}
