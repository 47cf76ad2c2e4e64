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
package io.peregrine.perf.jmh;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GarbageCheckTest
{
    private static final int SMALLEST_OBJECT = 16;
    private static final long MANY = 10_000_000;
    private static final long FEW = 30_000;
    private static final double OWN_BYTES = 14 * 1024;

    @Test
    void shouldTakeWhatJmhAllocatesForNothing()
    {
        assertTrue(new IterationGarbage(0, MANY).isClean());
        assertTrue(new IterationGarbage(OWN_BYTES / MANY, MANY).isClean());
        assertTrue(new IterationGarbage(OWN_BYTES / FEW, FEW).isClean());
    }

    @Test
    void shouldFindAnObjectInEachOperation()
    {
        assertFalse(new IterationGarbage(SMALLEST_OBJECT + OWN_BYTES / MANY, MANY).isClean());
        assertFalse(new IterationGarbage(SMALLEST_OBJECT + OWN_BYTES / FEW, FEW).isClean());
    }

    @Test
    void shouldFindAnObjectInSomeOperations()
    {
        assertFalse(new IterationGarbage(SMALLEST_OBJECT / 1_000.0 + OWN_BYTES / MANY, MANY).isClean());
        assertFalse(new IterationGarbage(SMALLEST_OBJECT / 20.0 + OWN_BYTES / FEW, FEW).isClean());
    }

    @Test
    void shouldNotTakeNothingMeasuredForClean()
    {
        assertFalse(new IterationGarbage(0, 0).isClean());
        assertFalse(GarbageCheck.cleanest(List.of()).isClean());
    }

    @Test
    void shouldJudgeByTheCleanestIteration()
    {
        final IterationGarbage clean = new IterationGarbage(0.001, MANY);
        final IterationGarbage closing = new IterationGarbage(11, FEW);

        assertEquals(clean, GarbageCheck.cleanest(List.of(closing, clean, closing)));
        assertEquals(closing, GarbageCheck.cleanest(List.of(closing)));
        assertEquals(clean, GarbageCheck.cleanest(List.of(new IterationGarbage(0, 0), clean)));
    }
}
