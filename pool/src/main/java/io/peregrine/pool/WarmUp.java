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
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.ReconnectPolicy;
import io.peregrine.engine.TransportFactory;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Exchanges before a pool goes live, so that its first request finds classes loaded and code compiled. They go through
 * an engine and a pool of their own, of the same classes and settings, over real sockets to a {@link WarmUpVenue}: the
 * server of the live pool never hears of them, and its counters do not count them. A warm-up that fails is no reason
 * not to trade: it says why, and the pool is built all the same.
 */
final class WarmUp
{
    /** After which no further exchange begins, and one that has begun is abandoned. */
    static final long TIME_LIMIT_NS = TimeUnit.SECONDS.toNanos(10);

    /** Too short for an answer that does not come. */
    static final long SHORT_TIMEOUT_NS = TimeUnit.MICROSECONDS.toNanos(50);

    /** Every so many exchanges the engine is idle for a while. */
    static final int IDLE_INTERVAL = 4;

    /** After which the next pool takes over: connecting, and first uses of anything, are to be seen more than once. */
    private static final int ROUND_LENGTH = 2_000;

    private static final int LAST_ROUNDS = 3;
    private static final int LAST_ROUND_LENGTH = 1_000;

    /** Every so many exchanges the user's own code makes one, the first of each round too. */
    private static final int REHEARSAL_INTERVAL = 2;

    /** More would not run other code, and one would run less. */
    private static final int CONNECTIONS = 2;

    private static final long COMPILER_PATIENCE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final ReconnectPolicy RECONNECT_AT_ONCE = new ReconnectPolicy(1, 1)
        .withBudget(new ReconnectPolicy.Budget(1, 1));

    /** A pool to exchange through. */
    interface Door extends AutoCloseable
    {
        /** One exchange, to its end; throws what was not meant to happen. */
        void exchange(int index);

        /** Before a rehearsal, with the engine idle for a while if so wanted; false when no connection may be ready. */
        boolean prepareRehearsal(boolean isIdleBefore);

        /** Has the user's own code make an exchange; throws what it throws, or what it has done wrong. */
        void rehearse();

        @Override
        void close();
    }

    private final ClientPoolBuilder builder;
    private final EngineContext liveEngine;
    private final LongSupplier timeLeftNs;
    private final Function<ClientPool, Door> doors;
    private boolean isRehearsed;
    private int done;
    private String trouble;

    private WarmUp(
        final ClientPoolBuilder builder,
        final EngineContext liveEngine,
        final LongSupplier timeLeftNs,
        final boolean isRehearsed,
        final Function<ClientPool, Door> doors)
    {
        this.builder = builder;
        this.liveEngine = liveEngine;
        this.timeLeftNs = timeLeftNs;
        this.isRehearsed = isRehearsed;
        this.doors = doors;
    }

    /** Before a {@link ClientPool} with an engine like the one given. */
    static WarmUp run(final ClientPoolBuilder builder, final EngineContext engine)
    {
        return run(builder, engine, timeLeftNs(TIME_LIMIT_NS));
    }

    /** Before a {@link ClientPool}, within another time. */
    static WarmUp run(final ClientPoolBuilder builder, final EngineContext engine, final LongSupplier timeLeftNs)
    {
        final Consumer<ClientPool> rehearsal = builder.rehearsal();
        return new WarmUp(builder, engine, timeLeftNs, null != rehearsal,
            (pool) -> new ClientPoolWarmUp(pool, rehearsal)).run();
    }

    /** Before an {@link AtomicClientPool}. */
    static WarmUp run(final AtomicClientPoolContext context, final AnswerLimits answerLimits)
    {
        return run(context, answerLimits, timeLeftNs(TIME_LIMIT_NS));
    }

    /** Before an {@link AtomicClientPool}, within another time. */
    static WarmUp run(
        final AtomicClientPoolContext context, final AnswerLimits answerLimits, final LongSupplier timeLeftNs)
    {
        final Function<ClientPool, Door> doors = (pool) ->
            new AtomicClientPoolWarmUp(
                AtomicClientPool.start(context.forWarmUp(), answerLimits, pool), context.rehearsal());
        return new WarmUp(
            context.pool(), context.engine(), timeLeftNs, null != context.rehearsal(), doors).run();
    }

    /** How much is left of a time that begins now; nothing, or less than that, when it is over. */
    static LongSupplier timeLeftNs(final long timeLimitNs)
    {
        final long deadlineNs = System.nanoTime() + timeLimitNs;
        return () -> deadlineNs - System.nanoTime();
    }

    /** Those of the live engine, unless they are the user's own, which may lead elsewhere than to sockets. */
    static TransportFactory transports(final TransportFactory live)
    {
        return TransportFactory.socketChannel() == live ? live : TransportFactory.tcp();
    }

    /** What went wrong; null if nothing did. */
    String trouble()
    {
        return trouble;
    }

    /** Tells the live engine what went wrong. */
    void report(final HttpEngine engine)
    {
        if (null != trouble)
        {
            engine.warn(trouble);
        }
    }

    private WarmUp run()
    {
        final int exchanges = builder.warmUpExchanges();
        if (exchanges > 0)
        {
            try (WarmUpVenue venue = WarmUpVenue.open(
                CONNECTIONS, isRehearsed ? WarmUpAnswer.ACCEPTED : null, timeLeftNs))
            {
                exchange(venue, exchanges);
            }
            catch (final IOException | RuntimeException | OutOfMemoryError ex)
            {
                if (!isOverdue())
                {
                    note("warm-up failed after " + Math.min(done, exchanges) + " of " + exchanges + " exchanges: " +
                        ex);
                    return this;
                }
            }

            if (done < exchanges)
            {
                note("warm-up took too long for " + exchanges + " exchanges");
            }
        }

        return this;
    }

    private void note(final String newTrouble)
    {
        trouble = null == trouble ? newTrouble : trouble + "; " + newTrouble;
    }

    private boolean isOverdue()
    {
        return timeLeftNs.getAsLong() <= 0;
    }

    private void exchange(final WarmUpVenue venue, final int exchanges) throws IOException
    {
        while (done < exchanges && !isOverdue())
        {
            round(venue, Math.min(exchanges, done + ROUND_LENGTH));
        }

        // What was compiled last is yet to run, and calls for more to be compiled when it does.
        for (int i = 0; i < LAST_ROUNDS && !isOverdue(); i++)
        {
            CompilerRest.await(Math.min(COMPILER_PATIENCE_NS, timeLeftNs.getAsLong()));
            round(venue, done + Math.min(exchanges, LAST_ROUND_LENGTH));
        }
    }

    private void round(final WarmUpVenue venue, final int end) throws IOException
    {
        while (done < end && !isOverdue())
        {
            exchangeThroughOneDoor(venue, end);
        }
    }

    /** To the end, or until a rehearsal fails: whatever that has left behind ends with its door. */
    private void exchangeThroughOneDoor(final WarmUpVenue venue, final int end) throws IOException
    {
        final int begin = done;
        try (Door door = doors.apply(connect(venue)))
        {
            while (done < end && !isOverdue())
            {
                if (isRehearsed && !rehearse(door, done - begin))
                {
                    return;
                }

                door.exchange(done);
                done++;
            }
        }
    }

    /** False when the user's code has failed, in whatever way: no reason not to trade, but it is not run again. */
    private boolean rehearse(final Door door, final int exchangesOfDoor)
    {
        if (0 != exchangesOfDoor % REHEARSAL_INTERVAL ||
            !door.prepareRehearsal(0 == exchangesOfDoor % (2 * REHEARSAL_INTERVAL)))
        {
            return true;
        }

        try
        {
            door.rehearse();
            return true;
        }
        catch (final Throwable ex)
        {
            isRehearsed = false;
            if (!isOverdue())
            {
                note("rehearsal failed after " + done + " exchanges, the warm-up went on without it: " + ex);
            }

            return false;
        }
    }

    private ClientPool connect(final WarmUpVenue venue) throws IOException
    {
        final HttpEngine engine = new HttpEngine(new EngineContext()
            .roleName(liveEngine.roleName() + "-warm-up")
            .nanoClock(liveEngine.nanoClock())
            .transportFactory(transports(liveEngine.transportFactory()))
            .idleStrategy(liveEngine.idleStrategy())
            .idleLookIntervalNs(liveEngine.idleLookIntervalNs()));
        engine.addTask(venue);

        return builder.buildWarmUp(engine, venue.address(), RECONNECT_AT_ONCE, CONNECTIONS);
    }
}
