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

import io.peregrine.perf.floor.FloorClient;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The rounds of one client. */
final class BenchSeries
{
    private static final double[] PERCENTILES = {50, 90, 99, 99.9};
    private static final double NS_PER_US = 1_000.0;

    private final String name;
    private final FloorClient client;
    private final List<Histogram> rounds = new ArrayList<>();

    BenchSeries(final String name, final FloorClient client)
    {
        this.name = name;
        this.client = client;
    }

    String name()
    {
        return name;
    }

    FloorClient client()
    {
        return client;
    }

    void add(final Histogram round)
    {
        rounds.add(round);
    }

    /** Percentiles in microseconds. */
    static String describe(final Histogram histogram)
    {
        final StringBuilder text = new StringBuilder();
        for (final double percentile : PERCENTILES)
        {
            text.append(String.format(Locale.ROOT, "p%s %8.2f  ", trim(percentile),
                histogram.getValueAtPercentile(percentile) / NS_PER_US));
        }

        return text + "us";
    }

    /** Medians over the rounds, each with the median of its ratios to the floor's value in the same round. */
    String summary(final BenchSeries floor)
    {
        final StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-10s", name));
        for (final double percentile : PERCENTILES)
        {
            final double[] values = new double[rounds.size()];
            final double[] ratios = new double[rounds.size()];
            for (int i = 0; i < values.length; i++)
            {
                values[i] = rounds.get(i).getValueAtPercentile(percentile);
                ratios[i] = values[i] / floor.rounds.get(i).getValueAtPercentile(percentile);
            }
            text.append(String.format(Locale.ROOT, "  p%s %8.2f us (%.3fx)",
                trim(percentile), median(values) / NS_PER_US, median(ratios)));
        }

        return text.toString();
    }

    private static String trim(final double percentile)
    {
        return percentile == Math.rint(percentile) ? Integer.toString((int)percentile) : Double.toString(percentile);
    }

    private static double median(final double[] values)
    {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;

        return 1 == sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
