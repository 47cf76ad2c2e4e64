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
package io.peregrine.perf.cli.demo;

import org.HdrHistogram.Histogram;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints percentiles of latencies, a row for each histogram. */
final class LatencyTable
{
    private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};
    private static final String ROW_FORMAT = "%-28s%10s%10s%10s%10s%10s%n";
    private static final double NS_PER_US = 1_000;

    private final PrintWriter out;

    LatencyTable(final PrintWriter out)
    {
        this.out = out;
    }

    void printHead()
    {
        out.printf(Locale.ROOT, ROW_FORMAT, "latency, us", "p50", "p90", "p99", "p99.9", "max");
    }

    void printRow(final String name, final Histogram latencyNs)
    {
        final Object[] cells = new Object[1 + PERCENTILES.length];
        cells[0] = name;
        for (int i = 0; i < PERCENTILES.length; i++)
        {
            cells[i + 1] = us(latencyNs.getValueAtPercentile(PERCENTILES[i]));
        }

        out.printf(Locale.ROOT, ROW_FORMAT, cells);
    }

    static String us(final long valueNs)
    {
        return String.format(Locale.ROOT, "%,.1f", valueNs / NS_PER_US);
    }
}
