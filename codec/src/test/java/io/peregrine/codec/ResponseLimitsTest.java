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
package io.peregrine.codec;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ResponseLimitsTest
{
    private static final ResponseLimits LIMITS = new ResponseLimits(100, 2, 3, 4, 5, 6, false);

    @Test
    void shouldBeStrictAndFiniteByDefault()
    {
        assertEquals(new ResponseLimits(8192, 64, 1_048_576, 8, 4096, 8192, false), ResponseLimits.DEFAULT);
    }

    @Test
    void shouldChangeOneLimitAtATime()
    {
        assertEquals(new ResponseLimits(99, 2, 3, 4, 5, 6, false), LIMITS.maxHeadLength(99));
        assertEquals(new ResponseLimits(100, 99, 3, 4, 5, 6, false), LIMITS.maxHeaders(99));
        assertEquals(new ResponseLimits(100, 2, 99, 4, 5, 6, false), LIMITS.maxBodyLength(99));
        assertEquals(new ResponseLimits(100, 2, 3, 99, 5, 6, false), LIMITS.maxInterimResponses(99));
        assertEquals(new ResponseLimits(100, 2, 3, 4, 99, 6, false), LIMITS.maxChunkExtensionLength(99));
        assertEquals(new ResponseLimits(100, 2, 3, 4, 5, 99, false), LIMITS.maxTrailerLength(99));
        assertEquals(new ResponseLimits(100, 2, 3, 4, 5, 6, true), LIMITS.allowBareLineFeed(true));
        assertFalse(LIMITS.allowBareLineFeed(true).allowBareLineFeed(false).isBareLineFeedAllowed());
    }

    @Test
    void shouldKeepLeniencyWhenALimitChanges()
    {
        final ResponseLimits lenient = LIMITS.allowBareLineFeed(true);

        assertTrue(lenient.maxHeadLength(99).isBareLineFeedAllowed());
        assertTrue(lenient.maxHeaders(99).isBareLineFeedAllowed());
        assertTrue(lenient.maxBodyLength(99).isBareLineFeedAllowed());
        assertTrue(lenient.maxInterimResponses(99).isBareLineFeedAllowed());
        assertTrue(lenient.maxChunkExtensionLength(99).isBareLineFeedAllowed());
        assertTrue(lenient.maxTrailerLength(99).isBareLineFeedAllowed());
    }

    @Test
    void shouldAcceptTheSmallestLimitsThatAreOfUse()
    {
        assertEquals(new ResponseLimits(16, 1, 0, 0, 0, 0, false),
            LIMITS.maxHeadLength(16).maxHeaders(1).maxBodyLength(0)
            .maxInterimResponses(0).maxChunkExtensionLength(0).maxTrailerLength(0));
    }

    @Test
    void shouldNameTheLimitThatIsTooSmall()
    {
        thenRefused("maxHeadLength must be at least 16, not 15", () -> LIMITS.maxHeadLength(15));
        thenRefused("maxHeaders must be at least 1, not 0", () -> LIMITS.maxHeaders(0));
        thenRefused("maxBodyLength must be at least 0, not -1", () -> LIMITS.maxBodyLength(-1));
        thenRefused("maxInterimResponses must be at least 0, not -1", () -> LIMITS.maxInterimResponses(-1));
        thenRefused("maxChunkExtensionLength must be at least 0, not -1", () -> LIMITS.maxChunkExtensionLength(-1));
        thenRefused("maxTrailerLength must be at least 0, not -1", () -> LIMITS.maxTrailerLength(-1));
    }

    private static void thenRefused(final String message, final Runnable change)
    {
        assertEquals(message, assertThrows(IllegalArgumentException.class, change::run).getMessage());
    }
}
