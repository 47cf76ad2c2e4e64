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
package io.peregrine.perf.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Sees what disturbs a round, from the kernel's counters: time stolen by the host, time used by processes that have no
 * part in the round, throttling. Where there are no such counters it sees nothing.
 */
final class NoiseMeter
{
    private static final String THROTTLED = "throttled_usec ";
    private static final double PERCENT = 100;
    private static final int PROCESS_USER = 11;
    private static final int PROCESS_TIMES = 4;

    private final Path stat;
    private final Path proc;
    private final Path cgroupCpu;
    private final long[] pids;
    private MachineTicks startMachine;
    private long startOwn;
    private long startThrottledUs;

    /** Processes that take part, besides this one and those it has waited for. */
    NoiseMeter(final long... pids)
    {
        this(Path.of("/"), pids);
    }

    /** Reads the counters below another root than that of the file system. */
    NoiseMeter(final Path root, final long... pids)
    {
        proc = root.resolve("proc");
        stat = proc.resolve("stat");
        cgroupCpu = root.resolve("sys/fs/cgroup/cpu.stat");
        this.pids = pids;
    }

    /** Waits a while for the machine to be quiet: whoever had its turn before may have something left to compile. */
    void start() throws IOException
    {
        MachineTicks.awaitQuiet(stat);
        startMachine = MachineTicks.read(stat);
        startOwn = own();
        startThrottledUs = throttledUs();
    }

    Disturbance stop() throws IOException
    {
        final MachineTicks machine = MachineTicks.read(stat);
        final double ticks = Math.max(1, machine.total() - startMachine.total());
        // The counter of a process may be a tick behind that of its processor, or before it: that is no load.
        final long unsure = 1 + pids.length + Runtime.getRuntime().availableProcessors();
        final long other = Math.max(0, machine.busy() - startMachine.busy() - (own() - startOwn) - unsure);
        return new Disturbance(
            PERCENT * (machine.stolen() - startMachine.stolen()) / ticks,
            PERCENT * other / ticks,
            TimeUnit.MICROSECONDS.toNanos(throttledUs() - startThrottledUs));
    }

    private long own() throws IOException
    {
        long ticks = ticksOf("self", PROCESS_TIMES);
        for (final long pid : pids)
        {
            ticks += ticksOf(Long.toString(pid), PROCESS_TIMES / 2);
        }

        return ticks;
    }

    private long ticksOf(final String process, final int times) throws IOException
    {
        final Path file = proc.resolve(process).resolve("stat");
        if (!Files.exists(file))
        {
            return 0;
        }

        // The name before may hold blanks.
        final String text = Files.readString(file);
        final String[] words = text.substring(text.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int i = 0; i < times; i++)
        {
            ticks += Long.parseLong(words[PROCESS_USER + i]);
        }

        return ticks;
    }

    private long throttledUs() throws IOException
    {
        if (!Files.exists(cgroupCpu))
        {
            return 0;
        }

        return Files.readAllLines(cgroupCpu).stream().filter((line) -> line.startsWith(THROTTLED))
            .mapToLong((line) -> Long.parseLong(line.substring(THROTTLED.length()).trim())).findFirst().orElse(0);
    }
}
