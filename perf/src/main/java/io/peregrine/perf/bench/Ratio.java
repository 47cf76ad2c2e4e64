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

import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A ratio of what two contenders took, and how well it is known.
 *
 * @param value of all rounds together.
 * @param error twice its standard error by how far the rounds of this run agree, as a share of it. Another run differs
 *              by more where something is the same in all rounds of one: a process, and what was compiled in it.
 */
public record Ratio(double value, double error)
{
    private static final double MOST_ERROR = 0.05;
    private static final double PERCENT = 100;
    private static final double MANY = 10;

    /**
     * With the error that follows from what the ratio would have been without each of the rounds (the jackknife).
     *
     * @param value         of all rounds.
     * @param ownWithout    what one took, without each of the rounds.
     * @param othersWithout what the other took, without the same rounds.
     */
    static Ratio of(final double value, final double[] ownWithout, final double[] othersWithout)
    {
        final int rounds = ownWithout.length;
        final double[] ratios =
            IntStream.range(0, rounds).mapToDouble((i) -> ownWithout[i] / othersWithout[i]).toArray();
        final double mean = DoubleStream.of(ratios).average().orElse(Double.NaN);
        final double squares = DoubleStream.of(ratios).map((ratio) -> (ratio - mean) * (ratio - mean)).sum();

        return new Ratio(value, rounds < 2 ? Double.NaN : 2 * Math.sqrt(squares * (rounds - 1) / rounds) / value);
    }

    /**
     * Whether the rounds agree.
     *
     * @return true when the error is known, and at most a twentieth.
     */
    public boolean isSettled()
    {
        return error <= MOST_ERROR;
    }

    /**
     * For a table.
     *
     * @return the ratio and its error, in brackets unless it is settled.
     */
    public String text()
    {
        final String number = String.format(Locale.ROOT, value < MANY ? "%.3fx" : "%.1fx", value);
        final String text = 0 == error && 1 == value ? number :
            Double.isNaN(error) ? number + " +- ?" :
            String.format(Locale.ROOT, "%s +- %.1f %%", number, PERCENT * error);

        return isSettled() ? text : "(" + text + ")";
    }
}
