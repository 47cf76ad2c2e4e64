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

import io.peregrine.engine.EngineCounters;
import io.peregrine.perf.fault.OrderLedger;
import io.peregrine.pool.AtomicClientPool;
import io.peregrine.pool.PoolClient;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Several strategies, each on its thread, through rings to an engine on a thread of its own. */
final class ThreadedFaultFlow implements FaultFlow
{
    private final AtomicClientPool pool;
    private final AtomicInteger nextId = new AtomicInteger();
    private final List<PoolClient> clients = new ArrayList<>();
    private final List<FaultStrategy> strategies = new ArrayList<>();
    private final List<ExecutorService> threads = new ArrayList<>();

    ThreadedFaultFlow(final AtomicClientPool pool, final OrderLedger ledger, final int threadCount, final long seed)
    {
        this.pool = pool;
        for (int i = 0; i < threadCount; i++)
        {
            final PoolClient client = pool.newClient();
            clients.add(client);
            strategies.add(new FaultStrategy(client, nextId, ledger, seed + i));
            threads.add(Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("strategy-" + i).factory()));
        }
    }

    @Override
    public void sendUntil(final int total, final long stopNs)
    {
        onEachThread((i) -> strategies.get(i).sendUntil(total, stopNs));
    }

    @Override
    public void finish()
    {
        onEachThread((i) -> strategies.get(i).finish());
    }

    @Override
    public int sent()
    {
        return nextId.get();
    }

    @Override
    public long misdelivered()
    {
        return strategies.stream()
            .mapToLong((strategy) -> strategy.verdicts().misdelivered() + strategy.strayVerdicts())
            .sum();
    }

    @Override
    public long crossed()
    {
        return strategies.stream().mapToLong((strategy) -> strategy.verdicts().crossed()).sum();
    }

    @Override
    public EngineCounters counters()
    {
        return pool.engineCounters();
    }

    @Override
    public void close()
    {
        onEachThread((i) -> clients.get(i).close());
        threads.forEach(ExecutorService::shutdown);
        pool.close();
    }

    private void onEachThread(final Consumer<Integer> action)
    {
        final List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < threads.size(); i++)
        {
            final int index = i;
            running.add(threads.get(i).submit(() -> action.accept(index)));
        }

        for (final Future<?> future : running)
        {
            try
            {
                future.get();
            }
            catch (final InterruptedException ex)
            {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", ex);
            }
            catch (final ExecutionException ex)
            {
                throw new IllegalStateException(ex.getCause());
            }
        }
    }
}
