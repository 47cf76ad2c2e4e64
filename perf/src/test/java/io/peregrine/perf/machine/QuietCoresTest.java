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
package io.peregrine.perf.machine;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class QuietCoresTest
{
    private final QuietCores cores = new QuietCores(1.25);

    @Test
    void shouldBeQuietWhileNeitherTakesMuchLongerThanEver()
    {
        assertTrue(cores.areQuiet(4_000, 5_000), "nothing is known yet");

        assertTrue(cores.areQuiet(5_000, 6_250));
        assertFalse(cores.areQuiet(5_001, 5_000), "the own one is shared");
        assertFalse(cores.areQuiet(4_000, 6_251), "the other one is");
    }

    @Test
    void shouldLearnFromEitherHowQuickTheyCanBe()
    {
        assertTrue(cores.areQuiet(8_000, 10_000));
        assertFalse(cores.areQuiet(4_000, 20_000));

        assertFalse(cores.areQuiet(8_000, 10_000));
        assertTrue(cores.areQuiet(4_000, 10_000));
    }

    @Test
    void shouldNotBeQuietWhenTheOtherOneDoesNotSay()
    {
        assertFalse(cores.areQuiet(4_000, CoreDistance.UNKNOWN), "nor before it ever did");
        cores.areQuiet(4_000, 5_000);

        assertFalse(cores.areQuiet(4_000, CoreDistance.UNKNOWN));
    }
}
