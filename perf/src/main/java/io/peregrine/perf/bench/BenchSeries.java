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
import io.peregrine.perf.bench.client.Median;
import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rounds of one contender in one scenario. Those of all contenders with the same number belong together. */
final class BenchSeries
{
    private final String name;
    private final ClientKind kind;
    private final List<Round> rounds = new ArrayList<>();
    private final Map<Double, double[]> valuesWithoutARound = new HashMap<>();
    private RoundChoice choice;
    private Histogram total;

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

    /** What is among the figures from here on. */
    void choose(final RoundChoice roundChoice)
    {
        choice = roundChoice;
        total = rounds.getFirst().latencyNs().copy();
        total.reset();
        latenciesNs().forEach(total::add);
        valuesWithoutARound.clear();
    }

    /** Of all orders that are among the figures, in nanoseconds. */
    double valueNs(final double percentile)
    {
        return total.getValueAtPercentile(percentile);
    }

    /** The median of the garbage, in bytes for each round trip; not a number for the floor in C. */
    double medianGarbage()
    {
        return Median.of(rounds.stream().mapToDouble(Round::garbageBytesPerTrip));
    }

    /** To another one's value, which took part in the same rounds. */
    Ratio ratio(final BenchSeries other, final double percentile)
    {
        return Ratio.of(valueNs(percentile) / other.valueNs(percentile),
            valuesWithoutARound(percentile), other.valuesWithoutARound(percentile));
    }

    /** All samples that are among the figures. */
    Histogram total()
    {
        return total;
    }

    /** Each ratio asks for them, and that to the floor asks for the floor's. */
    private double[] valuesWithoutARound(final double percentile)
    {
        return valuesWithoutARound.computeIfAbsent(percentile, (ignore) -> latenciesNs().mapToDouble((latency) ->
        {
            final Histogram others = total.copy();
            others.subtract(latency);
            return 0 == others.getTotalCount() ? Double.NaN : others.getValueAtPercentile(percentile);
        }).toArray());
    }

    private Stream<Histogram> latenciesNs()
    {
        return IntStream.of(choice.rounds()).mapToObj(rounds::get).map(choice::latencyNs);
    }
}
