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
package io.peregrine.perf.bench.client;

import java.util.stream.DoubleStream;

/** What half of some figures are above, and half below. */
public final class Median
{
    private Median()
    {
    }

    /**
     * The median of figures.
     *
     * @param values in any order.
     * @return the one in the middle, or the mean of the two there; not a number when there is none.
     */
    public static double of(final DoubleStream values)
    {
        final double[] sorted = values.sorted().toArray();
        if (0 == sorted.length)
        {
            return Double.NaN;
        }

        final int middle = sorted.length / 2;
        return 1 == sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
