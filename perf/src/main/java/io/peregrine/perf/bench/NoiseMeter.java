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
    private static final Path PROC = Path.of("/proc");
    private static final Path STAT = PROC.resolve("stat");
    private static final Path CGROUP_CPU = Path.of("/sys/fs/cgroup/cpu.stat");
    private static final String THROTTLED = "throttled_usec ";
    private static final double PERCENT = 100;
    private static final int USER = 1;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;
    private static final int PROCESS_USER = 11;
    private static final int PROCESS_TIMES = 4;

    private final long[] pids;
    private long startTicks;
    private long startStolen;
    private long startBusy;
    private long startOwn;
    private long startThrottledUs;

    /** Processes that take part, besides this one and those it has waited for. */
    NoiseMeter(final long... pids)
    {
        this.pids = pids;
    }

    void start() throws IOException
    {
        final long[] machine = machine();
        startTicks = machine[0];
        startStolen = machine[1];
        startBusy = machine[2];
        startOwn = own();
        startThrottledUs = throttledUs();
    }

    Disturbance stop() throws IOException
    {
        final long[] machine = machine();
        final double ticks = Math.max(1, machine[0] - startTicks);
        // A counter of a process may be a tick behind that of the machine: that is no load.
        final long other = Math.max(0, machine[2] - startBusy - (own() - startOwn) - 1 - pids.length);
        return new Disturbance(
            PERCENT * (machine[1] - startStolen) / ticks,
            PERCENT * other / ticks,
            TimeUnit.MICROSECONDS.toNanos(throttledUs() - startThrottledUs));
    }

    /** Ticks of all processors in all, stolen, and busy. */
    private static long[] machine() throws IOException
    {
        if (!Files.exists(STAT))
        {
            return new long[]{ 0, 0, 0 };
        }

        final String[] words = Files.readString(STAT).lines().findFirst().orElseThrow().split(" +");
        long total = 0;
        for (int i = USER; i <= STEAL; i++)
        {
            total += Long.parseLong(words[i]);
        }

        final long stolen = Long.parseLong(words[STEAL]);
        return new long[]{ total, stolen,
            total - stolen - Long.parseLong(words[IDLE]) - Long.parseLong(words[IO_WAIT]) };
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

    private static long ticksOf(final String process, final int times) throws IOException
    {
        final Path file = PROC.resolve(process).resolve("stat");
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

    private static long throttledUs() throws IOException
    {
        if (!Files.exists(CGROUP_CPU))
        {
            return 0;
        }

        return Files.readAllLines(CGROUP_CPU).stream().filter((line) -> line.startsWith(THROTTLED))
            .mapToLong((line) -> Long.parseLong(line.substring(THROTTLED.length()).trim())).findFirst().orElse(0);
    }
}
