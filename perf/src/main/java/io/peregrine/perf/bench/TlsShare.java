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
import java.util.Optional;

/**
 * What TLS adds to a round trip at the client. Both ends use the same library for the same two records, so that the
 * client's share is half of what TLS adds to the whole.
 */
final class TlsShare
{
    /** Its name among the figures; in microseconds. */
    static final String FIGURE = "tls.share";

    static final Goal GOAL = new Goal(FIGURE, 0.6);

    private static final double MEDIAN = 50;
    private static final double BOTH_ENDS_NS_PER_US = 2_000;

    private TlsShare()
    {
    }

    /** In microseconds; empty unless plain orders and those over TLS were measured. */
    static Optional<Double> of(final List<ScenarioResult> results)
    {
        final Optional<Double> plainNs = medianNs(results, Scenario.PLAIN);
        final Optional<Double> tlsNs = medianNs(results, Scenario.TLS);
        return plainNs.isEmpty() || tlsNs.isEmpty() ?
            Optional.empty() : Optional.of((tlsNs.get() - plainNs.get()) / BOTH_ENDS_NS_PER_US);
    }

    private static Optional<Double> medianNs(final List<ScenarioResult> results, final String scenario)
    {
        return results.stream().filter((result) -> result.scenario().name().equals(scenario)).findFirst()
            .flatMap((result) -> result.of(ClientKind.PEREGRINE)).map((series) -> series.medianNs(MEDIAN));
    }
}
