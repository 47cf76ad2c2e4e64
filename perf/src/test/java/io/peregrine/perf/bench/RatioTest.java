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

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RatioTest
{
    private static final double ROUNDING = 1e-9;

    @Test
    void shouldBeTwiceTheStandardErrorOfTheJackknife()
    {
        // Ratios without each of three rounds: 1, 2, 3. Squares about 2 are 2 in all; two thirds of it count.
        final Ratio ratio = Ratio.of(2, new double[]{ 1, 4, 9 }, new double[]{ 1, 2, 3 });

        assertEquals(2, ratio.value());
        assertEquals(2 * Math.sqrt(4.0 / 3) / 2, ratio.error(), ROUNDING);
    }

    @Test
    void shouldNotKnowItsErrorAfterASingleRound()
    {
        final Ratio ratio = Ratio.of(1.5, new double[]{ Double.NaN }, new double[]{ Double.NaN });

        assertFalse(ratio.isSettled());
        assertEquals("(1.500x +- ?)", ratio.text());
    }

    @Test
    void shouldSayHowWellItIsKnown()
    {
        assertEquals("1.050x +- 0.8 %", new Ratio(1.0499, 0.0078).text());
        assertEquals("12.1x +- 5.0 %", new Ratio(12.1, 0.05).text());
        assertEquals("(2.550x +- 8.9 %)", new Ratio(2.55, 0.089).text());
        assertEquals("1.000x", new Ratio(1, 0).text(), "the floor to itself");
        assertTrue(new Ratio(2, 0.05).isSettled());
        assertFalse(new Ratio(2, 0.051).isSettled());
    }
}
