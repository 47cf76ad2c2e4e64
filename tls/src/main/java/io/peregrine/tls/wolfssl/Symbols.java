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

import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;

/** The functions that a library has, by name; what is missing is a clear error. */
@SuppressWarnings("restricted")
final class Symbols
{
    private static final String SYSTEM_LIBRARY = "libwolfssl.so";
    private static final String WAY_OUT =
        "; run scripts/build-wolfssl, name the file of another build, or ask for the JSSE provider";

    private final SymbolLookup lookup;
    private final String file;

    private Symbols(final SymbolLookup lookup, final String file)
    {
        this.lookup = lookup;
        this.file = file;
    }

    /** Loads the library of a file, or as the system finds it if that is null; it is never unloaded. */
    static Symbols load(final Path file) throws TlsException
    {
        final String name = nameOf(file);
        if (null != file && !Files.isRegularFile(file))
        {
            throw unavailable(name, "there is no such file", null);
        }

        try
        {
            return new Symbols(SymbolLookup.libraryLookup(name, Arena.global()), name);
        }
        catch (final IllegalArgumentException ex)
        {
            throw unavailable(name, "cannot be loaded as a library", ex);
        }
    }

    /** What a library goes by: its path, or the name that the system looks for. */
    static String nameOf(final Path file)
    {
        return null == file ? SYSTEM_LIBRARY : file.toAbsolutePath().normalize().toString();
    }

    String file()
    {
        return file;
    }

    MemorySegment find(final String function) throws TlsException
    {
        final MemorySegment address = lookup.find(function).orElse(null);
        if (null == address)
        {
            throw unavailable(file, "is no wolfSSL with all that is needed: it has no " + function, null);
        }

        return address;
    }

    static TlsException unavailable(final String file, final String reason, final Throwable cause)
    {
        return new TlsException(TlsError.LIBRARY_UNAVAILABLE, file + " " + reason + WAY_OUT, cause);
    }
}
