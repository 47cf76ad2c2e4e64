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
 * What TLS adds to a round trip at the client. Of what it adds to a round trip of the floor half is the server's, since
 * both ends seal and open the same two records with the same library; and the server is the same for all clients. What
 * is left of what it adds to a round trip of this client is its own.
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

    /** Adds it, and that of the floor, when plain orders and those over TLS were measured. */
    static void addTo(final List<ScenarioResult> results, final Map<String, Double> figures)
    {
        final Optional<ScenarioResult> plain = result(results, Scenario.PLAIN);
        final Optional<ScenarioResult> tls = result(results, Scenario.TLS);
        if (plain.isPresent() && tls.isPresent())
        {
            final double serverUs = addedUs(plain.get().floor(), tls.get().floor()) / 2;
            figures.put(FLOOR_FIGURE, serverUs);
            plain.get().of(ClientKind.PEREGRINE).ifPresent((series) -> figures.put(FIGURE,
                addedUs(series, tls.get().of(ClientKind.PEREGRINE).orElseThrow()) - serverUs));
        }
    }

    private static double addedUs(final BenchSeries plain, final BenchSeries tls)
    {
        return tls.medianDifferenceNs(plain, MEDIAN) / NS_PER_US;
    }

    private static Optional<ScenarioResult> result(final List<ScenarioResult> results, final String scenario)
    {
        return results.stream().filter((result) -> result.scenario().name().equals(scenario)).findFirst();
    }
}
