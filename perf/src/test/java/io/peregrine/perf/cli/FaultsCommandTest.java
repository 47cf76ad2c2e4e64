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
package io.peregrine.perf.cli;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(120)
class FaultsCommandTest
{
    @Test
    void shouldReconcileEveryOrder()
    {
        final CommandRun run = CommandRun.of(
            "faults", "--exchanges", "20000", "--fault-interval", "50", "--seed", "3", "--max-growth", "1000");

        thenEveryOrderIsReconciled(run);
        assertEquals(6, run.out().lines().filter((line) -> line.matches("\\| [0-9,]+ \\| .*")).count(), run.out());
    }

    @Test
    void shouldReconcileEveryOrderOfSeveralThreads()
    {
        thenEveryOrderIsReconciled(CommandRun.of("faults", "--threads", "3",
            "--exchanges", "20000", "--fault-interval", "50", "--seed", "3", "--max-growth", "1000"));
    }

    private static void thenEveryOrderIsReconciled(final CommandRun run)
    {
        assertEquals(0, run.exitCode(), run.err() + run.out());
        assertTrue(run.out().contains("sent 20,000, server misbehaved "), run.out());
        assertTrue(run.out().contains("doubled 0, unaccounted 0, falsely not sent 0, answered unreceived 0, " +
            "answered by another 0"), run.out());
    }

    @Test
    void shouldRefuseWrongUsage()
    {
        assertEquals(2, CommandRun.of("faults", "--exchanges", "0").exitCode());
        assertEquals(2, CommandRun.of("faults", "--seed", "x").exitCode());
    }
}
