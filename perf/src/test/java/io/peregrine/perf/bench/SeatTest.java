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

import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.machine.QuietCores;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SeatTest
{
    private static final double ROUNDING = 0.002;
    private static final Disturbance QUIET = new Disturbance(0, 0, 0);

    @Test
    void shouldKeepTurnsApartWhileTheCoresWereNotNear()
    {
        final Seat seat = new Seat(null, null, new QuietCores(1.25), 0);
        seat.add(turn(10_000, 3), true);
        seat.add(turn(20_000, 2), false);

        final Round round = seat.round(QUIET);
        assertEquals(3, round.latencyNs().getTotalCount());
        assertEquals(10_000, round.latencyNs().getMaxValue(), 10_000 * ROUNDING);
        assertEquals(2, round.apartNs().getTotalCount());
        assertEquals(20_000, round.apartNs().getMaxValue(), 20_000 * ROUNDING);
    }

    @Test
    void shouldKeepOrdersApartThatAreNotBetweenTwoQuietLooks()
    {
        final Seat seat = new Seat(null, null, new QuietCores(1.25), 0);
        final long[] timesNs = LongStream.range(0, 35).map((i) -> 10_000 * (1 + i / 10)).toArray();
        seat.add(new Turn(timesNs,
            new long[]{ 4_000, 5_000, 4_100, 5_100, 6_000, 5_000, 4_000, 5_000, 4_900, 6_200 }, 0), true);

        final Round round = seat.round(QUIET);
        assertEquals(15, round.latencyNs().getTotalCount());
        assertEquals(10, round.latencyNs().getCountBetweenValues(9_990, 10_010), "the first ten");
        assertEquals(5, round.latencyNs().getCountBetweenValues(39_900, 40_100), "and the last five");
        assertEquals(20, round.apartNs().getTotalCount());
    }

    @Test
    void shouldLeaveOutWhatTheServerTook()
    {
        final Seat seat = new Seat(null, null, new QuietCores(1.25), TimeUnit.MICROSECONDS.toNanos(20));
        seat.add(turn(30_000, 3), true);
        seat.add(turn(45_000, 1), true);

        final Histogram latencyNs = seat.round(QUIET).latencyNs();
        assertEquals(4, latencyNs.getTotalCount());
        assertEquals(10_000, latencyNs.getValueAtPercentile(75), 30_000 * ROUNDING);
        assertEquals(25_000, latencyNs.getMaxValue(), 45_000 * ROUNDING);
    }

    private static Turn turn(final long ns, final int count)
    {
        final long[] timesNs = new long[count];
        Arrays.fill(timesNs, ns);

        return new Turn(timesNs, new long[0], Turn.NO_GARBAGE);
    }
}
