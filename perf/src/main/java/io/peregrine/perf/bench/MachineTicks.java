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
import java.util.concurrent.locks.LockSupport;

/**
 * What all processors did since the machine started, in ticks of the kernel's clock.
 * <p>
 * The time of interrupts is nobody's here: on loopback it is the kernel's part of the exchange itself, and a kernel
 * that counts it apart counts it for no process.
 *
 * @param total  of all processors.
 * @param stolen by the host.
 * @param busy   running processes.
 */
record MachineTicks(long total, long stolen, long busy)
{
    private static final int USER = 1;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int INTERRUPTS = 6;
    private static final int SOFT_INTERRUPTS = 7;
    private static final int STEAL = 8;
    private static final MachineTicks NONE = new MachineTicks(0, 0, 0);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MAX_LOOKS = 40;

    /** Reads {@code /proc/stat}, or a file like it; nothing but zeros where there is none. */
    static MachineTicks read(final Path stat) throws IOException
    {
        if (!Files.exists(stat))
        {
            return NONE;
        }

        final String[] words = Files.readString(stat).lines().findFirst().orElseThrow().split(" +");
        long total = 0;
        for (int i = USER; i <= STEAL; i++)
        {
            total += Long.parseLong(words[i]);
        }

        final long stolen = Long.parseLong(words[STEAL]);
        return new MachineTicks(total, stolen,
            total - stolen - sum(words, IDLE, IO_WAIT, INTERRUPTS, SOFT_INTERRUPTS));
    }

    /** Waits until processes have used no tick for a while, at most two seconds. */
    static void awaitQuiet(final Path stat) throws IOException
    {
        long busy = -1;
        long busyNow = read(stat).busy();
        for (int i = 0; i < MAX_LOOKS && busyNow > busy; i++)
        {
            LockSupport.parkNanos(LOOK_NS);
            busy = busyNow;
            busyNow = read(stat).busy();
        }
    }

    private static long sum(final String[] words, final int... indices)
    {
        long sum = 0;
        for (final int index : indices)
        {
            sum += Long.parseLong(words[index]);
        }

        return sum;
    }
}
