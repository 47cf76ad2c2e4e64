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
package io.peregrine.perf.floor;

import java.io.IOException;

/** A client in a process of its own, connected to a server, which sleeps but for its turns. */
public interface TurnClient extends AutoCloseable
{
    /**
     * Has its turn; the calling thread sleeps meanwhile, so that it may share the core.
     *
     * @param plan how long.
     * @return what was measured.
     * @throws IOException when the server or the client fails, or the answers are not what they should be.
     */
    Turn turn(TurnPlan plan) throws IOException;

    /**
     * The id of its process.
     *
     * @return the id that the operating system gave it.
     */
    long pid();

    /**
     * Ends the connection.
     *
     * @throws IOException when that fails.
     */
    @Override
    void close() throws IOException;
}
