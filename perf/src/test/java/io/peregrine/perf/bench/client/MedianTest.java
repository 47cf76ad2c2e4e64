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
package io.peregrine.perf.bench.client;

import org.junit.jupiter.api.Test;

import java.util.stream.DoubleStream;

import static org.junit.jupiter.api.Assertions.assertEquals;

class MedianTest
{
    @Test
    void shouldBeTheOneInTheMiddleOrTheMeanOfTwo()
    {
        assertEquals(7, Median.of(DoubleStream.of(7)));
        assertEquals(2.5, Median.of(DoubleStream.of(4, 1)));
        assertEquals(3, Median.of(DoubleStream.of(1_000, 3, 2)));
        assertEquals(4, Median.of(DoubleStream.of(5, 9, 3, 1)));
    }

    @Test
    void shouldBeNoNumberOfNone()
    {
        assertEquals(Double.NaN, Median.of(DoubleStream.empty()));
    }
}
