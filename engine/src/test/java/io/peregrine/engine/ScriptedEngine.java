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
package io.peregrine.engine;

import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.IdleStrategy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * An engine over a scripted network whose time moves by hand, or while a caller waits. Its clock starts shortly
 * before the point where nanoseconds overflow, so that every deadline has to survive that.
 */
public final class ScriptedEngine implements AutoCloseable
{
    /** How far time moves each time that a waiting caller idles. */
    public static final long IDLE_STEP_NS = TimeUnit.MICROSECONDS.toNanos(100);

    private static final int FIRST_PORT = 8001;

    private final CachedNanoClock clock = new CachedNanoClock();
    private final ScriptedNetwork network = new ScriptedNetwork();
    private final ScriptedResolver resolver = new ScriptedResolver();
    private final HttpEngine engine;
    private long clockReads;

    public ScriptedEngine(final EngineTestWatcher watcher)
    {
        clock.update(Long.MAX_VALUE - TimeUnit.MILLISECONDS.toNanos(150));
        engine = watcher.watch(new HttpEngine(new EngineContext()
            .nanoClock(this::readClock)
            .epochClock(() -> TimeUnit.NANOSECONDS.toMillis(clock.nanoTime()))
            .idleStrategy(new TimePasses(clock))
            .nameResolver(resolver)
            .taskExecutor(resolver)
            .randomSeed(1)
            .transportFactory(network)));
    }

    /** So many addresses of one server. */
    public static InetSocketAddress[] addresses(final int count)
    {
        return IntStream.range(0, count)
            .mapToObj((i) -> new InetSocketAddress(InetAddress.getLoopbackAddress(), FIRST_PORT + i))
            .toArray(InetSocketAddress[]::new);
    }

    /** A server with so many addresses. */
    public static ServerAddress server(final int addressCount)
    {
        return new ServerAddress("localhost", FIRST_PORT, false, addresses(addressCount));
    }

    /** Configuration of a connection that is made anew. */
    public static ConnectionConfig reconnecting()
    {
        return configured(ReconnectPolicy.DEFAULT.withJitter(0), RetirementPolicy.NEVER, Timeouts.DEFAULT);
    }

    /** Configuration of a connection that looks before every send. */
    public static ConnectionConfig configured(
        final ReconnectPolicy reconnectPolicy, final RetirementPolicy retirementPolicy, final Timeouts timeouts)
    {
        final ConnectionConfig config = ConnectionConfig.DEFAULT;
        return new ConnectionConfig(
            timeouts,
            config.receiveBufferLength(),
            config.responseLimits(),
            config.socketOptions(),
            reconnectPolicy,
            retirementPolicy,
            config.addressMaxAgeNs(),
            0,
            config.tls());
    }

    public HttpEngine engine()
    {
        return engine;
    }

    public ScriptedResolver resolver()
    {
        return resolver;
    }

    public ScriptedNetwork network()
    {
        return network;
    }

    public CachedNanoClock clock()
    {
        return clock;
    }

    /** A connection that has started to connect. */
    public HttpConnection open(final ConnectionConfig config, final int addressCount)
    {
        return engine.open(engine.endpoint(server(addressCount), config), (connection, previous, current) -> {});
    }

    /** A connection that is ready. */
    public HttpConnection connect(final ConnectionConfig config)
    {
        final HttpConnection connection = open(config, 1);
        while (!connection.isReady())
        {
            engine.doWorkAndIdle();
        }

        return connection;
    }

    /** A connection that is ready, and does not reconnect. */
    public HttpConnection connect()
    {
        return connect(ConnectionConfig.DEFAULT);
    }

    /** Duty cycles until nothing is left to do. */
    public void work()
    {
        int workCount;
        do
        {
            workCount = engine.doWork();
        }
        while (workCount > 0);
    }

    /** Moves time, then works. */
    public void advance(final long durationNs)
    {
        clock.advance(durationNs);
        work();
    }

    /** How often the engine, or who uses its time, has looked at the clock. */
    public long clockReads()
    {
        return clockReads;
    }

    public long count(final EngineCounter counter)
    {
        return engine.counters().get(counter);
    }

    @Override
    public void close()
    {
        engine.close();
    }

    private long readClock()
    {
        clockReads++;
        return clock.nanoTime();
    }

    private record TimePasses(CachedNanoClock clock) implements IdleStrategy
    {
        @Override
        public void idle(final int workCount)
        {
            if (workCount <= 0)
            {
                idle();
            }
        }

        @Override
        public void idle()
        {
            clock.advance(IDLE_STEP_NS);
        }

        @Override
        public void reset()
        {
        }
    }
}
