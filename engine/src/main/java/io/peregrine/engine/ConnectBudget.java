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

/** Grants attempts to connect, at most so many in any interval, to all connections that share it. */
final class ConnectBudget
{
    private final ReconnectPolicy.Budget budget;
    private final long[] grantedNs;
    private long granted;

    ConnectBudget(final ReconnectPolicy.Budget budget)
    {
        this.budget = budget;
        grantedNs = new long[budget.maxAttempts()];
    }

    /** Takes an attempt, if there is one left. */
    boolean tryTake(final long nowNs)
    {
        if (nextNs(nowNs) - nowNs > 0)
        {
            return false;
        }

        grantedNs[(int)(granted++ % grantedNs.length)] = nowNs;
        return true;
    }

    /** When the next attempt may be made; not before now. */
    long nextNs(final long nowNs)
    {
        if (granted < grantedNs.length)
        {
            return nowNs;
        }

        final long freeNs = grantedNs[(int)(granted % grantedNs.length)] + budget.intervalNs();
        return freeNs - nowNs > 0 ? freeNs : nowNs;
    }
}
