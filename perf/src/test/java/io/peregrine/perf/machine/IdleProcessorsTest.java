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
package io.peregrine.perf.machine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IdleProcessorsTest
{
    @TempDir
    Path directory;

    @Test
    void shouldAskForWakeUpsWithoutDelay() throws IOException
    {
        final Path delay = Files.createFile(directory.resolve("cpu_dma_latency"));

        IdleProcessors.keepAwake(delay).close();

        assertArrayEquals(new byte[4], Files.readAllBytes(delay), "0 us, as a number of four bytes");
    }

    @Test
    void shouldLetThemSleepForAMoment() throws IOException
    {
        final Path delay = Files.createFile(directory.resolve("cpu_dma_latency"));

        try (IdleProcessors processors = IdleProcessors.keepAwake(delay))
        {
            processors.rest();
        }

        final IntBuffer delaysUs =
            ByteBuffer.wrap(Files.readAllBytes(delay)).order(ByteOrder.nativeOrder()).asIntBuffer();
        assertEquals(3, delaysUs.remaining());
        assertEquals(0, delaysUs.get(0));
        assertTrue(delaysUs.get(1) > 1_000_000);
        assertEquals(0, delaysUs.get(2), "awake again");
    }

    @Test
    void shouldLeaveThemToTheSystemWhereNothingCanBeAsked() throws IOException
    {
        final Path missing = directory.resolve("nothing-here");

        try (IdleProcessors processors = IdleProcessors.keepAwake(missing))
        {
            assertFalse(processors.areAwake());
            assertTrue(processors.toString().contains(missing.toString()), "why not: " + processors);
            processors.rest();
        }
        assertFalse(Files.exists(missing));
    }

    @Test
    void shouldLeaveThemToTheSystemWhenAskedTo() throws IOException
    {
        try (IdleProcessors processors = IdleProcessors.asTheSystemHasIt())
        {
            assertFalse(processors.areAwake());
            assertEquals("as the system has it", processors.toString());
        }
    }
}
