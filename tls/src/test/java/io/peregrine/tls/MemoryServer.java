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
package io.peregrine.tls;

import io.peregrine.tls.CertificateAuthority.IssuedCertificate;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** The server's end of a session in memory: the platform's own engine, fed and drained by the test. */
public final class MemoryServer
{
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteArrayOutputStream sealed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final ByteBuffer packet = ByteBuffer.allocate(64 * 1024);
    private ByteBuffer pending = ByteBuffer.allocate(0);
    private SSLException failure;

    MemoryServer(final SSLContext context, final String protocol, final boolean needsClient)
    {
        engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(needsClient);
        if (null != protocol)
        {
            engine.setEnabledProtocols(new String[]{ protocol });
        }
    }

    /** A server that speaks any version, to anybody. */
    public static MemoryServer start(final SSLContext context)
    {
        return new MemoryServer(context, null, false);
    }

    /** A context whose servers present a certificate, with the key that belongs to it. */
    public static SSLContext context(final IssuedCertificate issued, final CertificateAuthority clients)
    {
        return context(issued.chain(), issued.privateKey(), clients);
    }

    /** A context whose servers present a certificate, with any key. */
    public static SSLContext context(
        final X509Certificate[] chain, final PrivateKey key, final CertificateAuthority clients)
    {
        try
        {
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[]{ new OneKey(chain, key) }, trust(clients), null);
            return context;
        }
        catch (final GeneralSecurityException | java.io.IOException ex)
        {
            throw new AssertionError(ex);
        }
    }

    SSLEngine engine()
    {
        return engine;
    }

    /** Everything that clients sent. */
    public byte[] received()
    {
        return received.toByteArray();
    }

    /** Why the session failed at this end, or null. */
    SSLException failure()
    {
        return failure;
    }

    /** Takes sealed bytes of the client. */
    public void onReceived(final byte[] bytes)
    {
        final ByteBuffer joined = ByteBuffer.allocate(pending.remaining() + bytes.length);
        pending = joined.put(pending).put(bytes).flip();
        proceed();
    }

    /** Seals for the client. */
    public void send(final byte[] plaintext)
    {
        final ByteBuffer source = ByteBuffer.wrap(plaintext);
        while (source.hasRemaining() && null == failure)
        {
            wrap(source);
        }
    }

    void close()
    {
        engine.closeOutbound();
        proceed();
    }

    /** Takes what is sealed for the client. */
    public byte[] takeSealed()
    {
        proceed();
        final byte[] bytes = sealed.toByteArray();
        sealed.reset();

        return bytes;
    }

    private void proceed()
    {
        while (null == failure)
        {
            switch (engine.getHandshakeStatus())
            {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP ->
                {
                    if (SSLEngineResult.Status.CLOSED == wrap(NOTHING))
                    {
                        return;
                    }
                }
                default ->
                {
                    if (!unwrap())
                    {
                        return;
                    }
                }
            }
        }
        flushAlert();
    }

    private boolean unwrap()
    {
        try
        {
            packet.clear();
            final SSLEngineResult result = engine.unwrap(pending, packet);
            received.write(packet.array(), 0, packet.position());
            return SSLEngineResult.Status.OK == result.getStatus() &&
                (result.bytesConsumed() > 0 || !isIdle(result.getHandshakeStatus()));
        }
        catch (final SSLException ex)
        {
            failure = ex;
            return true;
        }
    }

    private static boolean isIdle(final SSLEngineResult.HandshakeStatus status)
    {
        return SSLEngineResult.HandshakeStatus.NOT_HANDSHAKING == status ||
            SSLEngineResult.HandshakeStatus.NEED_UNWRAP == status ||
            SSLEngineResult.HandshakeStatus.FINISHED == status;
    }

    private SSLEngineResult.Status wrap(final ByteBuffer source)
    {
        try
        {
            packet.clear();
            final SSLEngineResult result = engine.wrap(source, packet);
            sealed.write(packet.array(), 0, packet.position());
            return result.getStatus();
        }
        catch (final SSLException ex)
        {
            failure = ex;
            return SSLEngineResult.Status.CLOSED;
        }
    }

    private void flushAlert()
    {
        final SSLException first = failure;
        if (SSLEngineResult.HandshakeStatus.NEED_WRAP == engine.getHandshakeStatus())
        {
            wrap(NOTHING);
        }
        failure = first;
    }

    private static TrustManager[] trust(final CertificateAuthority clients)
        throws GeneralSecurityException, java.io.IOException
    {
        if (null == clients)
        {
            return null;
        }

        final KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", clients.certificate());
        final TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);

        return factory.getTrustManagers();
    }

    private static final class OneKey extends X509ExtendedKeyManager
    {
        private static final String ALIAS = "server";

        private final X509Certificate[] chain;
        private final PrivateKey key;

        private OneKey(final X509Certificate[] chain, final PrivateKey key)
        {
            this.chain = chain;
            this.key = key;
        }

        @Override
        public String chooseEngineServerAlias(final String type, final Principal[] issuers, final SSLEngine engine)
        {
            return type.startsWith(key.getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public String chooseServerAlias(final String type, final Principal[] issuers, final Socket socket)
        {
            return type.startsWith(key.getAlgorithm()) ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(final String alias)
        {
            return chain;
        }

        @Override
        public PrivateKey getPrivateKey(final String alias)
        {
            return key;
        }

        @Override
        public String[] getServerAliases(final String type, final Principal[] issuers)
        {
            return new String[]{ ALIAS };
        }

        @Override
        public String[] getClientAliases(final String type, final Principal[] issuers)
        {
            return null;
        }

        @Override
        public String chooseClientAlias(final String[] types, final Principal[] issuers, final Socket socket)
        {
            return null;
        }
    }
}
