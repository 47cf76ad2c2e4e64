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
import io.peregrine.perf.machine.QuietCores;
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
    private final QuietCores quiet;
    private final long serviceNs;
    private long garbageBytes;

    /**
     * A client.
     *
     * @param quiet     judges what it sees of the cores.
     * @param serviceNs that the server takes for an order, which is not among the times.
     */
    Seat(final Contender contender, final TurnClient client, final QuietCores quiet, final long serviceNs)
    {
        this.quiet = quiet;
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

    /** Orders are undisturbed between two looks at cores that were quiet, if these were near each other. */
    void add(final Turn turn, final boolean wereCoresNear)
    {
        final long[] timesNs = turn.timesNs();
        boolean wereQuiet = wereQuiet(turn, 0);
        for (int i = 0; i < timesNs.length; i += Turn.LOOK_ORDERS)
        {
            final boolean areQuiet = wereQuiet(turn, i / Turn.LOOK_ORDERS + 1);
            final Histogram histogram = wereCoresNear && wereQuiet && areQuiet ? undisturbedNs : apartNs;
            for (int j = i; j < Math.min(timesNs.length, i + Turn.LOOK_ORDERS); j++)
            {
                FloorClient.record(histogram, timesNs[j] - serviceNs);
            }
            wereQuiet = areQuiet;
        }
        garbageBytes += turn.garbageBytes();
    }

    private boolean wereQuiet(final Turn turn, final int look)
    {
        final long[] looksNs = turn.looksNs();
        final int index = look * Turn.LOOK_LENGTH;
        return 0 == looksNs.length || quiet.areQuiet(looksNs[index], looksNs[index + 1]);
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
