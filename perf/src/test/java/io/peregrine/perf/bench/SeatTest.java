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
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SeatTest
{
    private static final double ROUNDING = 0.002;
    private static final Disturbance QUIET = new Disturbance(0, 0, 0);

    @Test
    void shouldKeepTurnsApartThatWereDisturbed()
    {
        final Seat seat = new Seat(null, null, 0);
        seat.add(turn(10_000, 3), true);
        seat.add(turn(20_000, 2), false);

        final Round round = seat.round(QUIET);
        assertEquals(3, round.latencyNs().getTotalCount());
        assertEquals(10_000, round.latencyNs().getMaxValue(), 10_000 * ROUNDING);
        assertEquals(2, round.apartNs().getTotalCount());
        assertEquals(20_000, round.apartNs().getMaxValue(), 20_000 * ROUNDING);
    }

    @Test
    void shouldLeaveOutWhatTheServerTook()
    {
        final Seat seat = new Seat(null, null, TimeUnit.MICROSECONDS.toNanos(20));
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

        return new Turn(timesNs, Turn.NO_GARBAGE);
    }
}
