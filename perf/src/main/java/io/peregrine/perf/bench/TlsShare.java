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

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What TLS adds to a round trip at the client: the floor's share, and what this client is further behind the floor over
 * TLS than without. Of what TLS adds to a round trip of the floor half is the server's, since both ends seal and open
 * the same two records with the same library.
 */
final class TlsShare
{
    /** Its name among the figures; in microseconds. */
    static final String FIGURE = "tls.share";

    /** The same of the floor: what the library costs a program that does nothing else. */
    static final String FLOOR_FIGURE = "tls.floor.share";

    static final Goal GOAL = new Goal(FIGURE, 0.6);

    private static final double MEDIAN = 50;
    private static final double NS_PER_US = 1_000;

    private TlsShare()
    {
    }

    /**
     * Adds it, and that of the floor, when plain orders and those over TLS were measured, and the same is left out of
     * both.
     */
    static void addTo(final List<ScenarioResult> results, final Map<String, Double> figures)
    {
        final Optional<ScenarioResult> plain = result(results, Scenario.PLAIN);
        final Optional<ScenarioResult> tls = result(results, Scenario.TLS);
        if (plain.isPresent() && tls.isPresent() && plain.get().choice().isAll() == tls.get().choice().isAll())
        {
            final double floorUs = (medianUs(tls.get().floor()) - medianUs(plain.get().floor())) / 2;
            figures.put(FLOOR_FIGURE, floorUs);
            if (plain.get().of(ClientKind.PEREGRINE).isPresent())
            {
                figures.put(FIGURE, floorUs + behindUs(tls.get()) - behindUs(plain.get()));
            }
        }
    }

    private static double behindUs(final ScenarioResult result)
    {
        return medianUs(result.of(ClientKind.PEREGRINE).orElseThrow()) - medianUs(result.floor());
    }

    private static double medianUs(final BenchSeries series)
    {
        return series.valueNs(MEDIAN) / NS_PER_US;
    }

    private static Optional<ScenarioResult> result(final List<ScenarioResult> results, final String scenario)
    {
        return results.stream().filter((result) -> result.scenario().name().equals(scenario)).findFirst();
    }
}
