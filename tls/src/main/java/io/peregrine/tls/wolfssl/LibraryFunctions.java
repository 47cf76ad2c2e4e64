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

/** Functions on the library as a whole. Pointers are longs. */
final class LibraryFunctions
{
    private final MemorySegment initFunction;
    private final MemorySegment libVersionFunction;
    private final MemorySegment reasonErrorStringFunction;

    LibraryFunctions(final Symbols symbols) throws TlsException
    {
        initFunction = symbols.find("wolfSSL_Init");
        libVersionFunction = symbols.find("wolfSSL_lib_version");
        reasonErrorStringFunction = symbols.find("wolfSSL_ERR_reason_error_string");
    }

    int init()
    {
        try
        {
            return (int)NativeCall.I.invokeExact(initFunction);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long libraryVersion()
    {
        try
        {
            return (long)NativeCall.P.invokeExact(libVersionFunction);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long reasonOf(final long error)
    {
        try
        {
            return (long)NativeCall.P_L.invokeExact(reasonErrorStringFunction, error);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }
}
