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
package io.peregrine.perf.venue;

import java.util.concurrent.locks.LockSupport;

/** Waits longer and longer while there is nothing to do, up to a millisecond. */
final class IdleBackOff
{
    private static final int SPIN_LIMIT = 100;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 1_000_000;

    private int spins;
    private long parkNs = MIN_PARK_NS;

    void idle(final int workCount)
    {
        if (workCount > 0)
        {
            spins = 0;
            parkNs = MIN_PARK_NS;
        }
        else if (spins < SPIN_LIMIT)
        {
            spins++;
            Thread.onSpinWait();
        }
        else
        {
            LockSupport.parkNanos(parkNs);
            parkNs = Math.min(parkNs << 1, MAX_PARK_NS);
        }
    }
}
