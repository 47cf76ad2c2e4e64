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

import org.agrona.BitUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.NoOpIdleStrategy;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.DistinctErrorLog;
import org.agrona.concurrent.status.CountersManager;
import org.agrona.concurrent.status.CountersReader;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * What an engine is made of. Set what shall differ from the defaults, then give it to {@link HttpEngine}, which
 * concludes it. A context serves one engine.
 */
public final class EngineContext
{
    /** Default of {@link #idleLookIntervalNs()}: 1 ms. */
    public static final long IDLE_LOOK_INTERVAL_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Length in bytes of the default error log. */
    public static final int ERROR_LOG_LENGTH_DEFAULT = 64 * 1024;

    private static final int COUNTERS_CAPACITY = 128;

    private String roleName = "peregrine-engine";
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private EpochClock epochClock = SystemEpochClock.INSTANCE;
    private IdleStrategy idleStrategy = NoOpIdleStrategy.INSTANCE;
    private TransportFactory transportFactory = TransportFactory.tcp();
    private NameResolver nameResolver = InetAddress::getAllByName;
    private Executor taskExecutor;
    private ThreadFactory threadFactory = Thread.ofPlatform().daemon().factory();
    private long randomSeed = ThreadLocalRandom.current().nextLong();
    private long idleLookIntervalNs = IDLE_LOOK_INTERVAL_DEFAULT_NS;
    private AtomicBuffer errorLogBuffer;
    private CountersManager countersManager;
    private DistinctErrorLog errorLog;
    private boolean isConcluded;

    /**
     * A context with the default of everything.
     */
    public EngineContext()
    {
    }

    /**
     * Fills what was not set and freezes the context.
     *
     * @throws IllegalStateException when the context was concluded before.
     */
    void conclude()
    {
        if (isConcluded)
        {
            throw new IllegalStateException("a context serves one engine");
        }

        isConcluded = true;
        if (null == countersManager)
        {
            countersManager = new CountersManager(
                allocate(COUNTERS_CAPACITY * CountersReader.METADATA_LENGTH),
                allocate(COUNTERS_CAPACITY * CountersReader.COUNTER_LENGTH));
        }
        if (null == errorLogBuffer)
        {
            errorLogBuffer = allocate(ERROR_LOG_LENGTH_DEFAULT);
        }
        errorLog = new DistinctErrorLog(errorLogBuffer, epochClock);
    }

    /**
     * Name of the agent, and so of its thread.
     *
     * @param roleName to use.
     * @return this for a fluent API.
     */
    public EngineContext roleName(final String roleName)
    {
        this.roleName = Objects.requireNonNull(roleName);
        return this;
    }

    /**
     * Name of the agent.
     *
     * @return the name.
     */
    public String roleName()
    {
        return roleName;
    }

    /**
     * Clock of every deadline; tests move it by hand.
     *
     * @param nanoClock to use.
     * @return this for a fluent API.
     */
    public EngineContext nanoClock(final NanoClock nanoClock)
    {
        this.nanoClock = Objects.requireNonNull(nanoClock);
        return this;
    }

    /**
     * Clock of every deadline.
     *
     * @return the clock.
     */
    public NanoClock nanoClock()
    {
        return nanoClock;
    }

    /**
     * Clock of the error log.
     *
     * @param epochClock to use.
     * @return this for a fluent API.
     */
    public EngineContext epochClock(final EpochClock epochClock)
    {
        this.epochClock = Objects.requireNonNull(epochClock);
        return this;
    }

    /**
     * What a thread that waits for an exchange does between duty cycles without work; by default nothing, since a
     * duty cycle polls sockets anyhow.
     *
     * @param idleStrategy to use.
     * @return this for a fluent API.
     */
    public EngineContext idleStrategy(final IdleStrategy idleStrategy)
    {
        this.idleStrategy = Objects.requireNonNull(idleStrategy);
        return this;
    }

    /**
     * What a waiting thread does between duty cycles without work.
     *
     * @return the idle strategy.
     */
    public IdleStrategy idleStrategy()
    {
        return idleStrategy;
    }

    /**
     * Where connections come from: {@link TransportFactory#tcp()} unless set.
     *
     * @param transportFactory to use.
     * @return this for a fluent API.
     */
    public EngineContext transportFactory(final TransportFactory transportFactory)
    {
        this.transportFactory = Objects.requireNonNull(transportFactory);
        return this;
    }

    /**
     * Where connections come from.
     *
     * @return the factory.
     */
    public TransportFactory transportFactory()
    {
        return transportFactory;
    }

    /**
     * What looks up names: the JVM unless set. It never runs on the engine's thread.
     *
     * @param nameResolver to use.
     * @return this for a fluent API.
     */
    public EngineContext nameResolver(final NameResolver nameResolver)
    {
        this.nameResolver = Objects.requireNonNull(nameResolver);
        return this;
    }

    /**
     * What looks up names.
     *
     * @return the resolver.
     */
    public NameResolver nameResolver()
    {
        return nameResolver;
    }

    /**
     * Seed of all that the engine draws at random (jitter), so that a run can be repeated; random unless set.
     *
     * @param seed to use.
     * @return this for a fluent API.
     */
    public EngineContext randomSeed(final long seed)
    {
        randomSeed = seed;
        return this;
    }

    /**
     * Seed of all that the engine draws at random.
     *
     * @return the seed.
     */
    public long randomSeed()
    {
        return randomSeed;
    }

    /**
     * Sets what runs the work that takes too long for the duty cycle: looking up names, verifying certificates, key
     * exchanges.
     *
     * @param executor to run it; threads of the engine's own, named after its role, unless set.
     * @return this for a fluent API.
     */
    public EngineContext taskExecutor(final Executor executor)
    {
        taskExecutor = Objects.requireNonNull(executor);
        return this;
    }

    /**
     * What runs the work that takes too long for the duty cycle.
     *
     * @return null for threads of the engine's own.
     */
    public Executor taskExecutor()
    {
        return taskExecutor;
    }

    /**
     * What makes the threads of the engine's own that run such work. They are started from the engine's thread and
     * inherit the cores that it is bound to, unless the factory sees to it.
     *
     * @param factory to use; daemon threads unless set.
     * @return this for a fluent API.
     */
    public EngineContext threadFactory(final ThreadFactory factory)
    {
        threadFactory = Objects.requireNonNull(factory);
        return this;
    }

    /**
     * What makes the threads of the engine's own.
     *
     * @return the factory.
     */
    public ThreadFactory threadFactory()
    {
        return threadFactory;
    }

    /**
     * How often each idle connection is looked at, to see that the server ended it.
     *
     * @param intervalNs in nanoseconds, positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the interval is not positive.
     */
    public EngineContext idleLookIntervalNs(final long intervalNs)
    {
        if (intervalNs <= 0)
        {
            throw new IllegalArgumentException("idleLookIntervalNs must be positive, not " + intervalNs);
        }

        idleLookIntervalNs = intervalNs;
        return this;
    }

    /**
     * How often each idle connection is looked at.
     *
     * @return interval in nanoseconds.
     */
    public long idleLookIntervalNs()
    {
        return idleLookIntervalNs;
    }

    /**
     * Where the counters live, for example in a mapped file; off-heap unless set. The engine needs about 64 of them.
     *
     * @param countersManager to allocate the counters from.
     * @return this for a fluent API.
     */
    public EngineContext countersManager(final CountersManager countersManager)
    {
        this.countersManager = Objects.requireNonNull(countersManager);
        return this;
    }

    /**
     * Where the counters live.
     *
     * @return the manager, null before the context is concluded unless it was set.
     */
    public CountersManager countersManager()
    {
        return countersManager;
    }

    /**
     * Where the error log lives, for example in a mapped file; off-heap unless set.
     *
     * @param errorLogBuffer zeroed memory.
     * @return this for a fluent API.
     */
    public EngineContext errorLogBuffer(final AtomicBuffer errorLogBuffer)
    {
        this.errorLogBuffer = Objects.requireNonNull(errorLogBuffer);
        return this;
    }

    /**
     * Where the error log lives; {@link org.agrona.concurrent.errors.ErrorLogReader} reads it from any thread.
     *
     * @return the buffer, null before the context is concluded unless it was set.
     */
    public AtomicBuffer errorLogBuffer()
    {
        return errorLogBuffer;
    }

    DistinctErrorLog errorLog()
    {
        return errorLog;
    }

    private static UnsafeBuffer allocate(final int length)
    {
        return new UnsafeBuffer(ByteBuffer.allocateDirect(BitUtil.align(length, BitUtil.CACHE_LINE_LENGTH)));
    }
}
