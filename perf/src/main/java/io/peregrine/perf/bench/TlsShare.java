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
 * What TLS adds to a round trip at the client. Both ends use the same library for the same two records, so that the
 * client's share is half of what TLS adds to the whole.
 */
final class TlsShare
{
    /** Its name among the figures; in microseconds. */
    static final String FIGURE = "tls.share";

    /** The same of the floor: what the library costs a program that does nothing else. */
    static final String FLOOR_FIGURE = "tls.floor.share";

    static final Goal GOAL = new Goal(FIGURE, 0.6);

    private static final double MEDIAN = 50;
    private static final double BOTH_ENDS_NS_PER_US = 2_000;

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
            figures.put(FLOOR_FIGURE, us(plain.get().floor(), tls.get().floor()));
            plain.get().of(ClientKind.PEREGRINE).ifPresent((series) ->
                figures.put(FIGURE, us(series, tls.get().of(ClientKind.PEREGRINE).orElseThrow())));
        }
    }

    private static double us(final BenchSeries plain, final BenchSeries tls)
    {
        return tls.medianDifferenceNs(plain, MEDIAN) / BOTH_ENDS_NS_PER_US;
    }

    private static Optional<ScenarioResult> result(final List<ScenarioResult> results, final String scenario)
    {
        return results.stream().filter((result) -> result.scenario().name().equals(scenario)).findFirst();
    }
}
