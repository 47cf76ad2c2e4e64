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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Small files as the measuring commands write them, and a page to put them into. */
final class ReportInputs
{
    private static final String PLAIN_TITLE = "plain: plain, answer body 21 bytes, one order after another";

    private final Path directory;

    ReportInputs(final Path directory)
    {
        this.directory = directory;
    }

    Path page()
    {
        return directory.resolve("docs/performance.md");
    }

    /** A page with these marks, and something around each. */
    Path writePage(final List<String> names) throws IOException
    {
        final StringBuilder text = new StringBuilder("# Performance\n");
        for (final String name : names)
        {
            text.append("\nBefore ").append(name).append(".\n\n<!-- measured:").append(name)
                .append(" -->\nold ").append(name).append("\n<!-- end:").append(name).append(" -->\n");
        }
        Files.createDirectories(page().getParent());

        return Files.writeString(page(), text.append("\nThe end.\n"));
    }

    /** Two plots of the five that the page can show, and one that it does not. */
    Path writeBench() throws IOException
    {
        final Path bench = Files.createDirectories(directory.resolve("bench"));
        for (final String plot : List.of("plain.svg", "plain-garbage.svg", "tls-garbage.svg"))
        {
            Files.writeString(bench.resolve(plot), "<svg/>");
        }
        Files.writeString(bench.resolve("results.json"), """
            {
              "environment": ["machine: a machine", "date:    2026-11-28", "commit:  abc1234"],
              "scenarios": [{
                "name": "plain", "title": "TITLE", "rounds": 7, "rounds_used": "7 rounds, 0 spoiled",
                "series": [
                  {"name": "C floor", "key": "Cfloor", "kind": null, "p50_ns": 10000.0, "p90_ns": 11000.0,
                   "p99_ns": 20000.0, "p99_9_ns": 30000.0, "p50_ratio": 1.0, "p90_ratio": 1.0, "p99_ratio": 1.0,
                   "p50_ratio_error": 0.0, "p90_ratio_error": 0.0, "p99_ratio_error": 0.0},
                  {"name": "Peregrine", "key": "Peregrine", "kind": "PEREGRINE", "p50_ns": 10500.0, "p90_ns": 11600.0,
                   "p99_ns": 24000.0, "p99_9_ns": 31000.0, "p50_ratio": 1.05, "p90_ratio": 1.06, "p99_ratio": 1.2,
                   "p50_ratio_error": 0.008, "p90_ratio_error": 0.02, "p99_ratio_error": 0.06,
                   "garbage_bytes": 0.0},
                  {"name": "OkHttp", "key": "OkHttp", "kind": "OKHTTP", "p50_ns": 50000.0, "p90_ns": 60000.0,
                   "p99_ns": 70000.0, "p99_9_ns": 80000.0, "p50_ratio": 5.0, "p90_ratio": 5.5, "p99_ratio": 3.5,
                   "p50_ratio_error": 0.01, "p90_ratio_error": 0.02, "p99_ratio_error": 0.06,
                   "garbage_bytes": 9400.25}]}],
              "figures": {"plain.p50": 1.05, "plain.p99": 1.2, "plain.garbage": 0.25, "plain.peer": 0.21},
              "goals": [
                {"figure": "plain.p50", "limit": 1.05, "value": 1.05, "met": true},
                {"figure": "plain.p99", "limit": 1.15, "value": 1.2, "met": false},
                {"figure": "plain.peer", "limit": 0.36, "value": 0.27, "met": true},
                {"figure": "plain.garbage", "limit": 0.0, "value": 0.25, "met": false},
                {"figure": "plain.p50", "limit": 9.0, "value": 1.05, "met": true},
                {"figure": "tls.garbage", "limit": 0.0, "met": false}]
            }
            """.replace("TITLE", PLAIN_TITLE));

        return bench;
    }

    Path writeJmh(final String... entries) throws IOException
    {
        return Files.writeString(directory.resolve("jmh.json"), "[" + String.join(",\n", entries) + "]");
    }

    Path writeStartup() throws IOException
    {
        return Files.writeString(directory.resolve("startup.json"), """
            {"variants": [
              {"name": "cold", "warm_up": false, "rehearsal": false, "aot_cache": false,
               "main_ns": 90000000, "connected_ns": 513000000,
               "first_ns": 3794000, "median_2_10_ns": 107700, "median_11_100_ns": 94800, "median_101_1000_ns": 47400,
               "max_1000_ns": 8100000, "steady_p50_ns": 20000, "rested_p50_ns": 66000,
               "first_to_steady": 189.7},
              {"name": "both", "warm_up": true, "rehearsal": false, "aot_cache": true,
               "main_ns": 90000000, "connected_ns": 2687000000,
               "first_ns": 40000, "median_2_10_ns": 16200, "median_11_100_ns": 16300, "median_101_1000_ns": 15100,
               "max_1000_ns": 2000000, "steady_p50_ns": 20000, "rested_p50_ns": 66000,
               "first_to_steady": 2.0},
              {"name": "warm-up", "warm_up": true, "rehearsal": false, "aot_cache": false,
               "main_ns": 90000000, "connected_ns": 2963000000,
               "first_ns": 240000, "median_2_10_ns": 19800, "median_11_100_ns": 18600, "median_101_1000_ns": 18400,
               "max_1000_ns": 6400000, "steady_p50_ns": 20000, "rested_p50_ns": 66000,
               "first_to_steady": 12.0},
              {"name": "rehearsal", "warm_up": true, "rehearsal": true, "aot_cache": false,
               "main_ns": 90000000, "connected_ns": 2963000000,
               "first_ns": 80000, "median_2_10_ns": 19800, "median_11_100_ns": 18600, "median_101_1000_ns": 18400,
               "max_1000_ns": 6400000, "steady_p50_ns": 20000, "rested_p50_ns": 66000,
               "first_to_steady": 4.0}]}
            """);
    }

    /** Average time of two forks. */
    static String average(final String benchmark, final String params, final double ns)
    {
        return entry(benchmark, "avgt", params, ns, ns - 5, "ns/op");
    }

    /** Sampled times; the median is given, the mean is ten more. */
    static String sample(final String benchmark, final String params, final double medianNs)
    {
        return entry(benchmark, "sample", params, medianNs + 10, medianNs, "ns/op");
    }

    static String entry(
        final String benchmark,
        final String mode,
        final String params,
        final double score,
        final double percentile,
        final String unit)
    {
        return """
            {"jmhVersion": "1.37", "benchmark": "io.peregrine.perf.jmh.BENCHMARK", "mode": "MODE", "threads": 1,
             "forks": 2, "measurementIterations": 5, "measurementTime": "1 s", PARAMS
             "primaryMetric": {"score": SCORE, "scoreError": "NaN", "scorePercentiles": {"0.0": PERCENTILE,
               "50.0": PERCENTILE, "90.0": PERCENTILE, "99.0": PERCENTILE, "99.9": PERCENTILE}, "scoreUnit": "UNIT",
               "rawData": [[1.0], [2.0]]},
             "secondaryMetrics": {}}
            """.replace("BENCHMARK", benchmark).replace("MODE", mode).replace("SCORE", Double.toString(score))
            .replace("PERCENTILE", Double.toString(percentile)).replace("UNIT", unit)
            .replace("PARAMS", params.isEmpty() ? "" : "\"params\": {" + params + "},");
    }
}
