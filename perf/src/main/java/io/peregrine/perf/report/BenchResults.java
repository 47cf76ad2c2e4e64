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

import io.peregrine.perf.bench.Ratio;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** What {@code bench} left in its directory. */
final class BenchResults
{
    private static final double NS_PER_US = 1_000;
    private static final List<String> PLOTS =
        List.of("plain.svg", "tls.svg", "plain-20us.svg", "plain-open.svg", "tls-open.svg", "plain-garbage.svg");
    private static final List<String> HEADS =
        List.of("latency, us", "p50", "ratio", "p90", "ratio", "p99", "ratio", "p99.9", "garbage a request");

    private final Path directory;
    private final JsonObject json;

    private BenchResults(final Path directory, final JsonObject json)
    {
        this.directory = directory;
        this.json = json;
    }

    static BenchResults read(final Path directory) throws IOException
    {
        return new BenchResults(directory, JsonObject.read(directory.resolve("results.json")));
    }

    /** The first goal for a figure, which is the project's own, unless the figure was not measured. */
    Optional<JsonObject> goal(final String figure)
    {
        return json.objects("goals").stream().filter((goal) -> figure.equals(goal.text("figure")) && goal.has("value"))
            .findFirst();
    }

    String environment()
    {
        return "```text\n" + String.join("\n", json.texts("environment")) + "\n```";
    }

    /** A table for each scenario, its plots below it. */
    String roundTrips(final String plotDirectory)
    {
        final StringBuilder text = new StringBuilder();
        for (final JsonObject scenario : json.objects("scenarios"))
        {
            text.append("**").append(scenario.text("title")).append("**; ").append(scenario.text("rounds_used"))
                .append(".\n\n").append(table(scenario).with(images(scenario.text("name"), plotDirectory)))
                .append("\n\n");
        }

        return text.toString();
    }

    void copyPlots(final Path target) throws IOException
    {
        Files.createDirectories(target);
        for (final String plot : PLOTS)
        {
            if (isThere(plot))
            {
                Files.copy(directory.resolve(plot), target.resolve(plot), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private boolean isThere(final String plot)
    {
        return Files.exists(directory.resolve(plot));
    }

    private static MarkdownTable table(final JsonObject scenario)
    {
        final MarkdownTable table = new MarkdownTable(HEADS);
        for (final JsonObject one : scenario.objects("series"))
        {
            table.row(List.of(
                one.text("name"),
                us(one, "p50_ns"),
                ratio(one, "p50_ratio"),
                us(one, "p90_ns"),
                ratio(one, "p90_ratio"),
                us(one, "p99_ns"),
                ratio(one, "p99_ratio"),
                us(one, "p99_9_ns"),
                one.has("garbage_bytes") ? Unit.BYTES.text(one.number("garbage_bytes")) : "-"));
        }

        return table;
    }

    private String[] images(final String scenario, final String plotDirectory)
    {
        return PLOTS.stream()
            .filter((plot) -> isThere(plot) &&
                (plot.equals(scenario + ".svg") || plot.equals(scenario + "-garbage.svg")))
            .map((plot) -> "![" + (plot.endsWith("-garbage.svg") ? "garbage a request" : "latency by percentile") +
                ", " + scenario + "](" + plotDirectory + "/" + plot + ")")
            .toArray(String[]::new);
    }

    private static String us(final JsonObject series, final String name)
    {
        return Unit.US.number(series.number(name) / NS_PER_US);
    }

    private static String ratio(final JsonObject series, final String name)
    {
        final String error = name + "_error";
        return new Ratio(series.number(name), series.has(error) ? series.number(error) : Double.NaN).text();
    }
}
