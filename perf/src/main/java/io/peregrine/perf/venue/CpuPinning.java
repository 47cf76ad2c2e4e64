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
package io.peregrine.perf.venue;

/** Binds threads of tools to cores, which go on when they cannot be bound. */
public final class CpuPinning
{
    /** Stands for a thread that may run anywhere. */
    public static final int NO_CPU = -1;

    private CpuPinning()
    {
    }

    /**
     * Binds the calling thread, and the threads that it starts from here on, to one core. Says so on standard error
     * when that fails, since a run on the wrong core is slow but not wrong.
     *
     * @param cpu the number of the core, from 0, or {@link #NO_CPU} to do nothing.
     * @return whether the thread is bound to that core now.
     */
    public static boolean pin(final int cpu)
    {
        if (NO_CPU == cpu)
        {
            return false;
        }

        try
        {
            io.peregrine.pool.CpuPinning.cpu(cpu).pin();
            return true;
        }
        catch (final IllegalStateException | IllegalArgumentException ex)
        {
            System.err.println(ex.getMessage());
            return false;
        }
    }
}
