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
package io.peregrine.perf.bench;

import org.HdrHistogram.Histogram;

/**
 * What one client did in one round.
 *
 * @param latencyNs           of each round trip while the cores were near and quiet, in nanoseconds.
 * @param apartNs             of the others.
 * @param garbageBytesPerTrip that all threads of its JVM allocated; {@link Double#NaN} for a program without garbage.
 * @param disturbance         that it had to suffer.
 */
record Round(Histogram latencyNs, Histogram apartNs, double garbageBytesPerTrip, Disturbance disturbance)
{
    /** Of all of them. */
    Histogram allNs()
    {
        return sum(latencyNs, apartNs);
    }

    static Histogram sum(final Histogram one, final Histogram other)
    {
        final Histogram sum = one.copy();
        sum.add(other);

        return sum;
    }
}
