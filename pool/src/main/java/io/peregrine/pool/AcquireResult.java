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

/** Keeps the slot for a caller that waits for it. */
final class AcquireResult implements AcquireHandler
{
    private ClientSlot slot;
    private boolean isDone;

    void reset()
    {
        slot = null;
        isDone = false;
    }

    boolean isDone()
    {
        return isDone;
    }

    /** Null when no slot was acquired. */
    ClientSlot slot()
    {
        return slot;
    }

    @Override
    public void onAcquired(final long correlationId, final ClientSlot slot)
    {
        this.slot = slot;
        isDone = true;
    }

    @Override
    public void onAcquireFailed(final long correlationId, final ErrorCode error)
    {
        isDone = true;
    }
}
