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

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * When a connection that ended is made again: at once, then after a delay that doubles with each round in vain over
 * all addresses of the server. A connection that served an exchange, or lived longer than the longest delay, starts the
 * sequence anew; merely being able to connect does not, since a server that accepts and drops would otherwise be
 * hammered.
 *
 * @param firstDelayNs before the second round, in nanoseconds.
 * @param maxDelayNs   the longest delay, in nanoseconds; 0 for no reconnecting at all.
 * @param jitter       part of each delay, from 0 up to but not including 1, that is taken off at random.
 * @param maxRounds    rounds in vain after which the connection is given up; 0 never gives up.
 * @param budget       how many attempts to reconnect all connections of a pool together may make.
 */
public record ReconnectPolicy(long firstDelayNs, long maxDelayNs, double jitter, int maxRounds, Budget budget)
{
    /** The connection stays as it ended. */
    public static final ReconnectPolicy NEVER = new ReconnectPolicy(0, 0, 0, 0, Budget.DEFAULT);

    /** At once, then 100 ms doubling to 5 s, each less up to a fifth; never gives up; 100 attempts a second. */
    public static final ReconnectPolicy DEFAULT =
        new ReconnectPolicy(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(5), 0.2, 0, Budget.DEFAULT);

    /**
     * At most so many attempts in any interval of that length.
     *
     * @param maxAttempts within an interval; positive.
     * @param intervalNs  length of the interval, in nanoseconds; positive.
     */
    public record Budget(int maxAttempts, long intervalNs)
    {
        /** 100 attempts a second. */
        public static final Budget DEFAULT = new Budget(100, TimeUnit.SECONDS.toNanos(1));

        /**
         * Validates the budget.
         *
         * @throws IllegalArgumentException when a value is not positive.
         */
        public Budget
        {
            if (maxAttempts <= 0 || intervalNs <= 0)
            {
                throw new IllegalArgumentException(
                    "a budget is positive, not " + maxAttempts + " attempts in " + intervalNs + " ns");
            }
        }
    }

    /**
     * Validates the delays.
     *
     * @throws IllegalArgumentException when a delay is negative, the first is longer than the longest, the jitter is
     *                                  not within its bounds, or maxRounds is negative.
     */
    public ReconnectPolicy
    {
        if (firstDelayNs < 0 || firstDelayNs > maxDelayNs)
        {
            throw new IllegalArgumentException(
                "firstDelayNs " + firstDelayNs + " must be from 0 to maxDelayNs " + maxDelayNs);
        }
        if (maxRounds < 0)
        {
            throw new IllegalArgumentException("maxRounds must not be negative: " + maxRounds);
        }

        Jitter.requireValid(jitter);
        if (null == budget)
        {
            throw new IllegalArgumentException("a policy needs a budget");
        }
    }

    /**
     * Never gives up, with the default jitter and budget.
     *
     * @param firstDelayNs before the second round, in nanoseconds.
     * @param maxDelayNs   the longest delay, in nanoseconds.
     * @throws IllegalArgumentException when a delay is negative or the first is longer than the longest.
     */
    public ReconnectPolicy(final long firstDelayNs, final long maxDelayNs)
    {
        this(firstDelayNs, maxDelayNs, DEFAULT.jitter, 0, Budget.DEFAULT);
    }

    /**
     * The same with another jitter.
     *
     * @param jitter part of each delay that is taken off at random.
     * @return a policy.
     */
    public ReconnectPolicy withJitter(final double jitter)
    {
        return new ReconnectPolicy(firstDelayNs, maxDelayNs, jitter, maxRounds, budget);
    }

    /**
     * The same, giving up at some point.
     *
     * @param maxRounds rounds in vain after which the connection is given up; 0 never gives up.
     * @return a policy.
     */
    public ReconnectPolicy withMaxRounds(final int maxRounds)
    {
        return new ReconnectPolicy(firstDelayNs, maxDelayNs, jitter, maxRounds, budget);
    }

    /**
     * The same with another budget.
     *
     * @param budget of all connections of a pool together.
     * @return a policy.
     */
    public ReconnectPolicy withBudget(final Budget budget)
    {
        return new ReconnectPolicy(firstDelayNs, maxDelayNs, jitter, maxRounds, budget);
    }

    /**
     * Whether the connection is made again at all.
     *
     * @return false for {@link #NEVER}.
     */
    public boolean isEnabled()
    {
        return maxDelayNs > 0;
    }

    /**
     * Whether to stop trying.
     *
     * @param roundsInVain since the last connection that proved itself.
     * @return true when the connection is to be given up.
     */
    public boolean isExhausted(final int roundsInVain)
    {
        return maxRounds > 0 && roundsInVain >= maxRounds;
    }

    /**
     * How long to wait before a round at the most, before jitter.
     *
     * @param roundsInVain since the last connection that proved itself.
     * @return delay in nanoseconds.
     */
    public long delayNs(final int roundsInVain)
    {
        if (0 == roundsInVain)
        {
            return 0;
        }

        long delayNs = firstDelayNs;
        for (int i = 1; i < roundsInVain && delayNs < maxDelayNs; i++)
        {
            delayNs <<= 1;
        }

        return Math.min(delayNs, maxDelayNs);
    }

    /** How long to wait before a round. */
    long delayNs(final int roundsInVain, final SplittableRandom random)
    {
        return (long)(delayNs(roundsInVain) * Jitter.part(jitter, random));
    }
}
