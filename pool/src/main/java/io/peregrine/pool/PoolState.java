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

import io.peregrine.engine.ConnectionError;

/** What all threads know of a pool: whether it takes requests, and whether its engine has ended for good. */
final class PoolState
{
    private volatile boolean isClosing;
    private volatile boolean isQuiet;
    private volatile ConnectionError terminationError;

    /** No request is taken any more. */
    void close()
    {
        isClosing = true;
    }

    boolean isClosing()
    {
        return isClosing;
    }

    /** While closing: whether nothing is under way any more. */
    boolean isQuiet()
    {
        return isQuiet;
    }

    void isQuiet(final boolean isQuiet)
    {
        this.isQuiet = isQuiet;
    }

    /** The engine's last word: after it the engine's thread touches nothing that belongs to a client. */
    void terminate(final ConnectionError error)
    {
        isClosing = true;
        terminationError = error;
    }

    /** Why the engine has ended; null while it has not. */
    ConnectionError terminationError()
    {
        return terminationError;
    }
}
