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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CommandLinesTest
{
    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "nonsense",
        "call",
        "call not-a-url",
        "call ftp://127.0.0.1/",
        "call http://user@127.0.0.1/",
        "call http://127.0.0.1/ http://127.0.0.1/",
        "call --nonsense http://127.0.0.1/",
        "call -X NONSENSE http://127.0.0.1/",
        "call -H nonsense http://127.0.0.1/",
        "call -H Host:x http://127.0.0.1/",
        "call -H (:x http://127.0.0.1/",
        "call -d @/no/such/file http://127.0.0.1/",
        "call --repeat 0 http://127.0.0.1/",
        "call --repeat x http://127.0.0.1/",
        "call --connections -1 http://127.0.0.1/",
        "call --deadline 5 http://127.0.0.1/",
        "call --deadline 0s http://127.0.0.1/",
        "call --deadline 25h http://127.0.0.1/",
        "decode",
        "decode --batch --split 0",
        "decode --batch nonsense",
        "demo nonsense",
        "demo --orders 0",
        "demo --warm-up 10"})
    void shouldRefuseWrongUsageInOneLine(final String commandLine)
    {
        final CommandRun run = CommandRun.of(commandLine.isEmpty() ? new String[0] : commandLine.split(" "));

        assertEquals(2, run.exitCode(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("peregrine"), run.err());
        assertEquals("", run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "call --help", "decode --help", "demo --help", "demo -h"})
    void shouldPrintHelp(final String commandLine)
    {
        final CommandRun run = CommandRun.of(commandLine.split(" "));

        assertEquals(0, run.exitCode());
        assertTrue(run.out().startsWith("Usage: peregrine"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void shouldNameTheCommandAndTheHelpInAComplaint()
    {
        final CommandRun run = CommandRun.of("call", "--repeat", "0", "http://127.0.0.1/");

        assertTrue(run.err().startsWith("peregrine call: "), run.err());
        assertTrue(run.err().contains("'0' is not a whole number from 1 on"), run.err());
        assertTrue(run.err().strip().endsWith("(see peregrine call --help)"), run.err());
    }
}
