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
 * @param looksNs      how long a piece of work took on the client's core and on the server's, two numbers for a look,
 *                     in nanoseconds: one before each {@link #LOOK_ORDERS} orders, and one behind the last; none when
 *                     nobody looked.
 * @param garbageBytes that all threads of its JVM allocated meanwhile; {@link #NO_GARBAGE} for a program without any.
 */
public record Turn(long[] timesNs, long[] looksNs, long garbageBytes)
{
    /** Stands for the garbage of a program that is not Java. */
    public static final long NO_GARBAGE = -1;

    /** How many orders are measured between two looks, as in C; one more, right behind a look, is not. */
    public static final int LOOK_ORDERS = 10;

    /** How many numbers a look has. */
    public static final int LOOK_LENGTH = 2;

    /**
     * Checks that there are as many looks as orders ask for.
     *
     * @throws IllegalArgumentException when there are not.
     */
    public Turn
    {
        final int looks = (timesNs.length + LOOK_ORDERS - 1) / LOOK_ORDERS + 1;
        if (0 != looksNs.length && LOOK_LENGTH * looks != looksNs.length)
        {
            throw new IllegalArgumentException(looksNs.length + " numbers of " + looks + " looks");
        }
    }
}
