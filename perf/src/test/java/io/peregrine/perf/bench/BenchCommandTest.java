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

import io.peregrine.perf.cli.CommandRun;
import io.peregrine.perf.floor.FloorBinary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(180)
class BenchCommandTest
{
    @TempDir
    private Path directory;

    @Test
    void shouldMeasureAndWriteWhatItMeasured() throws IOException
    {
        assumeTrue(FloorBinary.find().isPresent(), "no C compiler here");
        final CommandRun run = CommandRun.of("bench", "--quick", "--rounds", "1", "--warm-up", "1",
            "--scenario", "plain-20us", "--out", directory.toString(),
            "--assert", "plain-20us.p50<=1000", "--assert", "plain-20us.apache5.p50<=0");

        assertEquals(1, run.exitCode(), run.out());
        assertTrue(run.err().contains("MISSED  plain-20us.apache5.p50<=0.0: "), run.err());
        assertTrue(run.out().contains("met     plain-20us.p50<=1000.0: "), run.out());
        assertTrue(run.out().contains("1 rounds, "), run.out());
        for (final String name : new String[]{
            "environment.txt", "plain-20us.hlog", "plain-20us-Cfloor.hgrm", "plain-20us-Peregrine.hgrm",
            "plain-20us-Apache5.hgrm"})
        {
            assertTrue(Files.size(directory.resolve(name)) > 0, name);
        }
        assertTrue(Files.readString(directory.resolve("plain-20us.svg")).contains("<svg"));
        assertTrue(Files.readString(directory.resolve("plain-20us-garbage.svg")).contains("<svg"));
        final String log = Files.readString(directory.resolve("plain-20us.hlog"));
        for (final String name : new String[]{ "C-floor", "Peregrine", "Apache-5" })
        {
            assertTrue(log.contains("Tag=" + name), log);
        }
        thenCanBeReported();
    }

    @Test
    void shouldRefuseWhatItDoesNotKnow()
    {
        thenRefuses("no scenario nonsense", "--scenario", "nonsense");
        thenRefuses("a goal is FIGURE<=NUMBER", "--assert", "plain.p50>1");
        thenRefuses("no figure tls.p50 of plain", "--scenario", "plain", "--assert", "tls.p50<=1");
        thenRefuses("no figure plain.peer of plain", "--quick", "--scenario", "plain", "--assert", "plain.peer<=1");
        thenRefuses("--client", "--client", "nonsense");
        thenRefuses("--rounds", "--rounds", "0");
        thenRefuses("a distance is LEAST-MOST", "--distance", "300-80");
        thenRefuses("a distance is LEAST-MOST", "--distance", "80");
        thenRefuses("a distance is LEAST-MOST", "--distance", "80-300-500");
        thenRefuses("a distance is LEAST-MOST", "--distance", "near");
        thenRefuses("is not a ratio from 1 on", "--quiet", "0.9");
        thenRefuses("is not a ratio from 1 on", "--quiet", "NaN");
        thenRefuses("is not a ratio from 1 on", "--quiet", "very");
    }

    private void thenCanBeReported() throws IOException
    {
        final Path page = directory.resolve("performance.md");
        Files.writeString(page, Stream.of("environment", "goals", "round-trips")
            .map((name) -> "<!-- measured:" + name + " -->\n<!-- end:" + name + " -->\n")
            .collect(Collectors.joining()));
        final CommandRun run = CommandRun.of("report", "--bench", directory.toString(), "--docs", directory.toString());

        assertEquals(0, run.exitCode(), run.err());
        final String text = Files.readString(page);
        for (final String part : new String[]{
            "commit: ", "| the same, when the answer takes 20 us | 0.360x | ",
            "; 1 rounds, ", "| C floor | ", "| Apache 5 | ", "(plots/plain-20us.svg)"})
        {
            assertTrue(text.contains(part), text);
        }
        assertTrue(Files.exists(directory.resolve("plots/plain-20us.svg")));
    }

    private static void thenRefuses(final String complaint, final String... args)
    {
        final String[] all = new String[args.length + 1];
        all[0] = "bench";
        System.arraycopy(args, 0, all, 1, args.length);
        final CommandRun run = CommandRun.of(all);

        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains(complaint), run.err());
    }
}
