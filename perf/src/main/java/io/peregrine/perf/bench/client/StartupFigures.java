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

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;

/**
 * What one fresh process needed, all in nanoseconds.
 *
 * @param mainNs   from the start of the process to its main method.
 * @param readyNs  from the start of the process until its pool was connected.
 * @param firstNs  round trip of the first order.
 * @param fewNs    median of the second to the tenth.
 * @param someNs   median of the 11th to the 100th.
 * @param manyNs   median of the 101st to the 1,000th.
 * @param maxNs    the longest of these 1,000.
 * @param steadyNs median of the second half of the 50,000 behind them.
 * @param pausedNs median of those behind these, each after a pause.
 */
public record StartupFigures(
    long mainNs, long readyNs, long firstNs, long fewNs, long someNs, long manyNs, long maxNs, long steadyNs,
    long pausedNs)
{
    /** How many orders are the first ones. */
    public static final int FIRST_COUNT = 1_000;

    /** How many orders follow. */
    public static final int STEADY_COUNT = 50_000;

    /** How many orders come after that, each after a pause. */
    public static final int PAUSED_COUNT = 21;

    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int FIELDS = 9;
    private static final int FEW = 10;
    private static final int MANY = 100;

    /**
     * The pause before the first order, and before each of those at the end: the server, which a connection wakes, is
     * to spin when an order comes, and not to sleep again yet. The caller sleeps meanwhile, since a loop that waits
     * would be compiled by and by, by threads that take the server's core from it.
     */
    public static void pause()
    {
        final long startNs = System.nanoTime();
        long leftNs = PAUSE_NS;
        while (leftNs > 0)
        {
            LockSupport.parkNanos(leftNs);
            leftNs = PAUSE_NS - (System.nanoTime() - startNs);
        }
    }

    /**
     * The figures of a process.
     *
     * @param mainNs   from the start of the process to its main method.
     * @param readyNs  from the start of the process until it was connected.
     * @param firstNs  round trips of the first {@link #FIRST_COUNT} orders.
     * @param steadyNs round trips of the {@link #STEADY_COUNT} orders behind them.
     * @param pausedNs round trips of the orders behind those, each after a pause.
     * @return the figures.
     */
    public static StartupFigures of(
        final long mainNs, final long readyNs, final long[] firstNs, final long[] steadyNs, final long[] pausedNs)
    {
        return new StartupFigures(mainNs, readyNs, firstNs[0], median(firstNs, 1, FEW), median(firstNs, FEW, MANY),
            median(firstNs, MANY, FIRST_COUNT), Arrays.stream(firstNs).max().orElseThrow(),
            median(steadyNs, STEADY_COUNT / 2, STEADY_COUNT), median(pausedNs, 0, pausedNs.length));
    }

    /** The fields in their order, with blanks between them. */
    String line()
    {
        return mainNs + " " + readyNs + " " + firstNs + " " + fewNs + " " + someNs + " " + manyNs + " " + maxNs + " " +
            steadyNs + " " + pausedNs;
    }

    /**
     * Reads what {@link #line()} wrote.
     *
     * @param line the fields in their order.
     * @return the figures.
     * @throws IllegalArgumentException when it is something else.
     */
    static StartupFigures parse(final String line)
    {
        final long[] fields = Arrays.stream(line.split(" ")).mapToLong(Long::parseLong).toArray();
        if (FIELDS != fields.length)
        {
            throw new IllegalArgumentException("not " + FIELDS + " figures: " + line);
        }

        return new StartupFigures(
            fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6], fields[7],
            fields[8]);
    }

    /**
     * The median of each figure.
     *
     * @param runs of several processes, one at least.
     * @return figures of which each may be of another process.
     */
    public static StartupFigures medianOf(final List<StartupFigures> runs)
    {
        return new StartupFigures(
            median(runs, StartupFigures::mainNs),
            median(runs, StartupFigures::readyNs),
            median(runs, StartupFigures::firstNs),
            median(runs, StartupFigures::fewNs),
            median(runs, StartupFigures::someNs),
            median(runs, StartupFigures::manyNs),
            median(runs, StartupFigures::maxNs),
            median(runs, StartupFigures::steadyNs),
            median(runs, StartupFigures::pausedNs));
    }

    /**
     * What the first order costs more than later ones.
     *
     * @return the first as a multiple of the steady median.
     */
    public double firstRatio()
    {
        return (double)firstNs / steadyNs;
    }

    private static long median(final List<StartupFigures> runs, final ToLongFunction<StartupFigures> field)
    {
        return Math.round(Median.of(runs.stream().mapToLong(field).asDoubleStream()));
    }

    private static long median(final long[] timesNs, final int from, final int to)
    {
        return Math.round(Median.of(Arrays.stream(timesNs, from, to).asDoubleStream()));
    }
}
