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
package io.peregrine.perf.cli.demo;

import io.peregrine.perf.cli.CommandRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(300)
class DemoCommandTest
{
    @Test
    void shouldSendAndCheckOrdersOneAtATime()
    {
        final CommandRun run = CommandRun.of(
            "demo", "--orders", "2000", "--warm-up", "2000", "--cpu", "-1", "--venue-cpu", "-1");

        thenAllIsWell(run);
        thenPrints(run, "1 connections made");
        thenPrints(run, "40 queries and cancels sent, 40 answers matched");
        assertTrue(run.out().contains("\nexchange, one at a time "), run.out());
    }

    @Test
    void shouldSendAndCheckOrdersOverManyConnections()
    {
        final CommandRun run = CommandRun.of(
            "demo", "--orders", "2000", "--warm-up", "2000", "--connections", "3", "--cpu", "-1", "--venue-cpu", "-1");

        thenAllIsWell(run);
        thenPrints(run, "3 connections made");
        assertTrue(run.out().contains("\nexchange, one at a time "), run.out());
        assertTrue(run.out().contains("\nsend, 3 in flight "), run.out());
    }

    @Test
    void shouldSendAndCheckOrdersOfSeveralThreads()
    {
        final CommandRun run = CommandRun.of(
            "demo", "--orders", "2000", "--warm-up", "2000", "--threads", "2", "--plain");

        thenAllIsWell(run);
        thenPrints(run, "2 connections made");
        assertTrue(run.out().contains("\nstrategy 2 "), run.out());
        assertTrue(run.out().contains("\n  offered to taken "), run.out());
        assertTrue(run.out().contains("requestRingKind: ONE_TO_ONE"), run.out());
    }

    private static void thenAllIsWell(final CommandRun run)
    {
        assertEquals(0, run.exitCode(), run.err() + run.out());
        assertEquals("", run.err());
        thenPrints(run, "2,000 orders sent");
        thenPrints(run, "2,000 answers matched");
        thenPrints(run, "0 answers lost");
        thenPrints(run, "0 answers mismatched");
        thenPrints(run, "errors: none");
        thenPrints(run, "0 bytes of garbage a request in steady state");
    }

    private static void thenPrints(final CommandRun run, final String line)
    {
        final List<String> lines = run.out().lines().toList();
        assertTrue(lines.contains(line), run.out());
    }
}
