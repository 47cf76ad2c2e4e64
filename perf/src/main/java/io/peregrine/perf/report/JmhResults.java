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
package io.peregrine.perf.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The times that a file of JMH has, in the order of the file, and the tables that are made of them. */
final class JmhResults
{
    private static final double MEDIAN = 50;
    private static final double P90 = 90;
    private static final double P99 = 99;
    private static final double P999 = 99.9;
    private static final double LEAST = 0;
    private static final String CONNECTIONS = "connections";
    private static final List<String> CODEC = List.of(
        "CodecBenchmark.encodeOrder", "CodecBenchmark.parseAnswer", "CodecBenchmark.encodeOrderAndParseAnswer",
        "CodecBenchmark.parseVaryingAnswer", "CodecBenchmark.parseUnlikeAnswer", "CodecBenchmark.parseChunkedAnswer",
        "ParseBenchmark.parse", "ParseBenchmark.parseVarying", "ParseBenchmark.parseUnlike");
    private static final List<String> RINGS = List.of(
        "HopBenchmark.hop", "RingBenchmark.roundTrip", "RingBenchmark.twoProducers", "RingBenchmark.fourProducers");
    private static final List<String> POOL = List.of(
        "SlotBenchmark.acquireAndClose", "DutyCycleBenchmark.idle", "DutyCycleBenchmark.busy",
        "ExchangeBenchmark.inMemory", "ExchangeBenchmark.overSockets");
    private static final List<String> TLS = List.of("TlsSealBenchmark.seal420", "TlsOpenBenchmark.open104");

    private final List<JmhResult> results;

    private JmhResults(final List<JmhResult> results)
    {
        this.results = results;
    }

    static JmhResults read(final Path file) throws IOException
    {
        return new JmhResults(JsonObject.readAll(file).stream().map(JmhResult::new).filter(JmhResult::isTime).toList());
    }

    /** The mean of a benchmark without parameters. */
    Optional<Double> mean(final String benchmark)
    {
        return of(benchmark).stream().findFirst().map(JmhResult::mean);
    }

    /** The median of operations, where a parameter has a value. */
    Optional<Double> median(final String benchmark, final String param, final String value)
    {
        return of(benchmark).stream().filter((result) -> result.isSampled() && value.equals(result.param(param)))
            .findFirst().map((result) -> result.percentile(MEDIAN));
    }

    /** The median of an exchange with so many connections, to that with one. */
    Optional<Double> exchangeRatio(final String benchmark, final String connections)
    {
        return median(benchmark, CONNECTIONS, connections)
            .flatMap((many) -> median(benchmark, CONNECTIONS, "1").map((one) -> many / one));
    }

    String codec()
    {
        final MarkdownTable table = new MarkdownTable(List.of("ns an operation", "mean", "error", "best iteration"));
        final List<JmhResult> rows = of(CODEC).stream().filter((result) -> !result.isSampled()).toList();
        for (final JmhResult row : rows)
        {
            table.row(List.of(row.name(), ns(row.mean()), Double.isNaN(row.error()) ? "-" : ns(row.error()),
                ns(row.percentile(LEAST))));
        }

        return table.with(conditions(rows), missing(CODEC, rows));
    }

    String rings()
    {
        final MarkdownTable table = new MarkdownTable(List.of("ns", "p50", "p90", "p99", "p99.9", "mean"));
        final List<JmhResult> rows = of(RINGS).stream().filter(JmhResult::isSampled).toList();
        for (final JmhResult row : rows)
        {
            table.row(List.of(row.name(), ns(row.percentile(MEDIAN)), ns(row.percentile(P90)),
                ns(row.percentile(P99)), ns(row.percentile(P999)), ns(row.mean())));
        }

        return table.with(conditions(rows), missing(RINGS, rows));
    }

    String connections()
    {
        return byParameter(POOL, CONNECTIONS);
    }

    String tls()
    {
        return byParameter(TLS, "provider");
    }

    /** A column for each value of a parameter; rows for the mean, and for the median where operations were sampled. */
    private String byParameter(final List<String> benchmarks, final String param)
    {
        final List<JmhResult> used = of(benchmarks);
        final List<String> values = used.stream().map((result) -> result.param(param)).distinct().toList();
        final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
        for (final JmhResult result : used)
        {
            if (result.isSampled())
            {
                put(rows, result.benchmark() + ", p50", result.param(param), result.percentile(MEDIAN));
            }
            put(rows, result.benchmark() + ", mean", result.param(param), result.mean());
        }

        final List<String> heads = new ArrayList<>(List.of(param + ", ns"));
        heads.addAll(values);
        final MarkdownTable table = new MarkdownTable(heads);
        rows.forEach((name, row) ->
        {
            final List<String> cells = new ArrayList<>(List.of(name));
            values.forEach((value) -> cells.add(row.getOrDefault(value, "-")));
            table.row(cells);
        });

        return table.with(conditions(used), missing(benchmarks, used));
    }

    private static void put(
        final Map<String, Map<String, String>> rows, final String row, final String column, final double value)
    {
        rows.computeIfAbsent(row, (name) -> new LinkedHashMap<>()).put(column, ns(value));
    }

    private List<JmhResult> of(final List<String> benchmarks)
    {
        return benchmarks.stream().flatMap((benchmark) -> of(benchmark).stream()).toList();
    }

    private List<JmhResult> of(final String benchmark)
    {
        return results.stream().filter((result) -> benchmark.equals(result.benchmark())).toList();
    }

    private static String conditions(final List<JmhResult> results)
    {
        return results.stream().map(JmhResult::conditions).distinct().collect(Collectors.joining("; "));
    }

    private static String missing(final List<String> benchmarks, final List<JmhResult> rows)
    {
        return MarkdownTable.missing(benchmarks.stream()
            .filter((benchmark) -> rows.stream().noneMatch((row) -> benchmark.equals(row.benchmark()))).toList());
    }

    private static String ns(final double value)
    {
        return Unit.NS.number(value);
    }
}
