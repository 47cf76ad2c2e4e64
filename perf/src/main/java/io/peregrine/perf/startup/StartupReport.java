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
package io.peregrine.perf.startup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.peregrine.perf.bench.client.StartupFigures;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The figures of all variants, as a table and as JSON. */
final class StartupReport
{
    private static final double NS_PER_US = 1_000;
    private static final double NS_PER_MS = 1_000_000;

    private final List<StartupVariant> variants;

    StartupReport(final List<StartupVariant> variants)
    {
        this.variants = variants;
    }

    void print(final PrintWriter out)
    {
        out.println(
            "| start | main | connected | 1st | 2-10 | 11-100 | 101-1000 | longest | steady | rested | 1st / steady |");
        out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        for (final StartupVariant variant : variants)
        {
            final StartupFigures median = variant.median();
            out.printf(Locale.ROOT, "| %s | %s | %.0f ms | %s | %s | %s | %s | %s | %s | %s | %.1fx |%n",
                variant.name(), variant.isFloor() ? "-" : ms(median.mainNs()),
                median.readyNs() / NS_PER_MS, us(median.firstNs()),
                us(median.fewNs()), us(median.someNs()), us(median.manyNs()), us(median.maxNs()),
                us(median.steadyNs()), us(median.pausedNs()), variant.firstRatio());
        }
    }

    void write(final Path file) throws IOException
    {
        try (JsonGenerator json = new JsonFactory().createGenerator(Files.newBufferedWriter(file)))
        {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeArrayFieldStart("variants");
            for (final StartupVariant variant : variants)
            {
                write(json, variant);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static void write(final JsonGenerator json, final StartupVariant variant) throws IOException
    {
        final StartupFigures median = variant.median();
        json.writeStartObject();
        json.writeStringField("name", variant.name());
        json.writeBooleanField("warm_up", variant.isWarmedUp());
        json.writeBooleanField("rehearsal", variant.isRehearsed());
        json.writeBooleanField("aot_cache", variant.isCached());
        json.writeNumberField("main_ns", median.mainNs());
        json.writeNumberField("connected_ns", median.readyNs());
        json.writeNumberField("first_ns", median.firstNs());
        json.writeNumberField("median_2_10_ns", median.fewNs());
        json.writeNumberField("median_11_100_ns", median.someNs());
        json.writeNumberField("median_101_1000_ns", median.manyNs());
        json.writeNumberField("max_1000_ns", median.maxNs());
        json.writeNumberField("steady_p50_ns", median.steadyNs());
        json.writeNumberField("rested_p50_ns", median.pausedNs());
        json.writeNumberField("first_to_steady", variant.firstRatio());
        json.writeEndObject();
    }

    private static String ms(final long timeNs)
    {
        return String.format(Locale.ROOT, "%.0f ms", timeNs / NS_PER_MS);
    }

    private static String us(final long timeNs)
    {
        return String.format(Locale.ROOT, "%.1f us", timeNs / NS_PER_US);
    }
}
