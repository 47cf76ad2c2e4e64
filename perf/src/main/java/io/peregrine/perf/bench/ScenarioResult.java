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

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One scenario, measured.
 *
 * @param scenario what was measured.
 * @param series   of the contenders that took part; the first is the floor.
 * @param choice   what of their rounds is among the figures.
 */
record ScenarioResult(Scenario scenario, List<BenchSeries> series, RoundChoice choice)
{
    private static final double MEDIAN = 50;
    private static final double P90 = 90;
    private static final double P99 = 99;
    private static final double P999 = 99.9;
    private static final double NS_PER_US = 1_000;

    /** Chooses from the rounds of the contenders. */
    static ScenarioResult of(final Scenario scenario, final List<BenchSeries> series)
    {
        final RoundChoice choice = RoundChoice.of(series);
        series.forEach((one) -> one.choose(choice));

        return new ScenarioResult(scenario, series, choice);
    }

    BenchSeries floor()
    {
        return series.getFirst();
    }

    Optional<BenchSeries> of(final ClientKind kind)
    {
        return series.stream().filter((one) -> kind == one.kind()).findFirst();
    }

    void print(final PrintWriter out)
    {
        out.printf(Locale.ROOT, "%n%s; %s%n%-15s%9s%20s%9s%20s%9s%20s%10s%9s%n", scenario.title(), choice.description(),
            "latency, us", "p50", "ratio", "p90", "ratio", "p99", "ratio", "p99.9", "garbage");
        for (final BenchSeries one : series)
        {
            out.printf(Locale.ROOT, "%-15s", one.name());
            for (final double percentile : new double[]{ MEDIAN, P90, P99 })
            {
                out.printf(Locale.ROOT, "%9.2f%20s",
                    one.valueNs(percentile) / NS_PER_US, one.ratio(floor(), percentile).text());
            }
            final double garbage = one.medianGarbage();
            out.printf(Locale.ROOT, "%10.2f%9s%n", one.valueNs(P999) / NS_PER_US,
                Double.isNaN(garbage) ? "-" : String.format(Locale.ROOT, "%,.0f B", garbage));
        }
        out.flush();
    }

    /** Adds what goals may be set for, by name. */
    void addTo(final Map<String, Double> figures)
    {
        final String name = scenario.name();
        for (final BenchSeries one : series)
        {
            final String prefix = ClientKind.PEREGRINE == one.kind() ? name :
                name + "." + one.key().toLowerCase(Locale.ROOT);
            figures.put(prefix + ".p50", one.ratio(floor(), MEDIAN).value());
            figures.put(prefix + ".p90", one.ratio(floor(), P90).value());
            figures.put(prefix + ".p99", one.ratio(floor(), P99).value());
            if (null != one.kind())
            {
                figures.put(prefix + ".garbage", one.medianGarbage());
            }
        }

        final Optional<BenchSeries> ours = of(ClientKind.PEREGRINE);
        final Optional<BenchSeries> best = series.stream()
            .filter((one) -> null != one.kind() && one.kind().isPeer())
            .min(Comparator.comparingDouble((one) -> one.valueNs(MEDIAN)));
        if (ours.isPresent() && best.isPresent())
        {
            figures.put(name + ".peer", ours.get().ratio(best.get(), MEDIAN).value());
        }
    }
}
