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

import java.util.concurrent.TimeUnit;

/**
 * When a connection that ended is made again: at once, then after a delay that doubles with each attempt in vain. A
 * connection that served an exchange, or lived longer than the longest delay, starts the sequence anew; merely being
 * able to connect does not, since a server that accepts and drops would otherwise be hammered.
 *
 * @param firstDelayNs before the second attempt, in nanoseconds.
 * @param maxDelayNs   the longest delay, in nanoseconds; 0 for no reconnecting at all.
 */
public record ReconnectPolicy(long firstDelayNs, long maxDelayNs)
{
    /** The connection stays as it ended. */
    public static final ReconnectPolicy NEVER = new ReconnectPolicy(0, 0);

    /** At once, then 100 ms doubling to 5 s. */
    public static final ReconnectPolicy DEFAULT =
        new ReconnectPolicy(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(5));

    /**
     * Validates the delays.
     *
     * @throws IllegalArgumentException when a delay is negative or the first is longer than the longest.
     */
    public ReconnectPolicy
    {
        if (firstDelayNs < 0 || firstDelayNs > maxDelayNs)
        {
            throw new IllegalArgumentException(
                "firstDelayNs " + firstDelayNs + " must be from 0 to maxDelayNs " + maxDelayNs);
        }
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
     * How long to wait before an attempt.
     *
     * @param attemptsInVain since the last connection that proved itself.
     * @return delay in nanoseconds.
     */
    public long delayNs(final int attemptsInVain)
    {
        if (0 == attemptsInVain)
        {
            return 0;
        }

        long delayNs = firstDelayNs;
        for (int i = 1; i < attemptsInVain && delayNs < maxDelayNs; i++)
        {
            delayNs <<= 1;
        }

        return Math.min(delayNs, maxDelayNs);
    }
}
