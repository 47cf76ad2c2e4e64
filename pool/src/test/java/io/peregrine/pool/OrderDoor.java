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

import io.peregrine.engine.RecordingHandler;

import java.util.Set;

/** A way for orders into an engine with one connection, as a test of faults needs it. */
interface OrderDoor extends AutoCloseable
{
    /** The doors there are. */
    enum Kind
    {
        /** {@link ClientPool}, on the engine's thread. */
        IN_THREAD,

        /** {@link AtomicClientPool}, with the engine on a thread of its own. */
        ATOMIC;

        /** Connects. */
        OrderDoor open(final ClientPoolBuilder builder)
        {
            return IN_THREAD == this ? new InThreadDoor(builder) : new AtomicDoor(builder);
        }
    }

    /** Waits for a connection, sends an order, and waits for its outcome. */
    RecordingHandler.Outcome send(int id, int bodyLength);

    /** Waits until an idle connection has ended; returns with which of the errors. */
    String awaitIdleError(Set<String> errors);

    /** Waits until the first connection was replaced. */
    void awaitReplacement();

    @Override
    void close();
}
