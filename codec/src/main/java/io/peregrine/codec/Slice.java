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

/** Offset and length of a piece of a buffer, packed into one long so that nothing is allocated to pass them on. */
final class Slice
{
    private Slice()
    {
    }

    static long of(final int offset, final int length)
    {
        return ((long)offset << 32) | length;
    }

    static int offset(final long slice)
    {
        return (int)(slice >> 32);
    }

    static int length(final long slice)
    {
        return (int)slice;
    }
}
