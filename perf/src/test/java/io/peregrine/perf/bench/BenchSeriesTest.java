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

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

class BenchSeriesTest
{
    private static final double MEDIAN = 50;
    private static final double ROUNDING = 0.01;
    private static final int ORDERS = 300;
    private static final Disturbance QUIET = new Disturbance(0, 0, 0);
    private static final Disturbance STOLEN = new Disturbance(50, 0, 0);

    private final BenchSeries floor = new BenchSeries("C floor", null);
    private final BenchSeries client = new BenchSeries("A client/5", null);

    @Test
    void shouldCompareAllRoundsTogether()
    {
        for (int i = 1; i <= 7; i++)
        {
            add(floor, 10_000 * i, QUIET);
            add(client, 15_000 * i, QUIET);
        }

        assertEquals("7 rounds, 0 spoiled", choose());
        assertEquals(1.5, client.ratio(floor, MEDIAN).value(), ROUNDING);
        assertEquals(40_000, floor.valueNs(MEDIAN), 40_000 * ROUNDING);
    }

    @Test
    void shouldKnowARatioBetterTheMoreItsRoundsAgree()
    {
        for (int i = 0; i < 6; i++)
        {
            add(floor, 10_000, QUIET);
            client.add(new Round(orders(15_000, ORDERS), orders(0, 0), 0, QUIET));
        }
        choose();
        assertEquals(0, client.ratio(floor, MEDIAN).error(), ROUNDING);

        // Without one of them the median is another.
        add(floor, 10_000, QUIET);
        client.add(new Round(orders(30_000, 5 * ORDERS + ORDERS / 2), orders(0, 0), 0, QUIET));
        choose();
        assertEquals(1.71, client.ratio(floor, MEDIAN).error(), ROUNDING);
    }

    @Test
    void shouldKeepRoundsApartThatAreSpoiledForOne()
    {
        for (int i = 0; i < 5; i++)
        {
            add(floor, 10_000, QUIET);
            add(client, 12_000, QUIET);
        }
        for (int i = 0; i < 20; i++)
        {
            add(floor, 70_000, QUIET);
            add(client, 90_000, STOLEN);
        }

        assertEquals("25 rounds, 20 spoiled; spoiled rounds are kept apart", choose());
        assertEquals(1.2, client.ratio(floor, MEDIAN).value(), ROUNDING);
        assertEquals(12_000, client.valueNs(MEDIAN), 12_000 * ROUNDING);
        assertEquals(10_000, floor.valueNs(MEDIAN), 10_000 * ROUNDING);
        assertEquals(5 * ORDERS, client.total().getTotalCount());
    }

    @Test
    void shouldTakeAllRoundsWhenTooFewAreClean()
    {
        add(floor, 10_000, QUIET);
        add(client, 10_000, QUIET);
        for (int i = 0; i < 4; i++)
        {
            add(floor, 10_000, STOLEN);
            add(client, 20_000, STOLEN);
        }

        assertEquals("5 rounds, 4 spoiled; spoiled rounds are among the figures, for too few are clean", choose());
        assertEquals(2, client.ratio(floor, MEDIAN).value(), ROUNDING);
        assertEquals(5 * ORDERS, client.total().getTotalCount());
    }

    @Test
    void shouldKeepTurnsApartWhileTheCoresWereNotNear()
    {
        for (int i = 0; i < 5; i++)
        {
            floor.add(new Round(orders(10_000, ORDERS), orders(20_000, 3 * ORDERS), 0, QUIET));
            client.add(new Round(orders(15_000, ORDERS), orders(24_000, 3 * ORDERS), 0, QUIET));
        }

        assertEquals("5 rounds, 0 spoiled, 75 % of the orders while the cores were not near and quiet; " +
            "these orders are kept apart", choose());
        assertEquals(1.5, client.ratio(floor, MEDIAN).value(), ROUNDING);
        assertEquals(10_000, floor.valueNs(MEDIAN), 10_000 * ROUNDING);
        assertEquals(5 * ORDERS, client.total().getTotalCount());
    }

    @Test
    void shouldTakeAllTurnsOfAllContendersWhenTooFewOrdersWereUndisturbedForOne()
    {
        for (int i = 0; i < 5; i++)
        {
            floor.add(new Round(orders(10_000, 1), orders(20_000, ORDERS), 0, QUIET));
            client.add(new Round(orders(10_000, ORDERS), orders(24_000, 3 * ORDERS), 0, QUIET));
        }

        assertEquals("5 rounds, 0 spoiled, 80 % of the orders while the cores were not near and quiet; " +
            "these orders are among the figures, for the others are too few", choose());
        assertEquals(1.2, client.ratio(floor, MEDIAN).value(), ROUNDING);
        assertEquals(20_000, floor.valueNs(MEDIAN), 20_000 * ROUNDING);
    }

    @Test
    void shouldNotKnowARatioThatHangsOnASingleRound()
    {
        for (int i = 0; i < 5; i++)
        {
            add(floor, 10_000, QUIET);
            client.add(new Round(orders(15_000, 0 == i ? 1_000 : 0), orders(15_000, ORDERS), 0, QUIET));
        }
        choose();

        assertEquals(1.5, client.ratio(floor, MEDIAN).value(), ROUNDING);
        assertFalse(client.ratio(floor, MEDIAN).isSettled());
    }

    @Test
    void shouldNameFilesAndFiguresWithoutSigns()
    {
        assertEquals("Aclient5", client.key());
    }

    private String choose()
    {
        return ScenarioResult.of(Scenario.QUICK.getFirst(), List.of(floor, client)).choice().description();
    }

    private static void add(final BenchSeries series, final long ns, final Disturbance disturbance)
    {
        series.add(new Round(orders(ns, ORDERS), orders(ns, 0), 0, disturbance));
    }

    private static Histogram orders(final long ns, final long count)
    {
        final Histogram histogram = new Histogram(3);
        if (count > 0)
        {
            histogram.recordValueWithCount(ns, count);
        }

        return histogram;
    }
}
