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

/** Functions on one session: WOLFSSL. Pointers are longs. */
final class SessionFunctions
{
    private final MemorySegment newFunction;
    private final MemorySegment freeFunction;
    private final MemorySegment useServerNameFunction;
    private final MemorySegment useProtocolsFunction;
    private final MemorySegment setBioFunction;
    private final MemorySegment connectFunction;
    private final MemorySegment shutdownFunction;
    private final MemorySegment getErrorFunction;
    private final MemorySegment peekFunction;
    private final MemorySegment readFunction;
    private final MemorySegment writeFunction;

    SessionFunctions(final Symbols symbols) throws TlsException
    {
        newFunction = symbols.find("wolfSSL_new");
        freeFunction = symbols.find("wolfSSL_free");
        useServerNameFunction = symbols.find("wolfSSL_UseSNI");
        useProtocolsFunction = symbols.find("wolfSSL_UseALPN");
        setBioFunction = symbols.find("wolfSSL_set_bio");
        connectFunction = symbols.find("wolfSSL_connect");
        shutdownFunction = symbols.find("wolfSSL_shutdown");
        getErrorFunction = symbols.find("wolfSSL_get_error");
        peekFunction = symbols.find("wolfSSL_peek");
        readFunction = symbols.find("wolfSSL_read");
        writeFunction = symbols.find("wolfSSL_write");
    }

    long newSession(final long context)
    {
        try
        {
            return (long)NativeCall.P_P.invokeExact(newFunction, context);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    void freeSession(final long ssl)
    {
        try
        {
            NativeCall.V_P.invokeExact(freeFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int serverName(final long ssl, final byte type, final long name, final short length)
    {
        try
        {
            return (int)NativeCall.I_PBPS.invokeExact(useServerNameFunction, ssl, type, name, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int applicationProtocols(final long ssl, final long names, final int length, final byte options)
    {
        try
        {
            return (int)NativeCall.I_PPIB.invokeExact(useProtocolsFunction, ssl, names, length, options);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    void bio(final long ssl, final long input, final long output)
    {
        try
        {
            NativeCall.V_PPP.invokeExact(setBioFunction, ssl, input, output);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int connect(final long ssl)
    {
        try
        {
            return (int)NativeCall.I_P.invokeExact(connectFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int shutdown(final long ssl)
    {
        try
        {
            return (int)NativeCall.I_P.invokeExact(shutdownFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int error(final long ssl, final int result)
    {
        try
        {
            return (int)NativeCall.I_PI.invokeExact(getErrorFunction, ssl, result);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int peek(final long ssl, final long plaintext, final int length)
    {
        try
        {
            return (int)NativeCall.I_PPI.invokeExact(peekFunction, ssl, plaintext, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int read(final long ssl, final long plaintext, final int length)
    {
        try
        {
            return (int)NativeCall.SHORT_I_PPI.invokeExact(readFunction, ssl, plaintext, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int write(final long ssl, final long plaintext, final int length)
    {
        try
        {
            return (int)NativeCall.SHORT_I_PPI.invokeExact(writeFunction, ssl, plaintext, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }
}
