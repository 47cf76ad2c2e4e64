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

/**
 * What a client did in one turn.
 *
 * @param timesNs      of each round trip, in their order, in nanoseconds.
 * @param garbageBytes that all threads of its JVM allocated meanwhile; {@link #NO_GARBAGE} for a program without any.
 */
public record Turn(long[] timesNs, long garbageBytes)
{
    /** Stands for the garbage of a program that is not Java. */
    public static final long NO_GARBAGE = -1;
}
