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

import net.openhft.affinity.Affinity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicInteger;

/** Which core a thread is bound to. */
public final class CpuPinning
{
    /** Number of no core: the thread may run anywhere. */
    public static final int NO_CPU = -1;

    private static final Path ISOLATED = Path.of("/sys/devices/system/cpu/isolated");
    private static final CpuPinning NONE = new CpuPinning(NO_CPU, false);

    /** Isolated cores are given out in turn, so that two engines of a process do not share one. */
    private static final AtomicInteger NEXT_ISOLATED = new AtomicInteger();

    private final int cpu;
    private final boolean isIsolated;

    private CpuPinning(final int cpu, final boolean isIsolated)
    {
        this.cpu = cpu;
        this.isIsolated = isIsolated;
    }

    /**
     * The thread runs wherever the system puts it.
     *
     * @return the pinning.
     */
    public static CpuPinning none()
    {
        return NONE;
    }

    /**
     * The thread runs on one core.
     *
     * @param cpu number of the core, from 0.
     * @return the pinning.
     * @throws IllegalArgumentException when the number is negative.
     */
    public static CpuPinning cpu(final int cpu)
    {
        if (cpu < 0)
        {
            throw new IllegalArgumentException("cpu must not be negative, but is " + cpu);
        }

        return new CpuPinning(cpu, false);
    }

    /**
     * The thread runs on a core that the kernel keeps other threads away from ({@code isolcpus}); each call to pin
     * takes the next one.
     *
     * @return the pinning.
     */
    public static CpuPinning isolated()
    {
        return new CpuPinning(NO_CPU, true);
    }

    /**
     * Whether a core is asked for at all.
     *
     * @return false for {@link #none()}.
     */
    public boolean isWanted()
    {
        return NO_CPU != cpu || isIsolated;
    }

    /**
     * Binds the calling thread, and the threads that it starts from here on.
     *
     * @return number of the core, or {@link #NO_CPU} when none is wanted.
     * @throws IllegalStateException when the thread cannot be bound; says why.
     */
    public int pin()
    {
        if (!isWanted())
        {
            return NO_CPU;
        }

        final int wantedCpu = isIsolated ? nextIsolated() : cpu;
        final BitSet wanted = new BitSet();
        wanted.set(wantedCpu);
        try
        {
            Affinity.setAffinity(wanted);
            if (wanted.equals(Affinity.getAffinity()))
            {
                return wantedCpu;
            }
        }
        catch (final RuntimeException | LinkageError ex)
        {
            throw new IllegalStateException("not pinned to core " + wantedCpu + ": " + ex, ex);
        }

        throw new IllegalStateException("not pinned to core " + wantedCpu + ": the system refused");
    }

    /**
     * What is asked for.
     *
     * @return a short text.
     */
    @Override
    public String toString()
    {
        if (isIsolated)
        {
            return "an isolated core";
        }

        return NO_CPU == cpu ? "any core" : "core " + cpu;
    }

    private static int nextIsolated()
    {
        final BitSet isolated = isolatedCpus();
        if (isolated.isEmpty())
        {
            throw new IllegalStateException("not pinned: " + ISOLATED + " names no core");
        }

        final int turn = NEXT_ISOLATED.getAndIncrement() % isolated.cardinality();
        return isolated.stream().skip(turn).findFirst().orElseThrow();
    }

    private static BitSet isolatedCpus()
    {
        try
        {
            return parse(Files.readString(ISOLATED).trim());
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException("not pinned: cannot read " + ISOLATED, ex);
        }
    }

    /** Numbers and ranges as the kernel lists them: {@code 2-5,8}. */
    static BitSet parse(final String list)
    {
        final BitSet cpus = new BitSet();
        for (final String part : list.isEmpty() ? new String[0] : list.split(","))
        {
            final String[] ends = part.split("-");
            cpus.set(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]) + 1);
        }

        return cpus;
    }
}
