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
package io.peregrine.perf.startup;

import io.peregrine.perf.PeregrineTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Fresh processes are started and their figures told. */
@Timeout(120)
class StartupCommandTest
{
    @TempDir
    Path directory;

    @Test
    void shouldTellTheFiguresOfEachWayToStart() throws IOException
    {
        final Path json = directory.resolve("startup.json");
        final StringWriter output = new StringWriter();
        final int exitCode = run(output, "--repeats", "1", "--warm-up", "100", "--json", json.toString());

        assertEquals(0, exitCode, output.toString());
        assertTrue(output.toString().contains("| cold |"), output.toString());
        assertTrue(output.toString().contains("| warm-up |"), output.toString());
        assertTrue(output.toString().contains("| warm-up and rehearsal |"), output.toString());
        final String text = Files.readString(json);
        assertTrue(text.contains("\"first_to_steady\""), text);
        assertTrue(text.contains("\"max_1000_ns\""), text);
        assertTrue(text.contains("\"rested_p50_ns\""), text);
    }

    @Test
    void shouldRefuseWhatIsNoNumber()
    {
        assertEquals(2, run(new StringWriter(), "--repeats", "0"));
    }

    private static int run(final StringWriter output, final String... args)
    {
        final CommandLine commandLine = PeregrineTool.commandLine();
        commandLine.setOut(new PrintWriter(output, true));
        commandLine.setErr(new PrintWriter(output, true));
        final String[] all = new String[args.length + 1];
        all[0] = "startup";
        System.arraycopy(args, 0, all, 1, args.length);
        return commandLine.execute(all);
    }
}
