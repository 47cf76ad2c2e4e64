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

import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What is among the figures of a scenario, the same for all contenders: orders while the cores were near each other and
 * quiet, of the rounds that were not spoiled. All orders when that leaves too few, and all rounds when too many were
 * spoiled.
 *
 * @param rounds      their indices.
 * @param isAll       whether orders are that were disturbed, too.
 * @param description says how many rounds there are, and what is left out of them, or should be.
 */
record RoundChoice(int[] rounds, boolean isAll, String description)
{
    private static final int MIN_CLEAN = 5;
    private static final int MIN_ORDERS = 1_000;
    private static final double PERCENT = 100;

    /** Of contenders with as many rounds each. */
    static RoundChoice of(final List<BenchSeries> series)
    {
        final int count = series.getFirst().rounds().size();
        final int[] unspoiled = IntStream.range(0, count)
            .filter((i) -> series.stream().noneMatch((one) -> one.rounds().get(i).disturbance().isSpoiled())).toArray();
        final boolean areEnough = unspoiled.length >= Math.min(MIN_CLEAN, count);
        final int[] rounds = areEnough ? unspoiled : IntStream.range(0, count).toArray();
        final boolean isAll = series.stream().anyMatch((one) -> undisturbed(one, rounds) < MIN_ORDERS);
        final double disturbedPercent = disturbedPercent(series);
        final String description = count + " rounds, " + (count - unspoiled.length) + " spoiled" +
            (0 == disturbedPercent ? "" : String.format(Locale.ROOT,
            ", %.0f %% of the orders while the cores were not near and quiet", disturbedPercent)) +
            (areEnough && count > unspoiled.length ? "; spoiled rounds are kept apart" : "") +
            (areEnough ? "" : "; spoiled rounds are among the figures, for too few are clean") +
            (0 == disturbedPercent ? "" : isAll ? "; these orders are among the figures, for the others are too few" :
            "; these orders are kept apart");

        return new RoundChoice(rounds, isAll, description);
    }

    private static long undisturbed(final BenchSeries series, final int[] rounds)
    {
        return IntStream.of(rounds).mapToLong((i) -> series.rounds().get(i).latencyNs().getTotalCount()).sum();
    }

    /** What counts of a round. */
    Histogram latencyNs(final Round round)
    {
        return isAll ? round.allNs() : round.latencyNs();
    }

    private static double disturbedPercent(final List<BenchSeries> series)
    {
        final long undisturbed = sum(series, (round) -> round.latencyNs().getTotalCount());
        final long disturbed = sum(series, (round) -> round.apartNs().getTotalCount());
        return PERCENT * disturbed / Math.max(1, undisturbed + disturbed);
    }

    private static long sum(final List<BenchSeries> series, final ToLongFunction<Round> count)
    {
        return series.stream().flatMap((one) -> one.rounds().stream()).mapToLong(count).sum();
    }
}
