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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a run measured as JSON, for other programs to read: times in nanoseconds, ratios to the floor and their error as
 * a share of them, bytes of garbage a request (absent for the floor in C), figures by the names that goals have, and
 * the goals.
 */
final class BenchJson
{
    private static final double MEDIAN = 50;
    private static final double P90 = 90;
    private static final double P99 = 99;
    private static final double P999 = 99.9;

    private final JsonGenerator json;

    private BenchJson(final JsonGenerator json)
    {
        this.json = json;
    }

    static void write(
        final Path file,
        final String environment,
        final List<ScenarioResult> results,
        final Map<String, Double> figures,
        final List<Goal> goals) throws IOException
    {
        try (JsonGenerator generator = new JsonFactory().createGenerator(Files.newBufferedWriter(file)))
        {
            generator.useDefaultPrettyPrinter();
            new BenchJson(generator).write(environment, results, figures, goals);
        }
    }

    private void write(
        final String environment,
        final List<ScenarioResult> results,
        final Map<String, Double> figures,
        final List<Goal> goals) throws IOException
    {
        json.writeStartObject();
        json.writeArrayFieldStart("environment");
        for (final String line : environment.lines().toList())
        {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("scenarios");
        for (final ScenarioResult result : results)
        {
            write(result);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("figures");
        for (final Map.Entry<String, Double> figure : figures.entrySet())
        {
            json.writeNumberField(figure.getKey(), figure.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("goals");
        for (final Goal goal : goals)
        {
            write(goal, figures);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(final ScenarioResult result) throws IOException
    {
        json.writeStartObject();
        json.writeStringField("name", result.scenario().name());
        json.writeStringField("title", result.scenario().title());
        json.writeNumberField("rounds", result.floor().rounds().size());
        json.writeStringField("rounds_used", result.choice().description());
        json.writeArrayFieldStart("series");
        for (final BenchSeries one : result.series())
        {
            write(one, result.floor());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void write(final BenchSeries series, final BenchSeries floor) throws IOException
    {
        json.writeStartObject();
        json.writeStringField("name", series.name());
        json.writeStringField("key", series.key());
        json.writeStringField("kind", null == series.kind() ? null : series.kind().name());
        json.writeNumberField("p50_ns", series.valueNs(MEDIAN));
        json.writeNumberField("p90_ns", series.valueNs(P90));
        json.writeNumberField("p99_ns", series.valueNs(P99));
        json.writeNumberField("p99_9_ns", series.valueNs(P999));
        write("p50_ratio", series.ratio(floor, MEDIAN));
        write("p90_ratio", series.ratio(floor, P90));
        write("p99_ratio", series.ratio(floor, P99));
        if (null != series.kind())
        {
            json.writeNumberField("garbage_bytes", series.medianGarbage());
        }
        json.writeEndObject();
    }

    private void write(final String name, final Ratio ratio) throws IOException
    {
        json.writeNumberField(name, ratio.value());
        if (!Double.isNaN(ratio.error()))
        {
            json.writeNumberField(name + "_error", ratio.error());
        }
    }

    /** A goal for what was not measured has no value, and is missed. */
    private void write(final Goal goal, final Map<String, Double> figures) throws IOException
    {
        json.writeStartObject();
        json.writeStringField("figure", goal.figure());
        json.writeNumberField("limit", goal.limit());
        if (figures.containsKey(goal.figure()))
        {
            json.writeNumberField("value", figures.get(goal.figure()));
        }
        json.writeBooleanField("met", goal.isMet(figures));
        json.writeEndObject();
    }
}
