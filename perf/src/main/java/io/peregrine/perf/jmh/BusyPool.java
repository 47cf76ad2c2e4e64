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
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.ResponseHandler;
import io.peregrine.pool.ClientSlot;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Connections in memory, each with an order under way that is not answered. */
@State(Scope.Thread)
public class BusyPool extends PoolState implements ResponseHandler
{
    private boolean isMeasured;

    /**
     * Made by JMH.
     */
    public BusyPool()
    {
    }

    /** Connects, and sends an order on each. */
    @Setup
    public void sendOrders()
    {
        open(new EngineContext().transportFactory(new MemoryVenue(false)), 1);
        isMeasured = true;
        ClientSlot slot = pool().tryAcquire();
        while (null != slot)
        {
            slot.send(order().encode(slot.writer()), this);
            slot = pool().tryAcquire();
        }
    }

    /** From here on orders end, by the end of the pool. */
    @Override
    public void close()
    {
        isMeasured = false;
        super.close();
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        throw new IllegalStateException("answered by " + response.status());
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        if (isMeasured)
        {
            throw new IllegalStateException(failure.toString());
        }
    }
}
