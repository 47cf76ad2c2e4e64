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

/** Functions on ciphers by themselves. Pointers are longs. */
final class CipherFunctions
{
    private final MemorySegment newFunction;
    private final MemorySegment freeFunction;
    private final MemorySegment aes128GcmFunction;
    private final MemorySegment cipherInitFunction;
    private final MemorySegment cipherUpdateFunction;
    private final MemorySegment cipherFinalFunction;

    CipherFunctions(final Symbols symbols) throws TlsException
    {
        newFunction = symbols.find("wolfSSL_EVP_CIPHER_CTX_new");
        freeFunction = symbols.find("wolfSSL_EVP_CIPHER_CTX_free");
        aes128GcmFunction = symbols.find("wolfSSL_EVP_aes_128_gcm");
        cipherInitFunction = symbols.find("wolfSSL_EVP_CipherInit");
        cipherUpdateFunction = symbols.find("wolfSSL_EVP_CipherUpdate");
        cipherFinalFunction = symbols.find("wolfSSL_EVP_CipherFinal");
    }

    long newCipher()
    {
        try
        {
            return (long)NativeCall.P.invokeExact(newFunction);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    void freeCipher(final long cipher)
    {
        try
        {
            NativeCall.V_P.invokeExact(freeFunction, cipher);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long aes128Gcm()
    {
        try
        {
            return (long)NativeCall.P.invokeExact(aes128GcmFunction);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int initCipher(
        final long cipher, final long type, final long key, final long iv, final int direction)
    {
        try
        {
            return (int)NativeCall.I_PPPPI.invokeExact(cipherInitFunction, cipher, type, key, iv, direction);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int updateCipher(
        final long cipher, final long output, final long outputLength, final long input, final int length)
    {
        try
        {
            return (int)NativeCall.I_PPPPI.invokeExact(
                cipherUpdateFunction, cipher, output, outputLength, input, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int finishCipher(final long cipher, final long output, final long outputLength)
    {
        try
        {
            return (int)NativeCall.I_PPP.invokeExact(cipherFinalFunction, cipher, output, outputLength);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }
}
