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

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A benchmark with one set of parameters, all forks together, in nanoseconds an operation.
 *
 * @param json as JMH wrote it.
 */
record JmhResult(JsonObject json)
{
    private static final String SAMPLED = "sample";
    private static final List<String> MODES = List.of("avgt", SAMPLED);
    private static final String UNIT = "ns/op";

    /** Whether it measured time and not a rate. */
    boolean isTime()
    {
        return MODES.contains(json.text("mode"));
    }

    /** Whether there are percentiles of operations, and not of iterations only. */
    boolean isSampled()
    {
        return SAMPLED.equals(json.text("mode"));
    }

    /** Class and method. */
    String benchmark()
    {
        final String name = json.text("benchmark");
        return name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    }

    /** Class and method, and the parameters if there are any. */
    String name()
    {
        return benchmark() + (json.has("params") ? json.object("params").fields().entrySet().stream()
            .map((param) -> ", " + param.getKey() + " " + param.getValue()).collect(Collectors.joining()) : "");
    }

    /** A parameter, empty if the benchmark has none of that name. */
    String param(final String name)
    {
        return json.has("params") && json.object("params").has(name) ? json.object("params").text(name) : "";
    }

    double mean()
    {
        return metric().number("score");
    }

    /** Half the width of the confidence interval of the mean; not a number after a single iteration. */
    double error()
    {
        return metric().number("scoreError");
    }

    /** Of operations if it {@link #isSampled()}, else of iterations. */
    double percentile(final double percentile)
    {
        return metric().object("scorePercentiles").number(Double.toString(percentile));
    }

    /** How it was run. */
    String conditions()
    {
        return String.format(Locale.ROOT, "forks: %.0f, iterations: %.0f of %s", json.number("forks"),
            json.number("measurementIterations"), json.text("measurementTime"));
    }

    private JsonObject metric()
    {
        final JsonObject metric = json.object("primaryMetric");
        if (!UNIT.equals(metric.text("scoreUnit")))
        {
            throw new IllegalArgumentException(json.file() + ": " + benchmark() + " is in " +
                metric.text("scoreUnit") + ", not in " + UNIT + ": run it without -tu");
        }

        return metric;
    }
}
