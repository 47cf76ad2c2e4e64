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

/**
 * A ring that many producers offer requests through. A claim is one atomic addition, which no other producer delays;
 * nothing between it and the announcement can fail, so that no producer leaves a gap behind.
 */
public final class ManyToOneRequestRing extends RequestRing
{
    /**
     * Allocates the ring.
     *
     * @param minCapacity number of slots, of all producers, that may be announced and not taken at the same time.
     */
    public ManyToOneRequestRing(final int minCapacity)
    {
        super(minCapacity);
    }

    @Override
    long claim()
    {
        return UnsafeApi.getAndAddLong(null, tailAddress, 1);
    }
}
