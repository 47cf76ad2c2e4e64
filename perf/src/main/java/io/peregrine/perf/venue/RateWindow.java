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

/** Counts what happens within a stretch of time that starts at whole multiples of its length, as venues count. */
final class RateWindow
{
    private static final long MS_PER_SECOND = 1000;

    private final long lengthMs;
    private long startMs = Long.MIN_VALUE;
    private int count;

    RateWindow(final long lengthMs)
    {
        this.lengthMs = lengthMs;
    }

    /** Adds to the count of the present window and returns it. */
    int add(final long nowMs, final int amount)
    {
        final long presentStartMs = nowMs - Math.floorMod(nowMs, lengthMs);
        if (presentStartMs != startMs)
        {
            startMs = presentStartMs;
            count = 0;
        }

        count += amount;
        return count;
    }

    /** Whole seconds until the next window opens, at least one. */
    int retryAfterSeconds(final long nowMs)
    {
        final long remainingMs = lengthMs - Math.floorMod(nowMs, lengthMs);
        return (int)((remainingMs + MS_PER_SECOND - 1) / MS_PER_SECOND);
    }
}
