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
package io.peregrine.tls.wolfssl;

import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class WolfSslLibraryTest
{
    @TempDir
    Path directory;

    @Test
    void shouldSayWhatItIs() throws TlsException
    {
        try (TlsContext context = TlsContext.open(config(TlsProvider.WOLFSSL).build()))
        {
            assertTrue(context.description().startsWith("wolfSSL 5."), context.description());
            assertNull(context.warning());
        }
    }

    @Test
    void shouldBeTheFirstChoice() throws TlsException
    {
        try (TlsContext context = TlsContext.open(config(TlsProvider.AUTO).build()))
        {
            assertTrue(context.description().startsWith("wolfSSL"), context.description());
        }
    }

    @Test
    void shouldNameALibraryThatIsNotThere() throws TlsException
    {
        assertUnavailable(directory.resolve("nothing.so"), "there is no such file");
    }

    @Test
    void shouldNameAFileThatIsNoLibrary() throws Exception
    {
        final Path file = directory.resolve("text.so");
        Files.writeString(file, "not a library");
        assertUnavailable(file, "cannot be loaded as a library");
    }

    @Test
    void shouldNameALibraryThatIsAnother() throws TlsException
    {
        final Path other = Stream.of("x86_64-linux-gnu/libm.so.6", "aarch64-linux-gnu/libm.so.6", "libm.so.6")
            .map(Path.of("/lib")::resolve).filter(Files::exists).findFirst().orElseThrow();
        assertUnavailable(other, "it has no wolfSSL");
    }

    @Test
    void shouldTellAnAcceleratedLibraryFromASlowOne()
    {
        assertTrue(new AesSpeed(2_000).isAccelerated());
        assertFalse(new AesSpeed(150).isAccelerated());
        assertFalse(new AesSpeed(0).isAccelerated());
    }

    private static TlsConfig.Builder config(final TlsProvider provider)
    {
        return TlsConfig.builder().provider(provider);
    }

    /** The provider fails, what it says names the way out, and the other provider takes its place. */
    private static void assertUnavailable(final Path library, final String reason) throws TlsException
    {
        final TlsConfig config = config(TlsProvider.WOLFSSL).wolfSslLibrary(library).build();
        final TlsException ex = assertThrows(TlsException.class, () -> TlsContext.open(config));
        assertEquals(TlsError.LIBRARY_UNAVAILABLE, ex.error());
        assertTrue(ex.detail().startsWith(library.toString()), ex.detail());
        assertTrue(ex.detail().contains(reason), ex.detail());
        assertTrue(ex.detail().contains("scripts/build-wolfssl"), ex.detail());

        try (TlsContext context = TlsContext.open(config(TlsProvider.AUTO).wolfSslLibrary(library).build()))
        {
            assertTrue(context.description().startsWith("JSSE"), context.description());
            assertNotNull(context.warning());
            assertTrue(context.warning().contains(reason), context.warning());
        }
    }
}
