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
package io.peregrine.pool.ring;

import org.agrona.UnsafeApi;

/** A ring that one producer offers requests through. */
public final class OneToOneRequestRing extends RequestRing
{
    /**
     * Allocates the ring.
     *
     * @param minCapacity number of slots that may be announced and not taken at the same time.
     */
    public OneToOneRequestRing(final int minCapacity)
    {
        super(minCapacity);
    }

    @Override
    long claim()
    {
        final long tail = UnsafeApi.getLong(tailAddress);
        UnsafeApi.putLong(tailAddress, tail + 1);
        return tail;
    }
}
