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

import org.junit.jupiter.api.Test;

import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;

class WarmUpWatchTest
{
    private static final int MANY = 20;

    @Test
    void shouldEndWhenAFewStretchesInARowBroughtNothing()
    {
        assertEquals(4, stretches(MANY, 15_000, 15_000, 15_000, 15_000));
        assertEquals(6, stretches(MANY, 700_000, 120_000, 80_000, 79_000, 95_000, 78_000));
    }

    @Test
    void shouldGoOnWhenAClientBecomesFasterLate()
    {
        assertEquals(8, stretches(MANY, 130_000, 131_000, 122_000, 123_000, 67_000, 68_000, 67_500, 66_900));
    }

    @Test
    void shouldNotTakeASlowStretchForTheBest()
    {
        assertEquals(6, stretches(MANY, 15_000, 30_000, 14_000, 25_000, 20_000, 15_000));
    }

    @Test
    void shouldEndAfterManyInAnyCase()
    {
        final long[] everFaster = LongStream.range(0, MANY).map((i) -> 1_000_000 >> i).toArray();

        assertEquals(7, stretches(7, everFaster));
    }

    /** After how many it is over. */
    private static int stretches(final int max, final long... mediansNs)
    {
        final WarmUpWatch watch = new WarmUpWatch(max);
        int stretches = 0;
        while (!watch.isOver())
        {
            watch.onStretch(mediansNs[stretches++]);
        }

        return stretches;
    }
}
