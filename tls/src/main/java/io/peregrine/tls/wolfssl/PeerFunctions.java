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

/** Functions that tell what the peer said, and what was agreed on. Pointers are longs. */
final class PeerFunctions
{
    private final MemorySegment getAlertHistoryFunction;
    private final MemorySegment getPeerChainFunction;
    private final MemorySegment getChainCountFunction;
    private final MemorySegment getChainLengthFunction;
    private final MemorySegment getChainCertFunction;
    private final MemorySegment getVersionFunction;
    private final MemorySegment getCurrentCipherSuiteFunction;
    private final MemorySegment getCipherNameIanaFromSuiteFunction;
    private final MemorySegment getProtocolFunction;

    PeerFunctions(final Symbols symbols) throws TlsException
    {
        getAlertHistoryFunction = symbols.find("wolfSSL_get_alert_history");
        getPeerChainFunction = symbols.find("wolfSSL_get_peer_chain");
        getChainCountFunction = symbols.find("wolfSSL_get_chain_count");
        getChainLengthFunction = symbols.find("wolfSSL_get_chain_length");
        getChainCertFunction = symbols.find("wolfSSL_get_chain_cert");
        getVersionFunction = symbols.find("wolfSSL_get_version");
        getCurrentCipherSuiteFunction = symbols.find("wolfSSL_get_current_cipher_suite");
        getCipherNameIanaFromSuiteFunction = symbols.find("wolfSSL_get_cipher_name_iana_from_suite");
        getProtocolFunction = symbols.find("wolfSSL_ALPN_GetProtocol");
    }

    int alertHistory(final long ssl, final long history)
    {
        try
        {
            return (int)NativeCall.I_PP.invokeExact(getAlertHistoryFunction, ssl, history);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long peerChain(final long ssl)
    {
        try
        {
            return (long)NativeCall.P_P.invokeExact(getPeerChainFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int chainCount(final long chain)
    {
        try
        {
            return (int)NativeCall.I_P.invokeExact(getChainCountFunction, chain);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int chainLength(final long chain, final int index)
    {
        try
        {
            return (int)NativeCall.I_PI.invokeExact(getChainLengthFunction, chain, index);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long chainCertificate(final long chain, final int index)
    {
        try
        {
            return (long)NativeCall.P_PI.invokeExact(getChainCertFunction, chain, index);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long protocol(final long ssl)
    {
        try
        {
            return (long)NativeCall.P_P.invokeExact(getVersionFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int cipherSuite(final long ssl)
    {
        try
        {
            return (int)NativeCall.I_P.invokeExact(getCurrentCipherSuiteFunction, ssl);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    long cipherSuiteName(final byte first, final byte second)
    {
        try
        {
            return (long)NativeCall.P_BB.invokeExact(getCipherNameIanaFromSuiteFunction, first, second);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }

    int applicationProtocol(final long ssl, final long name, final long length)
    {
        try
        {
            return (int)NativeCall.I_PPP.invokeExact(getProtocolFunction, ssl, name, length);
        }
        catch (final Throwable ex)
        {
            throw NativeCall.unexpected(ex);
        }
    }
}
