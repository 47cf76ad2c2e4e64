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
    private static final double MEDIAN = 50;

    private final Contender contender;
    private final TurnClient client;
    private final Histogram undisturbedNs = FloorClient.newHistogram();
    private final Histogram apartNs = FloorClient.newHistogram();
    private final long serviceNs;
    private long garbageBytes;

    /** A client, and what the server takes for an order, which is not among its times. */
    Seat(final Contender contender, final TurnClient client, final long serviceNs)
    {
        this.contender = contender;
        this.client = client;
        this.serviceNs = serviceNs;
    }

    Contender contender()
    {
        return contender;
    }

    TurnClient client()
    {
        return client;
    }

    /** Of all turns so far. */
    long medianNs()
    {
        return Round.sum(undisturbedNs, apartNs).getValueAtPercentile(MEDIAN);
    }

    void clear()
    {
        undisturbedNs.reset();
        apartNs.reset();
        garbageBytes = 0;
    }

    void add(final Turn turn, final boolean wereCoresUndisturbed)
    {
        final Histogram histogram = wereCoresUndisturbed ? undisturbedNs : apartNs;
        for (final long timeNs : turn.timesNs())
        {
            FloorClient.record(histogram, timeNs - serviceNs);
        }
        garbageBytes += turn.garbageBytes();
    }

    Round round(final Disturbance disturbance)
    {
        final long trips = undisturbedNs.getTotalCount() + apartNs.getTotalCount();
        return new Round(packed(undisturbedNs), packed(apartNs),
            garbageBytes < 0 ? Double.NaN : (double)garbageBytes / trips, disturbance);
    }

    /** Since a run keeps some thousands of them. */
    private static Histogram packed(final Histogram histogram)
    {
        final Histogram packed = new PackedHistogram(
            histogram.getHighestTrackableValue(), histogram.getNumberOfSignificantValueDigits());
        packed.add(histogram);

        return packed;
    }
}
