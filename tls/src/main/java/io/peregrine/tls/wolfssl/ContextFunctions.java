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

/** Functions on what sessions share: WOLFSSL_CTX. Pointers are longs. */
final class ContextFunctions
{
    private final MemorySegment v23ClientMethodFunction;
    private final MemorySegment newFunction;
    private final MemorySegment freeFunction;
    private final MemorySegment setMinVersionFunction;
    private final MemorySegment setMaxProtoVersionFunction;
    private final MemorySegment setVerifyFunction;
    private final MemorySegment setCipherListFunction;
    private final MemorySegment set1CurvesListFunction;
    private final MemorySegment useCertificateChainBufferFunction;
    private final MemorySegment usePrivateKeyBufferFunction;
    private final MemorySegment setClientCertCbFunction;
    private final MemorySegment setSessionCacheModeFunction;

    ContextFunctions(final Symbols symbols) throws TlsException
    {
        v23ClientMethodFunction = symbols.find("wolfSSLv23_client_method");
        newFunction = symbols.find("wolfSSL_CTX_new");
        freeFunction = symbols.find("wolfSSL_CTX_free");
        setMinVersionFunction = symbols.find("wolfSSL_CTX_SetMinVersion");
        setMaxProtoVersionFunction = symbols.find("wolfSSL_CTX_set_max_proto_version");
        setVerifyFunction = symbols.find("wolfSSL_CTX_set_verify");
        setCipherListFunction = symbols.find("wolfSSL_CTX_set_cipher_list");
        set1CurvesListFunction = symbols.find("wolfSSL_CTX_set1_curves_list");
        useCertificateChainBufferFunction = symbols.find("wolfSSL_CTX_use_certificate_chain_buffer");
        usePrivateKeyBufferFunction = symbols.find("wolfSSL_CTX_use_PrivateKey_buffer");
        setClientCertCbFunction = symbols.find("wolfSSL_CTX_set_client_cert_cb");
        setSessionCacheModeFunction = symbols.find("wolfSSL_CTX_set_session_cache_mode");
    }

    long clientMethod()
    {
        try
        {
            return (long)NativeCall.P.invokeExact(v23ClientMethodFunction);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long newContext(final long method)
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

    void freeContext(final long context)
    {
        try
        {
            NativeCall.V_P.invokeExact(freeFunction, context);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int minVersion(final long context, final int version)
    {
        try
        {
            return (int)NativeCall.I_PI.invokeExact(setMinVersionFunction, context, version);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int maxVersion(final long context, final int version)
    {
        try
        {
            return (int)NativeCall.I_PI.invokeExact(setMaxProtoVersionFunction, context, version);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    void verify(final long context, final int mode, final long callback)
    {
        try
        {
            NativeCall.V_PIP.invokeExact(setVerifyFunction, context, mode, callback);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int cipherList(final long context, final long names)
    {
        try
        {
            return (int)NativeCall.I_PP.invokeExact(setCipherListFunction, context, names);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int curvesList(final long context, final long names)
    {
        try
        {
            return (int)NativeCall.I_PP.invokeExact(set1CurvesListFunction, context, names);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int certificateChain(final long context, final long pem, final long length)
    {
        try
        {
            return (int)NativeCall.I_PPL.invokeExact(useCertificateChainBufferFunction, context, pem, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int privateKey(final long context, final long pem, final long length, final int format)
    {
        try
        {
            return (int)NativeCall.I_PPLI.invokeExact(usePrivateKeyBufferFunction, context, pem, length, format);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    void onCertificateRequest(final long context, final long callback)
    {
        try
        {
            NativeCall.V_PP.invokeExact(setClientCertCbFunction, context, callback);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long sessionCacheMode(final long context, final long mode)
    {
        try
        {
            return (long)NativeCall.P_PL.invokeExact(setSessionCacheModeFunction, context, mode);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }
}
