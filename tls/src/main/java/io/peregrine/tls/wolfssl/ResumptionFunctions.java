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

/** Functions on sessions that may be resumed: WOLFSSL_SESSION. Pointers are longs. */
final class ResumptionFunctions
{
    private final MemorySegment useSessionTicketFunction;
    private final MemorySegment setSessionFunction;
    private final MemorySegment get1SessionFunction;
    private final MemorySegment isResumableFunction;
    private final MemorySegment freeFunction;
    private final MemorySegment sessionReusedFunction;
    private final MemorySegment getSessionTicketFunction;

    ResumptionFunctions(final Symbols symbols) throws TlsException
    {
        useSessionTicketFunction = symbols.find("wolfSSL_UseSessionTicket");
        setSessionFunction = symbols.find("wolfSSL_set_session");
        get1SessionFunction = symbols.find("wolfSSL_get1_session");
        isResumableFunction = symbols.find("wolfSSL_SESSION_is_resumable");
        freeFunction = symbols.find("wolfSSL_SESSION_free");
        sessionReusedFunction = symbols.find("wolfSSL_session_reused");
        getSessionTicketFunction = symbols.find("wolfSSL_get_SessionTicket");
    }

    int useSessionTicket(final long ssl)
    {
        try
        {
            return (int)NativeCall.I_P.invokeExact(useSessionTicketFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int session(final long ssl, final long session)
    {
        try
        {
            return (int)NativeCall.I_PP.invokeExact(setSessionFunction, ssl, session);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long session(final long ssl)
    {
        try
        {
            return (long)NativeCall.P_P.invokeExact(get1SessionFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int isResumable(final long session)
    {
        try
        {
            return (int)NativeCall.I_P.invokeExact(isResumableFunction, session);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    void freeResumption(final long session)
    {
        try
        {
            NativeCall.V_P.invokeExact(freeFunction, session);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int isResumed(final long ssl)
    {
        try
        {
            return (int)NativeCall.I_P.invokeExact(sessionReusedFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int sessionTicket(final long ssl, final long buffer, final long length)
    {
        try
        {
            return (int)NativeCall.I_PPP.invokeExact(getSessionTicketFunction, ssl, buffer, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }
}
