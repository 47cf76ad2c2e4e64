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
package io.peregrine.perf.jmh;

import io.peregrine.perf.machine.CoreDistance;
import io.peregrine.perf.machine.IdleProcessors;
import io.peregrine.perf.machine.NearCores;
import io.peregrine.pool.CpuPinning;
import net.openhft.affinity.Affinity;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import java.io.IOException;
import java.util.BitSet;

/**
 * The two processors that threads speak across, near each other for a whole trial, so that two trials measure the same:
 * they are kept awake, and before it they may move. Where they cannot be kept awake, or never come near each other, the
 * trial says so and goes on.
 */
@State(Scope.Benchmark)
public class NearProcessors
{
    static final int CLIENT_CPU = 0;
    static final int ENGINE_CPU = 1;
    private static final int MAX_MOVES = 50;

    /** The first ones are interpreted. */
    private static final int LOOKS = 200;

    private IdleProcessors idle;

    /**
     * Made by JMH.
     */
    public NearProcessors()
    {
    }

    /**
     * Before anybody spins on them.
     *
     * @throws IOException when the distance cannot be measured.
     */
    @Setup
    public void comeNear() throws IOException
    {
        idle = IdleProcessors.keepAwake();
        long distanceNs = distanceNs();
        for (int i = 0; i < MAX_MOVES && idle.areAwake() && !NearCores.BELOW_ONE_CACHE.isNear(distanceNs); i++)
        {
            idle.rest();
            distanceNs = distanceNs();
        }
        System.out.println("# idle: " + idle + "; a word there and back: " + distanceNs + " ns");
    }

    /**
     * They may sleep again.
     *
     * @throws IOException when the system does not take it.
     */
    @TearDown
    public void letSleep() throws IOException
    {
        idle.close();
    }

    private static long distanceNs() throws IOException
    {
        final BitSet cpus = Affinity.getAffinity();
        CpuPinning.cpu(CLIENT_CPU).pin();
        try (CoreDistance distance = new CoreDistance())
        {
            final Thread thread = new Thread(() -> echo(distance), "echo");
            thread.setDaemon(true);
            thread.start();
            long distanceNs = CoreDistance.UNKNOWN;
            for (int i = 0; i < LOOKS && thread.isAlive(); i++)
            {
                distanceNs = distance.measureNs();
            }
            thread.interrupt();
            while (thread.isAlive())
            {
                Thread.onSpinWait();
            }

            return distanceNs;
        }
        finally
        {
            Affinity.setAffinity(cpus);
        }
    }

    private static void echo(final CoreDistance distance)
    {
        CpuPinning.cpu(ENGINE_CPU).pin();
        while (!Thread.currentThread().isInterrupted())
        {
            distance.echo();
        }
    }
}
