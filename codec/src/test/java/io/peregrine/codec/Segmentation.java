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

import java.util.SplittableRandom;

/** How a stream is cut into the pieces that a socket would deliver. */
@FunctionalInterface
interface Segmentation
{
    Segmentation WHOLE = offset -> Integer.MAX_VALUE;

    /** Length of the piece that starts at offset; more than there is means all the rest. */
    int lengthAt(int offset);

    static Segmentation piecesOf(final int length)
    {
        return offset -> length;
    }

    static Segmentation cutAt(final int cutOffset)
    {
        return offset -> offset < cutOffset ? cutOffset - offset : Integer.MAX_VALUE;
    }

    /** Mostly short pieces; some empty ones, as from a read that finds nothing. */
    static Segmentation random(final SplittableRandom random)
    {
        final int bound = random.nextBoolean() ? 4 : 40;
        return offset -> random.nextInt(bound);
    }
}
