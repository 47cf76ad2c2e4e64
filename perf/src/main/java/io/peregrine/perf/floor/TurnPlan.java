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
package io.peregrine.perf.floor;

/**
 * How long a turn takes.
 *
 * @param warmUp          round trips before measuring.
 * @param count           round trips to measure, at the most.
 * @param ordersPerSecond the rate, each time counted from when its order was due; 0 for one after another.
 * @param maxNs           after which no round trip is begun, in nanoseconds.
 */
public record TurnPlan(int warmUp, int count, int ordersPerSecond, long maxNs)
{
    /**
     * A turn of a given number of round trips, one after another.
     *
     * @param warmUp round trips before measuring.
     * @param count  round trips to measure.
     * @return the plan.
     */
    public static TurnPlan of(final int warmUp, final int count)
    {
        return new TurnPlan(warmUp, count, 0, Long.MAX_VALUE);
    }

    /**
     * The same as words, in a line that tells a client in another process what to do.
     *
     * @return four numbers with blanks between them.
     */
    public String line()
    {
        return warmUp + " " + count + " " + ordersPerSecond + " " + maxNs;
    }

    /**
     * Reads what {@link #line()} wrote.
     *
     * @param words of the line.
     * @param index of the first of the four numbers.
     * @return the plan.
     */
    public static TurnPlan parse(final String[] words, final int index)
    {
        return new TurnPlan(
            Integer.parseInt(words[index]),
            Integer.parseInt(words[index + 1]),
            Integer.parseInt(words[index + 2]),
            Long.parseLong(words[index + 3]));
    }
}
