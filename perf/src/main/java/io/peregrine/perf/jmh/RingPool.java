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
import io.peregrine.pool.AtomicClientPool;
import io.peregrine.pool.AtomicClientPoolContext;
import io.peregrine.pool.ClientPoolBuilder;
import io.peregrine.pool.CpuPinning;
import io.peregrine.pool.RequestRingKind;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An engine on a thread of its own, bound to the second core, over a venue in memory. */
@State(Scope.Benchmark)
public class RingPool
{
    private static final int CONNECTIONS = 4;

    /** How requests reach the engine. */
    @Param({"ONE_TO_ONE", "MANY_TO_ONE"})
    public RequestRingKind kind;

    AtomicClientPool pool;

    /**
     * Made by JMH.
     */
    public RingPool()
    {
    }

    /**
     * Starts the engine.
     *
     * @param processors that it and the clients have.
     */
    @Setup
    public void launch(final NearProcessors processors)
    {
        pool = AtomicClientPool.launch(new AtomicClientPoolContext()
            .engine(new EngineContext().transportFactory(new MemoryVenue(true)))
            .pool(new ClientPoolBuilder()
                .url("http://127.0.0.1:1")
                .connections(CONNECTIONS)
                .defaultHeader("X-Api-Key", ReferenceOrder.HEX_64)
                .defaultHeader("Content-Type", "application/json"))
            .cpuPinning(CpuPinning.cpu(NearProcessors.ENGINE_CPU))
            .idleStrategy(NoOpIdleStrategy.INSTANCE)
            .requestRingKind(kind));
    }

    /** Ends it. */
    @TearDown
    public void close()
    {
        pool.close();
    }
}
