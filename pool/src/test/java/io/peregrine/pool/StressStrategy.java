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

import io.peregrine.codec.RestResponse;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.ExchangeFailure;
import org.agrona.collections.Long2LongHashMap;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A strategy that offers in bursts, dozes, and keeps a ledger of what it offered and heard. */
final class StressStrategy implements AnswerHandler
{
    private static final long NO_ORDER = -1;
    private static final int MAX_BURST = 40;
    private static final long MAX_DOZE_NS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private final PoolClient client;
    private final EchoVenue venue;
    private final Random random;
    private final Long2LongHashMap open = new Long2LongHashMap(NO_ORDER);

    private int offered;
    private int answered;
    private int notSent;
    private int unknown;
    private long lastId;

    StressStrategy(final PoolClient client, final EchoVenue venue, final long seed)
    {
        this.client = client;
        this.venue = venue;
        random = new Random(seed);
    }

    /** Offers orders until the pool is closed or there are no more, then waits for what is outstanding. */
    void run(final int firstNumber, final int count)
    {
        int number = firstNumber;
        while (number < firstNumber + count && client.isOpen())
        {
            final int burstEnd = Math.min(firstNumber + count, number + random.nextInt(MAX_BURST));
            while (number < burstEnd && offer(number))
            {
                number++;
            }

            rest();
            client.poll(this, random.nextInt(MAX_BURST));
        }

        final long deadlineNs = System.nanoTime() + PATIENCE_NS;
        while (client.outstanding() > 0)
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, client.outstanding() + " verdicts are missing");
            if (0 == client.poll(this, 1 + random.nextInt(MAX_BURST)))
            {
                Thread.yield();
            }
        }

        assertEquals(0, open.size());
        assertEquals(offered, answered + notSent + unknown);
    }

    int offered()
    {
        return offered;
    }

    int answered()
    {
        return answered;
    }

    int notSent()
    {
        return notSent;
    }

    int unknown()
    {
        return unknown;
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
    {
        final long number = open.remove(correlationId);
        assertNotEquals(NO_ORDER, number, "a verdict on nothing that is open");
        assertEquals(Long.toString(number), response.bodyAsString());
        assertEquals(Long.toString(number), response.header("X-Id"));
        assertEquals(1, venue.received((int)number));
        assertTrue(times.offeredNs() <= times.takenNs() && times.takenNs() <= times.writtenNs());
        assertTrue(times.firstByteNs() <= times.completeNs());
        answered++;
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
    {
        final long number = open.remove(correlationId);
        assertNotEquals(NO_ORDER, number, "a verdict on nothing that is open");
        final int received = venue.received((int)number);
        if (Delivery.NOT_SENT == failure.delivery())
        {
            assertEquals(0, received, () -> "order " + number + " was sent: " + failure);
            notSent++;
        }
        else
        {
            assertTrue(received <= 1, () -> "order " + number + " was sent twice");
            unknown++;
        }
    }

    private boolean offer(final int number)
    {
        if (random.nextInt(16) == 0)
        {
            // Started and thought better of.
            client.writer().post("/abandoned").header("X-A", "b");
        }

        final boolean isUrgent = random.nextInt(8) == 0;
        final long id = client.offer(
            (isUrgent ? client.priorityWriter() : client.writer()).post("/order/" + number).body("{}"));
        if (id < 0)
        {
            assertTrue(PoolClient.BACK_PRESSURED == id || PoolClient.CLOSED == id);
            return false;
        }

        assertTrue(id > lastId);
        lastId = id;
        open.put(id, number);
        offered++;
        return true;
    }

    private void rest()
    {
        final int dice = random.nextInt(100);
        if (dice < 5)
        {
            LockSupport.parkNanos(random.nextLong(MAX_DOZE_NS));
        }
        else if (dice < 30)
        {
            Thread.yield();
        }
    }
}
