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

import java.util.SplittableRandom;

/** Takes a random part off a limit or a delay, so that what started together does not go on in step. */
final class Jitter
{
    private Jitter()
    {
    }

    /** What is left of a limit: a factor from 1 - jitter up to 1. */
    static double part(final double jitter, final SplittableRandom random)
    {
        return jitter > 0 ? 1 - jitter * random.nextDouble() : 1;
    }

    static void requireValid(final double jitter)
    {
        if (!(jitter >= 0 && jitter < 1))
        {
            throw new IllegalArgumentException("jitter must be from 0 up to but not including 1, not " + jitter);
        }
    }
}
