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
package io.peregrine.engine;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReconnectPolicyTest
{
    @Test
    void shouldDoubleUpToTheLongestDelay()
    {
        final ReconnectPolicy policy = new ReconnectPolicy(3, 20);
        final long[] expectedNs = { 0, 3, 6, 12, 20, 20 };
        for (int i = 0; i < expectedNs.length; i++)
        {
            assertEquals(expectedNs[i], policy.delayNs(i));
        }
        assertEquals(20, policy.delayNs(Integer.MAX_VALUE));
    }

    @Test
    void shouldBeEnabledUnlessTheLongestDelayIsZero()
    {
        assertTrue(ReconnectPolicy.DEFAULT.isEnabled());
        assertFalse(ReconnectPolicy.NEVER.isEnabled());
    }

    @Test
    void shouldRefuseNonsensicalDelays()
    {
        assertThrows(IllegalArgumentException.class, () -> new ReconnectPolicy(-1, 5));
        assertThrows(IllegalArgumentException.class, () -> new ReconnectPolicy(6, 5));
    }
}
