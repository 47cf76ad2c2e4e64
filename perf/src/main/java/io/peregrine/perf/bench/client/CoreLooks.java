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
package io.peregrine.perf.bench.client;

import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.machine.CoreDistance;
import io.peregrine.perf.machine.CoreWork;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Looks at the client's core and at the server's in the course of a turn; none when the server does not echo. */
final class CoreLooks implements AutoCloseable
{
    private final CoreWork work = new CoreWork();
    private final CoreDistance distance;
    private long[] ns = {};
    private int length;

    /** Looks through a file that the server echoes in, or not at all when it is null. */
    CoreLooks(final Path echo)
    {
        distance = null == echo ? null : CoreDistance.in(echo);
    }

    /** Makes way for those of a turn. */
    void begin(final int orders)
    {
        final int capacity = Turn.LOOK_LENGTH * (orders / Turn.LOOK_ORDERS + 2);
        if (ns.length < capacity)
        {
            ns = new long[capacity];
        }
        length = 0;
    }

    /** False when nobody looks. */
    boolean look()
    {
        if (null == distance)
        {
            return false;
        }

        ns[length] = work.ns();
        ns[length + 1] = distance.workNs();
        length += Turn.LOOK_LENGTH;
        return true;
    }

    /** What they have seen since {@link #begin(int)}. */
    long[] ns()
    {
        return Arrays.copyOf(ns, length);
    }

    @Override
    public void close() throws IOException
    {
        if (null != distance)
        {
            distance.close();
        }
    }
}
