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

import io.peregrine.engine.EngineContext;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedNetwork;
import io.peregrine.engine.ScriptedTransport;
import org.agrona.concurrent.CachedNanoClock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A pool over a scripted network, run by an invoker, whose time moves by hand. */
final class ScriptedAtomicPool implements AutoCloseable
{
    static final int CONNECTIONS = 2;

    private final CachedNanoClock clock = new CachedNanoClock();
    private final ScriptedNetwork network = new ScriptedNetwork();
    private final List<Throwable> errors = new ArrayList<>();
    private final Map<ScriptedTransport, Integer> answered = new HashMap<>();
    private final AtomicClientPool pool;
    private long clockReads;

    ScriptedAtomicPool(final Consumer<AtomicClientPoolContext> settings)
    {
        clock.update(1_000_000_000);
        final AtomicClientPoolContext context = new AtomicClientPoolContext()
            .engine(new EngineContext()
                .nanoClock(this::readClock)
                .epochClock(() -> 0)
                .randomSeed(1)
                .taskExecutor(Runnable::run)
                .transportFactory(network))
            .pool(new ClientPoolBuilder().url("http://127.0.0.1:8001").connections(CONNECTIONS))
            .isInvokerUsed(true)
            .errorHandler(errors::add);
        settings.accept(context);
        pool = AtomicClientPool.launch(context);
    }

    AtomicClientPool pool()
    {
        return pool;
    }

    ScriptedNetwork network()
    {
        return network;
    }

    List<Throwable> errors()
    {
        return errors;
    }

    long nanoTime()
    {
        return clock.nanoTime();
    }

    /** How often either side has looked at the clock. */
    long clockReads()
    {
        return clockReads;
    }

    /** Transport of the connection that holds the request with that text, by the order of writing. */
    ScriptedTransport transportOf(final String text)
    {
        return network.transports().stream()
            .filter((transport) -> !transport.isClosed() && transport.written().contains(text))
            .findFirst()
            .orElseThrow();
    }

    boolean isWritten(final String text)
    {
        return network.transports().stream().anyMatch((transport) -> transport.written().contains(text));
    }

    long count(final PoolCounter counter)
    {
        return pool.counters().get(counter);
    }

    /** Duty cycles until nothing is left to do. */
    void work()
    {
        int workCount;
        do
        {
            workCount = pool.invoker().invoke();
        }
        while (workCount > 0);
    }

    void advance(final long durationNs)
    {
        clock.advance(durationNs);
        work();
    }

    /** Answers the request with that text. */
    void answer(final String text, final String body)
    {
        work();
        final ScriptedTransport transport = transportOf(text);
        answered.merge(transport, 1, Integer::sum);
        transport.peerSends(Requests.answer(body));
        work();
    }

    /** Answers whatever is under way, until nothing is. */
    void answerAll()
    {
        boolean isAnswered;
        do
        {
            work();
            isAnswered = false;
            for (final ScriptedTransport transport : network.transports())
            {
                if (!transport.isClosed() && requestsWritten(transport) > answered.getOrDefault(transport, 0))
                {
                    answered.merge(transport, 1, Integer::sum);
                    transport.peerSends(Requests.answer("done"));
                    isAnswered = true;
                }
            }
        }
        while (isAnswered);
    }

    private long readClock()
    {
        clockReads++;
        return clock.nanoTime();
    }

    private static int requestsWritten(final ScriptedTransport transport)
    {
        return transport.written().split(" HTTP/1.1\r\n", -1).length - 1;
    }

    @Override
    public void close()
    {
        pool.close();
    }
}
