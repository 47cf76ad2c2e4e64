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

/** Functions on pairs of memory BIOs: two rings, one for each direction. Pointers are longs. */
final class BioFunctions
{
    private final MemorySegment sBioFunction;
    private final MemorySegment newFunction;
    private final MemorySegment freeFunction;
    private final MemorySegment setWriteBufSizeFunction;
    private final MemorySegment makeBioPairFunction;
    private final MemorySegment ctrlPendingFunction;
    private final MemorySegment nread0Function;
    private final MemorySegment nreadFunction;
    private final MemorySegment nwriteFunction;

    BioFunctions(final Symbols symbols) throws TlsException
    {
        sBioFunction = symbols.find("wolfSSL_BIO_s_bio");
        newFunction = symbols.find("wolfSSL_BIO_new");
        freeFunction = symbols.find("wolfSSL_BIO_free");
        setWriteBufSizeFunction = symbols.find("wolfSSL_BIO_set_write_buf_size");
        makeBioPairFunction = symbols.find("wolfSSL_BIO_make_bio_pair");
        ctrlPendingFunction = symbols.find("wolfSSL_BIO_ctrl_pending");
        nread0Function = symbols.find("wolfSSL_BIO_nread0");
        nreadFunction = symbols.find("wolfSSL_BIO_nread");
        nwriteFunction = symbols.find("wolfSSL_BIO_nwrite");
    }

    long pairMethod()
    {
        try
        {
            return (long)NativeCall.P.invokeExact(sBioFunction);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long newBio(final long method)
    {
        try
        {
            return (long)NativeCall.P_P.invokeExact(newFunction, method);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int freeBio(final long bio)
    {
        try
        {
            return (int)NativeCall.I_P.invokeExact(freeFunction, bio);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int bioCapacity(final long bio, final long length)
    {
        try
        {
            return (int)NativeCall.I_PL.invokeExact(setWriteBufSizeFunction, bio, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int makePair(final long first, final long second)
    {
        try
        {
            return (int)NativeCall.I_PP.invokeExact(makeBioPairFunction, first, second);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int pending(final long bio)
    {
        try
        {
            return (int)NativeCall.SHORT_I_P.invokeExact(ctrlPendingFunction, bio);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int peekBio(final long bio, final long pointer)
    {
        try
        {
            return (int)NativeCall.SHORT_I_PP.invokeExact(nread0Function, bio, pointer);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int readBio(final long bio, final long pointer, final int length)
    {
        try
        {
            return (int)NativeCall.SHORT_I_PPI.invokeExact(nreadFunction, bio, pointer, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int writeBio(final long bio, final long pointer, final int length)
    {
        try
        {
            return (int)NativeCall.SHORT_I_PPI.invokeExact(nwriteFunction, bio, pointer, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }
}
