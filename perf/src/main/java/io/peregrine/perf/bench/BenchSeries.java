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
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;

/** The rounds of one contender in one scenario. Those of all contenders with the same number belong together. */
final class BenchSeries
{
    private static final int MIN_CLEAN = 5;

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

    /** How many rounds there are, and whether those that were disturbed are among the figures. */
    String roundsUsed()
    {
        final String text = rounds.size() + " rounds, " + spoiled() + " spoiled";
        if (0 == spoiled())
        {
            return text;
        }

        return text + (usable() == rounds ? " and yet among the figures, for too few are clean" : " and kept apart");
    }

    /** The median over clean rounds, in nanoseconds; over all when too few are clean. */
    double medianNs(final double percentile)
    {
        return median(usable().stream().mapToDouble((round) -> round.valueNs(percentile)).toArray());
    }

    /** The median of the garbage, in bytes for each round trip; not a number for the floor in C. */
    double medianGarbage()
    {
        return median(usable().stream().mapToDouble(Round::garbageBytesPerTrip).toArray());
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
        final List<Double> clean = new ArrayList<>();
        final List<Double> all = new ArrayList<>();
        for (int i = 0; i < rounds.size(); i++)
        {
            final Round own = rounds.get(i);
            final Round others = other.rounds.get(i);
            final double compared = comparison.applyAsDouble(own.valueNs(percentile), others.valueNs(percentile));
            all.add(compared);
            if (!own.disturbance().isSpoiled() && !others.disturbance().isSpoiled())
            {
                clean.add(compared);
            }
        }

        return median((clean.size() < MIN_CLEAN ? all : clean).stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** All samples of the usable rounds. */
    Histogram total()
    {
        final Histogram total = usable().getFirst().latencyNs().copy();
        usable().stream().skip(1).forEach((round) -> total.add(round.latencyNs()));

        return total;
    }

    private List<Round> usable()
    {
        final List<Round> clean = rounds.stream().filter((round) -> !round.disturbance().isSpoiled()).toList();
        return clean.size() < MIN_CLEAN ? rounds : clean;
    }

    private static double median(final double[] values)
    {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;

        return 1 == sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
