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

import io.peregrine.tls.trust.ClientIdentity;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** Presents the client's certificate, if it has one, and notices that it was asked for. */
final class IdentityKeyManager extends X509ExtendedKeyManager
{
    private static final String ALIAS = "client";

    private final ClientIdentity identity;

    IdentityKeyManager(final ClientIdentity identity)
    {
        this.identity = identity;
    }

    @Override
    public String chooseEngineClientAlias(final String[] keyTypes, final Principal[] issuers, final SSLEngine engine)
    {
        final Peer peer = Peer.current();
        if (null != peer)
        {
            peer.onCertificateRequested();
        }

        // The names of issuers are hints, which servers often get wrong: it is theirs to refuse.
        final boolean isFit =
            null != identity && Arrays.asList(keyTypes).contains(identity.privateKey().getAlgorithm());
        return isFit ? ALIAS : null;
    }

    @Override
    public String chooseClientAlias(final String[] keyTypes, final Principal[] issuers, final Socket socket)
    {
        return null;
    }

    @Override
    public String[] getClientAliases(final String keyType, final Principal[] issuers)
    {
        return null == identity ? null : new String[]{ ALIAS };
    }

    @Override
    public X509Certificate[] getCertificateChain(final String alias)
    {
        return null == identity ? null : identity.chain();
    }

    @Override
    public PrivateKey getPrivateKey(final String alias)
    {
        return null == identity ? null : identity.privateKey();
    }

    @Override
    public String[] getServerAliases(final String keyType, final Principal[] issuers)
    {
        return null;
    }

    @Override
    public String chooseServerAlias(final String keyType, final Principal[] issuers, final Socket socket)
    {
        return null;
    }
}
