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

import io.peregrine.engine.EngineContext;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.RetirementPolicy;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientPoolBuilder;
import io.peregrine.pool.ClientSlot;
import io.peregrine.pool.CpuPinning;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.time.Duration;

/**
 * A pool in the thread that measures, bound to the first core. Nothing ends by itself meanwhile: no connection is
 * replaced for its age, and no request times out.
 */
@State(Scope.Thread)
public abstract class PoolState
{
    private static final Duration NEVER = Duration.ofDays(1);

    /** How many are open. */
    @Param({"1", "4", "64", "1024"})
    public int connections;

    private final ReferenceOrder order = new ReferenceOrder();
    private HttpEngine engine;
    private ClientPool pool;

    /** For the states. */
    protected PoolState()
    {
    }

    /** Connects all to the loopback address, which is a matter of the transports when they are in memory. */
    final void open(final EngineContext context, final int port)
    {
        CpuPinning.cpu(NearProcessors.CLIENT_CPU).pin();
        engine = new HttpEngine(context);
        pool = new ClientPoolBuilder(engine)
            .url("http://127.0.0.1:" + port)
            .connections(connections)
            .defaultHeader("X-Api-Key", ReferenceOrder.HEX_64)
            .defaultHeader("Content-Type", "application/json")
            .retirementPolicy(RetirementPolicy.NEVER)
            .writeTimeout(NEVER)
            .firstByteTimeout(NEVER)
            .requestTimeout(NEVER)
            .build();
    }

    /** Closes all. JMH calls it, also where a state overrides it. */
    @TearDown
    public void close()
    {
        pool.close();
        engine.close();
    }

    final ReferenceOrder order()
    {
        return order;
    }

    final ClientPool pool()
    {
        return pool;
    }

    /** Acquires a slot, sends an order, awaits its answer and returns the slot; returns the status. */
    final int exchange()
    {
        try (ClientSlot slot = pool.tryAcquire())
        {
            return slot.exchange(order.encode(slot.writer())).status();
        }
    }
}
