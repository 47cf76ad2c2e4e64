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
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TlsShareTest
{
    private static final double ROUNDING = 0.02;

    private final Map<String, Double> figures = new TreeMap<>();

    @Test
    void shouldLeaveTheServersHalfToTheServer()
    {
        // TLS adds 2 us at both ends of the floor, 1 us at each; this client is behind by 1 us, 0.5 us without TLS.
        TlsShare.addTo(List.of(result(0, 10_000, 10_500), result(1, 12_000, 13_000)), figures);

        assertEquals(1.0, figures.get(TlsShare.FLOOR_FIGURE), ROUNDING);
        assertEquals(1.5, figures.get(TlsShare.FIGURE), ROUNDING);
    }

    @Test
    void shouldSayNothingWithoutBoth()
    {
        TlsShare.addTo(List.of(result(1, 12_000, 13_000)), figures);

        assertEquals(Map.of(), figures);
    }

    private static ScenarioResult result(final int scenario, final long floorNs, final long clientNs)
    {
        return ScenarioResult.of(Scenario.QUICK.get(scenario),
            List.of(series("C floor", null, floorNs), series("Peregrine", ClientKind.PEREGRINE, clientNs)));
    }

    private static BenchSeries series(final String name, final ClientKind kind, final long ns)
    {
        final BenchSeries series = new BenchSeries(name, kind);
        final Histogram histogram = new Histogram(3);
        histogram.recordValue(ns);
        series.add(new Round(histogram, new Histogram(3), 0, new Disturbance(0, 0, 0)));

        return series;
    }
}
