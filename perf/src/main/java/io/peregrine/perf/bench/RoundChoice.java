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
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * What is among the figures of a scenario, the same for all contenders: the rounds that were not spoiled, and in which
 * the cores were near each other and quiet for long enough for each of them; of those the turns while they were. All of
 * all rounds when that leaves too few.
 *
 * @param rounds      their indices.
 * @param isAll       whether nothing is left out.
 * @param description says how many rounds there are, and what is left out of them, or should be.
 */
record RoundChoice(int[] rounds, boolean isAll, String description)
{
    private static final int MIN_CLEAN = 5;
    private static final double PERCENT = 100;

    /** Of contenders with as many rounds each. */
    static RoundChoice of(final List<BenchSeries> series)
    {
        final int count = series.getFirst().rounds().size();
        final int[] unspoiled = IntStream.range(0, count)
            .filter((i) -> isEach(series, i, (round) -> !round.disturbance().isSpoiled())).toArray();
        final int[] clean = IntStream.of(unspoiled).filter((i) -> isEach(series, i, Round::isUndisturbed)).toArray();
        final boolean isAll = clean.length < MIN_CLEAN;
        final double disturbedPercent = disturbedPercent(series);
        final boolean isSpotless = clean.length == count && 0 == disturbedPercent;
        final String description = count + " rounds, " + (count - unspoiled.length) + " spoiled" +
            disturbedText(unspoiled.length - clean.length, disturbedPercent) +
            (isSpotless ? "" :
            isAll ? "; all are among the figures, for too few are clean" : "; these are kept apart");

        return new RoundChoice(isAll ? IntStream.range(0, count).toArray() : clean, isAll, description);
    }

    /** What counts of a round. */
    Histogram latencyNs(final Round round)
    {
        return isAll ? round.allNs() : round.latencyNs();
    }

    private static boolean isEach(final List<BenchSeries> series, final int index, final Predicate<Round> predicate)
    {
        return series.stream().map((one) -> one.rounds().get(index)).allMatch(predicate);
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

    private static String disturbedText(final int disturbedRounds, final double disturbedPercent)
    {
        return 0 == disturbedPercent ? "" : String.format(Locale.ROOT,
            ", %d with the cores hardly ever near and quiet, and %.0f %% of the orders while they were not",
            disturbedRounds, disturbedPercent);
    }
}
