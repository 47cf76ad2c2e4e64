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
package io.peregrine.engine;

/** Something that the duty cycle does besides driving connections. */
@FunctionalInterface
public interface EngineTask
{
    /**
     * Does what is due, without waiting.
     *
     * @param nowNs time at which the duty cycle began, on the clock of {@link HttpEngine#nanoTime()}.
     * @return number of things done; 0 when there was nothing to do.
     */
    int doWork(long nowNs);
}
