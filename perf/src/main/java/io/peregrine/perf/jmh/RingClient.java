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
package io.peregrine.perf.jmh;

import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.pool.AnswerHandler;
import io.peregrine.pool.CpuPinning;
import io.peregrine.pool.PoolClient;
import io.peregrine.pool.RequestTimes;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** One strategy thread. */
@State(Scope.Thread)
public class RingClient implements AnswerHandler
{
    private final ReferenceOrder order = new ReferenceOrder();
    private PoolClient client;
    private int status;

    /**
     * Made by JMH.
     */
    public RingClient()
    {
    }

    /**
     * Joins the pool.
     *
     * @param ringPool to join.
     * @param threads  of the benchmark; one alone has the first core.
     */
    @Setup
    public void join(final RingPool ringPool, final ThreadParams threads)
    {
        if (1 == threads.getThreadCount())
        {
            CpuPinning.cpu(NearProcessors.CLIENT_CPU).pin();
        }

        client = ringPool.pool.newClient();
    }

    /** Leaves the pool. */
    @TearDown
    public void leave()
    {
        client.close();
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
    {
        status = response.status();
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
    {
        throw new IllegalStateException(failure.toString());
    }

    /** Offers an order and polls until its answer is there; returns the status. */
    int roundTrip()
    {
        if (client.offer(order.encode(client.writer())) < 0)
        {
            throw new IllegalStateException("not offered");
        }

        while (0 == client.poll(this, 1))
        {
            Thread.onSpinWait();
        }

        return status;
    }
}
