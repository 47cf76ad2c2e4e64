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
import java.util.List;
import java.util.Optional;

/** What {@code startup} wrote. */
final class StartupResults
{
    private static final double NS_PER_US = 1_000;
    private static final double NS_PER_MS = 1_000_000;

    private final List<JsonObject> variants;

    private StartupResults(final List<JsonObject> variants)
    {
        this.variants = variants;
    }

    static StartupResults read(final Path file) throws IOException
    {
        return new StartupResults(JsonObject.read(file).objects("variants"));
    }

    /** The first order after the warm-up alone, to a steady one. */
    Optional<Double> warmedUpRatio()
    {
        return firstToSteady(false);
    }

    /** The first order after a warm-up with a rehearsal, to a steady one. */
    Optional<Double> rehearsedRatio()
    {
        return firstToSteady(true);
    }

    private Optional<Double> firstToSteady(final boolean isRehearsed)
    {
        return variants.stream()
            .filter((variant) -> variant.flag("warm_up") && !variant.flag("aot_cache"))
            .filter((variant) -> isRehearsed == variant.flag("rehearsal")).findFirst()
            .map((variant) -> variant.number("first_to_steady"));
    }

    String table()
    {
        final MarkdownTable table = new MarkdownTable(List.of("first orders of fresh processes", "connected after",
            "1st", "2-10", "11-100", "101-1000", "longest of 1000", "steady", "rested", "1st to steady"));
        for (final JsonObject variant : variants)
        {
            table.row(List.of(
                variant.text("name"),
                Unit.MS.text(variant.number("connected_ns") / NS_PER_MS),
                us(variant, "first_ns"),
                us(variant, "median_2_10_ns"),
                us(variant, "median_11_100_ns"),
                us(variant, "median_101_1000_ns"),
                us(variant, "max_1000_ns"),
                us(variant, "steady_p50_ns"),
                us(variant, "rested_p50_ns"),
                Unit.RATIO.text(variant.number("first_to_steady"))));
        }

        return table.with();
    }

    private static String us(final JsonObject variant, final String name)
    {
        return Unit.US.text(variant.number(name) / NS_PER_US);
    }
}
