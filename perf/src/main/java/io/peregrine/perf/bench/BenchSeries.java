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

import io.peregrine.perf.bench.client.ClientKind;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rounds of one contender in one scenario. Those of all contenders with the same number belong together. */
final class BenchSeries
{
    private static final int MIN_CLEAN = 5;
    private static final double PERCENT = 100;

    private final String name;
    private final ClientKind kind;
    private final List<Round> rounds = new ArrayList<>();

    BenchSeries(final String name, final ClientKind kind)
    {
        this.name = name;
        this.kind = kind;
    }

    String name()
    {
        return name;
    }

    /** The name as files and figures have it: letters and digits only. */
    String key()
    {
        return name.replaceAll("[^A-Za-z0-9]", "");
    }

    /** The kind of client, null for the floor in C. */
    ClientKind kind()
    {
        return kind;
    }

    List<Round> rounds()
    {
        return rounds;
    }

    void add(final Round round)
    {
        rounds.add(round);
    }

    long spoiled()
    {
        return rounds.stream().filter((round) -> round.disturbance().isSpoiled()).count();
    }

    /** How many rounds there are, and what of them is kept apart, or should be. */
    String roundsUsed()
    {
        final String text = rounds.size() + " rounds, " + spoiled() + " spoiled";
        final boolean isAllUsed = !isCleanEnough(clean().count());
        final long apart = rounds.stream().mapToLong((round) -> round.apartNs().getTotalCount()).sum();
        if (isAllUsed && (apart > 0 || spoiled() > 0))
        {
            return text + apartText(apart) + "; all are among the figures, for too few are clean";
        }

        return text + (0 == spoiled() ? "" : " and kept apart") + apartText(apart) +
            (0 == apart ? "" : " and kept apart");
    }

    /** The median over clean rounds, in nanoseconds; over all when too few are clean. */
    double medianNs(final double percentile)
    {
        return median(latenciesNs().mapToDouble((latency) -> latency.getValueAtPercentile(percentile)));
    }

    /** The median of the garbage, in bytes for each round trip; not a number for the floor in C. */
    double medianGarbage()
    {
        return median(rounds.stream().mapToDouble(Round::garbageBytesPerTrip));
    }

    /**
     * The median of the ratios to the floor's value in the same round, over rounds that are clean for both; over all
     * when too few are.
     */
    double medianRatio(final BenchSeries floor, final double percentile)
    {
        return medianOfPairs(floor, percentile, (own, other) -> own / other);
    }

    /** The median of the differences to another series in the same round, in nanoseconds; otherwise like the ratio. */
    double medianDifferenceNs(final BenchSeries other, final double percentile)
    {
        return medianOfPairs(other, percentile, (own, others) -> own - others);
    }

    private double medianOfPairs(
        final BenchSeries other, final double percentile, final DoubleBinaryOperator comparison)
    {
        final int[] clean = IntStream.range(0, rounds.size())
            .filter((i) -> rounds.get(i).isClean() && other.rounds.get(i).isClean()).toArray();
        final boolean isClean = isCleanEnough(clean.length);
        final Function<Round, Histogram> latency = isClean ? Round::latencyNs : Round::allNs;
        return median((isClean ? IntStream.of(clean) : IntStream.range(0, rounds.size())).mapToDouble((i) ->
            comparison.applyAsDouble(
                latency.apply(rounds.get(i)).getValueAtPercentile(percentile),
                latency.apply(other.rounds.get(i)).getValueAtPercentile(percentile))));
    }

    /** All samples that are among the figures. */
    Histogram total()
    {
        final Histogram total = rounds.getFirst().latencyNs().copy();
        total.reset();
        latenciesNs().forEach(total::add);

        return total;
    }

    private Stream<Histogram> latenciesNs()
    {
        return isCleanEnough(clean().count()) ? clean().map(Round::latencyNs) : rounds.stream().map(Round::allNs);
    }

    private Stream<Round> clean()
    {
        return rounds.stream().filter(Round::isClean);
    }

    private static boolean isCleanEnough(final long rounds)
    {
        return rounds >= MIN_CLEAN;
    }

    private String apartText(final long apart)
    {
        final long near = rounds.stream().mapToLong((round) -> round.latencyNs().getTotalCount()).sum();
        return 0 == apart ? "" : String.format(Locale.ROOT,
            "; %.0f %% of the orders while the cores were not near each other", PERCENT * apart / (near + apart));
    }

    private static double median(final DoubleStream values)
    {
        final double[] sorted = values.sorted().toArray();
        final int middle = sorted.length / 2;

        return 1 == sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
