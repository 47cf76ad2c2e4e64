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

import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;
import io.peregrine.tls.TlsVersion;
import io.peregrine.tls.trust.ServerIdentity;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.List;
import java.util.stream.Stream;

/** Sessions by a provider of {@code javax.net.ssl}. */
public final class JsseContext extends TlsContext
{
    private final SSLContext sslContext;
    private final String[] cipherSuites;
    private final String warning;

    private JsseContext(
        final TlsConfig config,
        final SSLContext sslContext,
        final String[] cipherSuites,
        final String warning)
    {
        super(config);
        this.sslContext = sslContext;
        this.cipherSuites = cipherSuites;
        this.warning = warning;
    }

    /**
     * Makes a context.
     *
     * @param config to use.
     * @return the context, to be closed.
     * @throws TlsException when the provider is not there, or does not take the configuration.
     */
    public static JsseContext open(final TlsConfig config) throws TlsException
    {
        return open(config, null);
    }

    /**
     * Makes a context that was not the first choice.
     *
     * @param config  to use.
     * @param warning why, and what to do.
     * @return the context, to be closed.
     * @throws TlsException when the provider is not there, or does not take the configuration.
     */
    public static JsseContext open(final TlsConfig config, final String warning) throws TlsException
    {
        try
        {
            final SSLContext sslContext = sslContext(config);
            return new JsseContext(config, sslContext, cipherSuites(config, sslContext), warning);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new TlsException(TlsError.BAD_CONFIGURATION, "JSSE: " + ex.getMessage(), ex);
        }
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public TlsSession newSession(final String host, final int port) throws TlsException
    {
        throwExceptionIfClosed();
        final String provider = sslContext.getProvider().getName();
        try
        {
            // A context keeps the sessions that may be resumed: one that was never used before has none.
            final SSLContext sessions = config().isResuming() ? sslContext : sslContext(config());
            final SSLEngine engine = sessions.createSSLEngine(host, port);
            engine.setUseClientMode(true);
            configure(engine, host);

            return new JsseSession(engine, provider, host, null != config().clientIdentity());
        }
        catch (final GeneralSecurityException | IllegalArgumentException | UnsupportedOperationException ex)
        {
            throw new TlsException(TlsError.BAD_CONFIGURATION, provider + ": " + ex.getMessage(), ex);
        }
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String description()
    {
        final Provider provider = sslContext.getProvider();
        return "JSSE " + provider.getName() + " " + provider.getVersionStr();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String warning()
    {
        return warning;
    }

    /**
     * Nothing to free: the collector sees to it.
     */
    @Override
    protected void performClose()
    {
    }

    private void configure(final SSLEngine engine, final String host)
    {
        final SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(Stream.of(TlsVersion.values())
            .filter((version) -> version.compareTo(config().minVersion()) >= 0 &&
                version.compareTo(config().maxVersion()) <= 0)
            .map(TlsVersion::protocolName)
            .toArray(String[]::new));
        parameters.setCipherSuites(cipherSuites);
        parameters.setNamedGroups(config().groups().toArray(String[]::new));
        parameters.setApplicationProtocols(config().applicationProtocols().toArray(String[]::new));
        parameters.setServerNames(ServerIdentity.isAddress(host) ? List.of() : List.of(new SNIHostName(host)));
        engine.setSSLParameters(parameters);
    }

    private static SSLContext sslContext(final TlsConfig config) throws GeneralSecurityException, TlsException
    {
        final String name = config.jsseProvider();
        final SSLContext sslContext =
            null == name ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", JsseProviders.find(name));
        sslContext.init(
            new KeyManager[]{ new IdentityKeyManager(config.clientIdentity()) },
            new TrustManager[]{ new VerifyingTrustManager(config.serverVerifier()) },
            null);

        return sslContext;
    }

    private static String[] cipherSuites(final TlsConfig config, final SSLContext sslContext) throws TlsException
    {
        final List<String> supported = List.of(sslContext.getSupportedSSLParameters().getCipherSuites());
        final String[] suites = config.cipherSuites().stream().filter(supported::contains).toArray(String[]::new);
        if (0 == suites.length)
        {
            throw new TlsException(TlsError.BAD_CONFIGURATION,
                sslContext.getProvider().getName() + " supports none of the cipher suites " + config.cipherSuites());
        }

        return suites;
    }
}
