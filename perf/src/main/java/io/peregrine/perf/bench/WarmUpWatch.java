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

/**
 * Whether a client is warmed up: it is when it has not become faster for some time. A peer whose code the JVM still
 * compiles, on the one processor that all its threads share, would be charged for it in each round.
 */
final class WarmUpWatch
{
    private static final double FASTER = 0.97;
    private static final int STEADY_STRETCHES = 3;

    private final int maxStretches;
    private long leastNs = Long.MAX_VALUE;
    private int stretches;
    private int steady;

    WarmUpWatch(final int maxStretches)
    {
        this.maxStretches = maxStretches;
    }

    /** After a stretch of the warm-up, with the median of its latency. */
    void onStretch(final long medianNs)
    {
        stretches++;
        if (medianNs < leastNs * FASTER)
        {
            leastNs = medianNs;
            steady = 0;
        }
        else
        {
            steady++;
        }
    }

    /** True when a few stretches in a row have brought nothing, and in any case after many. */
    boolean isOver()
    {
        return steady == STEADY_STRETCHES || stretches == maxStretches;
    }
}
