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
package io.peregrine.tls.jsse;

import io.peregrine.tls.TlsException;
import io.peregrine.tls.trust.ServerVerifier;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Asks the verifier of the configuration. Outside a handshake there is no host to verify: then nothing is trusted. */
final class VerifyingTrustManager extends X509ExtendedTrustManager
{
    private static final X509Certificate[] NO_ISSUERS = {};

    private final ServerVerifier verifier;

    VerifyingTrustManager(final ServerVerifier verifier)
    {
        this.verifier = verifier;
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType, final SSLEngine engine)
        throws CertificateException
    {
        final Peer peer = Peer.current();
        if (null == peer)
        {
            throw unsupported();
        }

        try
        {
            verifier.verify(chain, peer.host());
        }
        catch (final TlsException ex)
        {
            throw new CertificateException(ex.getMessage(), ex);
        }

        peer.onVerified();
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType, final Socket socket)
        throws CertificateException
    {
        throw unsupported();
    }

    @Override
    public void checkServerTrusted(final X509Certificate[] chain, final String authType) throws CertificateException
    {
        throw unsupported();
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType, final SSLEngine engine)
        throws CertificateException
    {
        throw unsupported();
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType, final Socket socket)
        throws CertificateException
    {
        throw unsupported();
    }

    @Override
    public void checkClientTrusted(final X509Certificate[] chain, final String authType) throws CertificateException
    {
        throw unsupported();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers()
    {
        return NO_ISSUERS;
    }

    private static CertificateException unsupported()
    {
        return new CertificateException("only servers in the handshake of a session are verified");
    }
}
