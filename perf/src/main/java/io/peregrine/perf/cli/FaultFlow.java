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
package io.peregrine.perf.cli;

import io.peregrine.engine.EngineCounters;

/** A way to send many orders and to write down what becomes of each. */
interface FaultFlow extends AutoCloseable
{
    /** Sends until so many were sent in all, or time is up. */
    void sendUntil(int total, long stopNs);

    /** Waits for what is under way; each has a deadline. */
    void finish();

    /** Orders sent so far. */
    int sent();

    /** Answers that belong to another order, or to none. */
    long misdelivered();

    /** Orders that a 408 for an idle connection crossed on the way. */
    long crossed();

    /** What the engine counts. */
    EngineCounters counters();

    @Override
    void close();
}
