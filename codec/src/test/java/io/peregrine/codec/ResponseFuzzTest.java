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
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A short run of {@link ResponseFuzz}, the same each time. */
class ResponseFuzzTest
{
    private static final int INPUTS = 200_000;
    private static final long SEED = Long.getLong("peregrine.test.seed", 20_260_101L);

    @Test
    @Timeout(120)
    void shouldWithstandBrokenResponses()
    {
        final FuzzRun run = new FuzzRun();
        for (int i = 0; i < INPUTS; i++)
        {
            run.run(SEED + i);
        }

        assertTrue(run.isEveryErrorSeen(), run::report);
    }
}
