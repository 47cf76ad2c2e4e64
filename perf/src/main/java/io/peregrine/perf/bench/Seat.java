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

import io.peregrine.perf.floor.FloorClient;
import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.floor.TurnClient;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.PackedHistogram;

/** A contender in a round: connected, with what it has measured in its turns so far. */
final class Seat
{
    private final Contender contender;
    private final TurnClient client;
    private final Histogram latencyNs = FloorClient.newHistogram();
    private long garbageBytes;

    Seat(final Contender contender, final TurnClient client)
    {
        this.contender = contender;
        this.client = client;
    }

    Contender contender()
    {
        return contender;
    }

    TurnClient client()
    {
        return client;
    }

    Histogram latencyNs()
    {
        return latencyNs;
    }

    void clear()
    {
        latencyNs.reset();
        garbageBytes = 0;
    }

    void add(final Turn turn)
    {
        latencyNs.add(turn.latencyNs());
        garbageBytes += turn.garbageBytes();
    }

    /** Packed, since a run keeps a thousand of them. */
    Round round(final Disturbance disturbance)
    {
        final Histogram packed = new PackedHistogram(
            latencyNs.getHighestTrackableValue(), latencyNs.getNumberOfSignificantValueDigits());
        packed.add(latencyNs);
        final double garbagePerTrip = garbageBytes < 0 ? Double.NaN : (double)garbageBytes / latencyNs.getTotalCount();
        return new Round(packed, garbagePerTrip, disturbance);
    }
}
