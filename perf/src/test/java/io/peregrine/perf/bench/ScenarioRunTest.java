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

import io.peregrine.perf.machine.IdleProcessors;
import io.peregrine.perf.machine.NearCores;
import io.peregrine.perf.venue.CpuPinning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ScenarioRunTest
{
    @TempDir
    Path directory;

    @Test
    void shouldLeaveNoFileWhenItsServerDoesNotStart() throws IOException
    {
        final Path arguments = directory.resolve("arguments");
        final Path server = Files.writeString(directory.resolve("server"),
            "#!/bin/sh\nprintf '%s\\n' \"$@\" > " + arguments + "\nexit 1\n");
        assertTrue(server.toFile().setExecutable(true));
        final RoundPlan plan =
            new RoundPlan(1, 1, 1, CpuPinning.NO_CPU, CpuPinning.NO_CPU, new NearCores(0, 1), 1);

        assertThrows(IOException.class, () -> new ScenarioRun(Scenario.QUICK.getFirst(), List.of(), server, null,
            plan, IdleProcessors.asTheSystemHasIt(), new PrintWriter(Writer.nullWriter())));

        final List<String> given = Files.readAllLines(arguments);
        final Path echo = Path.of(given.get(given.indexOf("--echo") + 1));
        assertFalse(Files.exists(echo), echo::toString);
    }
}
