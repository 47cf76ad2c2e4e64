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

import io.peregrine.perf.venue.VenueProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class CallTlsTest
{
    @TempDir
    static Path directory;

    private static VenueProcess venue;

    @BeforeAll
    static void startVenue() throws IOException
    {
        venue = VenueProcess.start("--idle", "--tls-certificate", certificate());
    }

    @AfterAll
    static void stopVenue()
    {
        venue.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "auto", "wolfssl", "jsse", "jsse:Conscrypt" })
    void shouldExchange(final String provider)
    {
        final CommandRun run =
            CommandRun.of("call", "--repeat", "3", "--tls-provider", provider, "--cacert", certificate(), url());

        assertEquals(0, run.exitCode(), run.err());
        assertEquals(3, run.objects().size());
        run.objects().forEach((line) -> assertEquals(200L, line.get("status")));
    }

    @Test
    void shouldRefuseAServerThatIsNotTrusted()
    {
        final CommandRun run = CommandRun.of("call", url());

        assertEquals(1, run.exitCode());
        assertEquals("CERTIFICATE_SELF_SIGNED", run.objects().getFirst().get("error"));
        assertEquals("NOT_SENT", run.objects().getFirst().get("delivery"));
    }

    @Test
    void shouldAcceptItWhenToldToDangerously()
    {
        assertEquals(0, CommandRun.of("call", "--dangerously-accept-any-server", url()).exitCode());
    }

    @Test
    void shouldRefuseWhatCannotBeUsed()
    {
        assertWrongUsage("nothing.pem", "--cacert", "nothing.pem");
        assertWrongUsage("--key needs --cert", "--key", certificate());
        assertWrongUsage("has no PRIVATE KEY", "--cert", certificate());
        assertWrongUsage("not openssl", "--tls-provider", "openssl");
        assertWrongUsage("not 1.1", "--tls-min", "1.1");
        assertWrongUsage("pin", "--pin", "abc");
    }

    @Test
    void shouldNameALibraryThatIsNotThere()
    {
        final CommandRun run =
            CommandRun.of("call", "--tls-provider", "wolfssl", "--wolfssl-library", "/nowhere/lib.so", url());

        assertEquals(1, run.exitCode());
        assertEquals("LIBRARY_UNAVAILABLE", run.objects().getFirst().get("error"));
        assertTrue(run.err().contains("/nowhere/lib.so"), run.err());
    }

    private static void assertWrongUsage(final String expected, final String... options)
    {
        final String[] arguments = new String[options.length + 2];
        arguments[0] = "call";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[arguments.length - 1] = url();
        final CommandRun run = CommandRun.of(arguments);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(expected), run.err());
    }

    private static String certificate()
    {
        return directory.resolve("venue.pem").toString();
    }

    private static String url()
    {
        return "https://127.0.0.1:" + venue.port() + "/api/v3/ping";
    }
}
