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

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NoiseMeterTest
{
    private static final int PID = 42;
    private static final double EXACT = 0.001;

    @TempDir
    private Path root;

    private NoiseMeter meter;

    @BeforeEach
    void start() throws IOException
    {
        machine(1_000, 500, 9_000, 70, 10);
        process("self", 100);
        process(Integer.toString(PID), 200);
        throttled(5);
        meter = new NoiseMeter(root, PID);
        meter.start();
    }

    @Test
    void shouldSeeNothingButThoseWhoTakePart() throws IOException
    {
        machine(1_400, 600, 9_500, 70, 10);
        process("self", 300);
        process(Integer.toString(PID), 500);

        final Disturbance disturbance = meter.stop();
        assertEquals(0, disturbance.otherLoadPercent());
        assertFalse(disturbance.isSpoiled());
    }

    @Test
    void shouldTellWhatOthersUsed() throws IOException
    {
        machine(1_600, 700, 9_200, 70, 10);
        process("self", 300);
        process(Integer.toString(PID), 400);

        // 800 busy ticks of 1,000, of which 400 are ours; and a few that the counters cannot tell.
        final int unsure = 2 + Runtime.getRuntime().availableProcessors();
        final Disturbance disturbance = meter.stop();
        assertEquals((400.0 - unsure) / 10, disturbance.otherLoadPercent(), EXACT);
        assertTrue(disturbance.isSpoiled());
    }

    @Test
    void shouldNotTakeInterruptsForLoad() throws IOException
    {
        machine(1_000, 500, 9_500, 570, 10);
        assertEquals(0, meter.stop().otherLoadPercent());
    }

    @Test
    void shouldTellWhatTheHostTook() throws IOException
    {
        machine(1_000, 500, 9_970, 70, 40);

        final Disturbance disturbance = meter.stop();
        assertEquals(3, disturbance.stolenPercent(), EXACT);
        assertEquals(0, disturbance.otherLoadPercent());
        assertTrue(disturbance.isSpoiled());
    }

    @Test
    void shouldTellThatTheGroupWasHeldBack() throws IOException
    {
        throttled(7);

        final Disturbance disturbance = meter.stop();
        assertEquals(TimeUnit.MICROSECONDS.toNanos(2), disturbance.throttledNs());
        assertTrue(disturbance.isSpoiled());
    }

    @Test
    void shouldSeeNothingWhereThereAreNoCounters(@TempDir final Path empty) throws IOException
    {
        final NoiseMeter blind = new NoiseMeter(empty, PID);
        blind.start();
        assertFalse(blind.stop().isSpoiled());
    }

    private void machine(
        final long user, final long system, final long idle, final long softInterrupts, final long stolen)
        throws IOException
    {
        write("proc/stat", "cpu  " + user + " 0 " + system + " " + idle + " 0 0 " + softInterrupts + " " + stolen +
            " 0 0\ncpu0 1 2 3 4 5 6 7 8 9 10\n");
    }

    private void process(final String name, final long ticks) throws IOException
    {
        write("proc/" + name + "/stat", "1 (a name) b) S 1 1 1 0 -1 0 0 0 0 0 " + ticks + " 0 0 0 20 0\n");
    }

    private void throttled(final long us) throws IOException
    {
        write("sys/fs/cgroup/cpu.stat", "usage_usec 10\nthrottled_usec " + us + "\n");
    }

    private void write(final String name, final String text) throws IOException
    {
        final Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
