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
package io.peregrine.perf.machine;

/** A piece of work of some microseconds, whose time says whether the core has its units to itself. For one thread. */
public final class CoreWork
{
    private static final int STEPS = 4000;

    private long sink;

    /** Creates one that has not been done yet. */
    public CoreWork()
    {
    }

    /**
     * Does it.
     *
     * @return how long it took, in nanoseconds.
     */
    public long ns()
    {
        final long startNs = System.nanoTime();
        sink += work();

        return System.nanoTime() - startNs;
    }

    /** Steps that do not wait for each other, as many at once as a core can do when nobody shares it. */
    private static long work()
    {
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        long e = 5;
        for (int i = 0; i < STEPS; i++)
        {
            a += b ^ i;
            b = (b << 1) + i;
            c ^= c >> 3;
            c += i;
            d = d * 3 + i;
            e ^= d;
        }

        return a + b + c + d + e;
    }
}
