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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GoalTest
{
    private static final Goal GOAL = new Goal("plain.p50", 1.05);

    @Test
    void shouldReadAGoal()
    {
        assertEquals(GOAL, Goal.parse("plain.p50<=1.05"));
        assertEquals(new Goal("plain-256k.okhttp.garbage", 0), Goal.parse("plain-256k.okhttp.garbage<=0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain.p50", "plain.p50<1.05", "plain.p50<=", "plain.p50<=x", "<=1", "a<=1.05 "})
    void shouldRefuseWhatIsNoGoal(final String text)
    {
        assertThrows(IllegalArgumentException.class, () -> Goal.parse(text));
    }

    @Test
    void shouldMeetAGoalUpToItsLimit()
    {
        assertTrue(GOAL.isMet(Map.of("plain.p50", 1.05)));
        assertFalse(GOAL.isMet(Map.of("plain.p50", 1.051)));
        assertTrue(GOAL.describe(Map.of("plain.p50", 1.26)).contains("MISSED  plain.p50<=1.05: 1.260 (+20.0 %)"));
    }

    @Test
    void shouldMissAGoalThatWasNotMeasured()
    {
        assertFalse(GOAL.isMet(Map.of()));
        assertTrue(GOAL.describe(Map.of()).contains("not measured"));
    }
}
