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
package io.peregrine.pool;

import io.peregrine.codec.ErrorCode;

/** Takes the outcome of waiting for a slot: exactly one call for each, on the thread of the pool. */
public interface AcquireHandler
{
    /**
     * A slot was acquired; it has to be given back.
     *
     * @param correlationId given to acquire.
     * @param slot          whose connection is ready.
     */
    void onAcquired(long correlationId, ClientSlot slot);

    /**
     * No slot was acquired.
     *
     * @param correlationId given to acquire.
     * @param error         {@link io.peregrine.engine.ConnectionError#ACQUIRE_TIMEOUT},
     *                      {@link io.peregrine.engine.ConnectionError#TOO_MANY_WAITING} or
     *                      {@link io.peregrine.engine.ConnectionError#CLOSED_LOCALLY}.
     */
    void onAcquireFailed(long correlationId, ErrorCode error);
}
