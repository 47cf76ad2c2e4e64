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
package io.peregrine.perf.venue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class VenueProcessTest
{
    @Test
    void shouldServeInAProcessOfItsOwnUntilClosed() throws IOException
    {
        final VenueProcess venue = VenueProcess.start("--idle", "--keepalive-requests", "2");
        try (venue; RawClient client = new RawClient(venue.port()))
        {
            assertTrue(venue.isAlive());
            assertFalse(client.exchange(Requests.order("remote")).isLast());
            assertTrue(client.exchange(Requests.query("remote")).isLast());
        }

        assertFalse(venue.isAlive());
        assertTrue(ProcessHandle.of(venue.pid()).isEmpty());
        venue.close();
    }

    @Test
    void shouldEndWithItsParentsPipe() throws Exception
    {
        final Process process = new ProcessBuilder(JavaCommand.of(VenueMain.class, "--idle"))
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try
        {
            assertTrue(process.inputReader().readLine().startsWith(ServerProcess.LISTENING));
            process.getOutputStream().close();

            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldEndWhenItsTimeIsUp() throws Exception
    {
        final Process process = new ProcessBuilder(JavaCommand.of(VenueMain.class, "--idle", "--max-seconds", "1"))
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try
        {
            assertTrue(process.waitFor(20, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue());
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldSayThatAProcessDoesNotStart()
    {
        assertThrows(IOException.class, () -> VenueProcess.start("--port", "-1"));
        assertThrows(IOException.class, () -> ServerProcess.start(List.of("/no/such/program")));
        assertThrows(IOException.class, () -> ServerProcess.start(List.of("echo", "LISTENING carefully")));
    }
}
