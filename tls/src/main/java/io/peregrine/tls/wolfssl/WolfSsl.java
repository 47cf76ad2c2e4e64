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

import io.peregrine.tls.TlsException;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * One wolfSSL library: loaded and initialised once, its speed measured, never unloaded. Safe for use by many threads,
 * as long as each session is used by one.
 */
@SuppressWarnings("restricted")
final class WolfSsl
{
    static final int SUCCESS = 1;

    private static final int MAX_TEXT_LENGTH = 512;
    private static final Map<String, WolfSsl> LOADED = new HashMap<>();

    private final String file;
    private final LibraryFunctions library;
    private final ContextFunctions contexts;
    private final SessionFunctions sessions;
    private final ResumptionFunctions resumptions;
    private final PeerFunctions peers;
    private final BioFunctions bios;
    private final AesSpeed aesSpeed;

    private WolfSsl(final Symbols symbols) throws TlsException
    {
        file = symbols.file();
        library = new LibraryFunctions(symbols);
        contexts = new ContextFunctions(symbols);
        sessions = new SessionFunctions(symbols);
        resumptions = new ResumptionFunctions(symbols);
        peers = new PeerFunctions(symbols);
        bios = new BioFunctions(symbols);
        final CipherFunctions ciphers = new CipherFunctions(symbols);
        if (SUCCESS != library.init())
        {
            throw Symbols.unavailable(file, "does not initialise", null);
        }
        aesSpeed = AesSpeed.measure(ciphers);
    }

    /** The library of a file, or as the system finds it if that is null. */
    static WolfSsl load(final Path file) throws TlsException
    {
        synchronized (LOADED)
        {
            final String name = Symbols.nameOf(file);
            WolfSsl wolfSsl = LOADED.get(name);
            if (null == wolfSsl)
            {
                wolfSsl = new WolfSsl(Symbols.load(file));
                LOADED.put(name, wolfSsl);
            }

            return wolfSsl;
        }
    }

    /** Text of a string that belongs to the library; empty for a null pointer. */
    static String text(final long pointer)
    {
        return 0 == pointer ? "" : MemorySegment.ofAddress(pointer).reinterpret(MAX_TEXT_LENGTH).getString(0);
    }

    String file()
    {
        return file;
    }

    String version()
    {
        return text(library.libraryVersion());
    }

    /** What an error means, in the library's words. */
    String reasonOf(final int error)
    {
        return text(library.reasonOf(Math.abs((long)error)));
    }

    AesSpeed aesSpeed()
    {
        return aesSpeed;
    }

    ContextFunctions contexts()
    {
        return contexts;
    }

    SessionFunctions sessions()
    {
        return sessions;
    }

    ResumptionFunctions resumptions()
    {
        return resumptions;
    }

    PeerFunctions peers()
    {
        return peers;
    }

    BioFunctions bios()
    {
        return bios;
    }
}
