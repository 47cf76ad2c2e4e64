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

import io.peregrine.tls.trust.ClientIdentity;
import io.peregrine.tls.trust.ServerVerifier;
import io.peregrine.tls.trust.TrustRoots;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * How TLS is spoken: whom to trust, who the client is, and what may be agreed on. Immutable, to be shared; make it
 * once, since its builder reads files.
 * <p>
 * By default the roots of the Java platform are trusted, TLS 1.2 and 1.3 are spoken, {@code http/1.1} is offered, and
 * sessions are resumed. The name of the server is always verified (RFC 9525).
 */
public final class TlsConfig
{
    /** How long to wait for the verdict of a server on the client's certificate: 250 ms. */
    public static final long VERDICT_TIMEOUT_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** System property that names the file of the wolfSSL library: {@code peregrine.wolfssl.library}. */
    public static final String WOLFSSL_LIBRARY_PROPERTY = "peregrine.wolfssl.library";

    private final TlsProvider provider;
    private final Path wolfSslLibrary;
    private final String jsseProvider;
    private final ServerVerifier serverVerifier;
    private final ClientIdentity clientIdentity;
    private final TlsVersion minVersion;
    private final TlsVersion maxVersion;
    private final List<String> cipherSuites;
    private final List<String> groups;
    private final List<String> applicationProtocols;
    private final boolean isResuming;
    private final long verdictTimeoutNs;

    private TlsConfig(final Builder builder) throws TlsException
    {
        provider = builder.provider;
        wolfSslLibrary = builder.wolfSslLibrary;
        jsseProvider = builder.jsseProvider;
        serverVerifier = builder.serverVerifier();
        clientIdentity = builder.clientIdentity;
        minVersion = builder.minVersion;
        maxVersion = builder.maxVersion;
        cipherSuites = builder.cipherSuites;
        groups = builder.groups;
        applicationProtocols = builder.applicationProtocols;
        isResuming = builder.isResuming;
        verdictTimeoutNs = builder.verdictTimeoutNs;
    }

    /**
     * Starts with every option at its default.
     *
     * @return a builder.
     */
    public static Builder builder()
    {
        return new Builder();
    }

    /**
     * The configuration with every option at its default.
     *
     * @return the configuration.
     * @throws TlsException when the trusted roots of the Java platform cannot be read.
     */
    public static TlsConfig defaults() throws TlsException
    {
        return builder().build();
    }

    /**
     * Provider asked for.
     *
     * @return never null.
     */
    public TlsProvider provider()
    {
        return provider;
    }

    /**
     * File of the wolfSSL library.
     *
     * @return the path that was set, else the one of {@link #WOLFSSL_LIBRARY_PROPERTY}, else null: as the system finds
     * it.
     */
    public Path wolfSslLibrary()
    {
        return wolfSslLibrary;
    }

    /**
     * Name of the provider of {@code javax.net.ssl}.
     *
     * @return null for the platform's own.
     */
    public String jsseProvider()
    {
        return jsseProvider;
    }

    /**
     * Who judges the certificates of servers.
     *
     * @return never null.
     */
    public ServerVerifier serverVerifier()
    {
        return serverVerifier;
    }

    /**
     * Certificate and key of the client.
     *
     * @return null if it has none.
     */
    public ClientIdentity clientIdentity()
    {
        return clientIdentity;
    }

    /**
     * Lowest version spoken.
     *
     * @return never null.
     */
    public TlsVersion minVersion()
    {
        return minVersion;
    }

    /**
     * Highest version spoken.
     *
     * @return never null.
     */
    public TlsVersion maxVersion()
    {
        return maxVersion;
    }

    /**
     * Cipher suites by their names in IANA's registry, best first.
     *
     * @return an unmodifiable list.
     */
    public List<String> cipherSuites()
    {
        return cipherSuites;
    }

    /**
     * Groups for the key exchange by their names in IANA's registry, best first.
     *
     * @return an unmodifiable list.
     */
    public List<String> groups()
    {
        return groups;
    }

    /**
     * Application protocols offered (RFC 7301), best first.
     *
     * @return an unmodifiable list; empty if none are offered.
     */
    public List<String> applicationProtocols()
    {
        return applicationProtocols;
    }

    /**
     * Are sessions resumed?
     *
     * @return true unless switched off.
     */
    public boolean isResuming()
    {
        return isResuming;
    }

    /**
     * How long a connection waits for the server's verdict on the client's certificate, where the protocol gives it
     * only after the handshake (TLS 1.3), before it is taken for accepted.
     *
     * @return nanoseconds.
     */
    public long verdictTimeoutNs()
    {
        return verdictTimeoutNs;
    }

    /** Builds a {@link TlsConfig}. Whatever it reads is read at once, so that an error names its cause where it is. */
    public static final class Builder
    {
        private static final List<String> CIPHER_SUITES_DEFAULT = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");
        private static final List<String> GROUPS_DEFAULT = List.of("x25519", "secp256r1", "secp384r1");

        private final Set<X509Certificate> roots = new LinkedHashSet<>();
        private final List<byte[]> pins = new ArrayList<>();
        private boolean isTrustingSystemRoots = true;
        private boolean isVerifying = true;
        private TlsProvider provider = TlsProvider.AUTO;
        private Path wolfSslLibrary;
        private String jsseProvider;
        private ClientIdentity clientIdentity;
        private TlsVersion minVersion = TlsVersion.TLS_1_2;
        private TlsVersion maxVersion = TlsVersion.TLS_1_3;
        private List<String> cipherSuites = CIPHER_SUITES_DEFAULT;
        private List<String> groups = GROUPS_DEFAULT;
        private List<String> applicationProtocols = List.of("http/1.1");
        private boolean isResuming = true;
        private long verdictTimeoutNs = VERDICT_TIMEOUT_DEFAULT_NS;

        private Builder()
        {
            final String library = System.getProperty(WOLFSSL_LIBRARY_PROPERTY);
            if (null != library && !library.isEmpty())
            {
                wolfSslLibrary = Path.of(library);
            }
        }

        /**
         * Asks for a provider. Default: {@link TlsProvider#AUTO}.
         *
         * @param provider to use.
         * @return this for a fluent API.
         */
        public Builder provider(final TlsProvider provider)
        {
            this.provider = Objects.requireNonNull(provider, "provider");
            return this;
        }

        /**
         * Names the file of the wolfSSL library. Default: the system property {@value #WOLFSSL_LIBRARY_PROPERTY}, or
         * {@code libwolfssl.so} wherever the system finds it.
         *
         * @param library path of a shared library.
         * @return this for a fluent API.
         */
        public Builder wolfSslLibrary(final Path library)
        {
            wolfSslLibrary = Objects.requireNonNull(library, "library");
            return this;
        }

        /**
         * Names a provider of {@code javax.net.ssl}, registered or on the class path, such as {@code Conscrypt}.
         * Default: the platform's preferred one.
         *
         * @param name of the provider.
         * @return this for a fluent API.
         */
        public Builder jsseProvider(final String name)
        {
            jsseProvider = Objects.requireNonNull(name, "name");
            return this;
        }

        /**
         * Trusts the certificates of a file in PEM form, one or a bundle, besides the others.
         *
         * @param file to read.
         * @return this for a fluent API.
         * @throws TlsException when it cannot be read or has no certificate.
         */
        public Builder trustPem(final Path file) throws TlsException
        {
            roots.addAll(TrustRoots.fromPem(file));
            return this;
        }

        /**
         * Trusts certificates in PEM form, one or a bundle, besides the others.
         *
         * @param pem text to read.
         * @return this for a fluent API.
         * @throws TlsException when it has no certificate.
         */
        public Builder trustPem(final String pem) throws TlsException
        {
            roots.addAll(TrustRoots.fromPem(pem));
            return this;
        }

        /**
         * Trusts a certificate in DER form besides the others.
         *
         * @param der bytes of the certificate.
         * @return this for a fluent API.
         * @throws TlsException when it is none.
         */
        public Builder trustDer(final byte[] der) throws TlsException
        {
            roots.addAll(TrustRoots.fromDer(der));
            return this;
        }

        /**
         * Trusts the roots that were given and no others.
         *
         * @return this for a fluent API.
         */
        public Builder withoutSystemRoots()
        {
            isTrustingSystemRoots = false;
            return this;
        }

        /**
         * Accepts servers only whose verified chain has a public key with this digest, or that of another pin.
         *
         * @param spkiSha256 SHA-256 of a SubjectPublicKeyInfo, 32 bytes.
         * @return this for a fluent API.
         * @throws TlsException when it has another length.
         */
        public Builder pin(final byte[] spkiSha256) throws TlsException
        {
            if (32 != spkiSha256.length)
            {
                throw new TlsException(TlsError.BAD_CONFIGURATION,
                    "a pin is the SHA-256 of a SubjectPublicKeyInfo: 32 bytes, not " + spkiSha256.length);
            }

            pins.add(spkiSha256.clone());
            return this;
        }

        /**
         * Accepts servers only whose verified chain has a public key with this digest, or that of another pin.
         *
         * @param spkiSha256Base64 SHA-256 of a SubjectPublicKeyInfo in base 64 (RFC 7469 section 2.4).
         * @return this for a fluent API.
         * @throws TlsException when it is not base 64 or has another length.
         */
        public Builder pin(final String spkiSha256Base64) throws TlsException
        {
            try
            {
                return pin(Base64.getDecoder().decode(spkiSha256Base64));
            }
            catch (final IllegalArgumentException ex)
            {
                throw new TlsException(TlsError.BAD_CONFIGURATION, "pin is not base 64: " + ex.getMessage(), ex);
            }
        }

        /**
         * Accepts any certificate for any host: whoever sits between may read and change every order. For tests on a
         * wire of one's own; pins are still checked.
         *
         * @return this for a fluent API.
         */
        public Builder dangerouslyAcceptAnyServer()
        {
            isVerifying = false;
            return this;
        }

        /**
         * Presents a certificate to servers that ask for one.
         *
         * @param identity certificate and key.
         * @return this for a fluent API.
         */
        public Builder clientIdentity(final ClientIdentity identity)
        {
            clientIdentity = Objects.requireNonNull(identity, "identity");
            return this;
        }

        /**
         * Lowest version to speak. Default: TLS 1.2.
         *
         * @param version to set.
         * @return this for a fluent API.
         */
        public Builder minVersion(final TlsVersion version)
        {
            minVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        /**
         * Highest version to speak. Default: TLS 1.3.
         *
         * @param version to set.
         * @return this for a fluent API.
         */
        public Builder maxVersion(final TlsVersion version)
        {
            maxVersion = Objects.requireNonNull(version, "version");
            return this;
        }

        /**
         * Cipher suites to offer. Default: AES-128-GCM, AES-256-GCM and ChaCha20-Poly1305, with ephemeral keys.
         *
         * @param names in IANA's registry, best first.
         * @return this for a fluent API.
         */
        public Builder cipherSuites(final String... names)
        {
            cipherSuites = List.of(names);
            return this;
        }

        /**
         * Groups to offer for the key exchange. Default: x25519, secp256r1, secp384r1.
         *
         * @param names in IANA's registry, best first.
         * @return this for a fluent API.
         */
        public Builder groups(final String... names)
        {
            groups = List.of(names);
            return this;
        }

        /**
         * Application protocols to offer. Default: {@code http/1.1}.
         *
         * @param names as registered for ALPN, best first; none to offer none.
         * @return this for a fluent API.
         */
        public Builder applicationProtocols(final String... names)
        {
            applicationProtocols = List.of(names);
            return this;
        }

        /**
         * Switches the resumption of sessions on or off. Default: on.
         *
         * @param isResuming whether sessions are resumed.
         * @return this for a fluent API.
         */
        public Builder sessionResumption(final boolean isResuming)
        {
            this.isResuming = isResuming;
            return this;
        }

        /**
         * Sets {@link TlsConfig#verdictTimeoutNs()}.
         *
         * @param timeout not negative; 0 does not wait.
         * @param unit    of the timeout.
         * @return this for a fluent API.
         */
        public Builder verdictTimeout(final long timeout, final TimeUnit unit)
        {
            if (timeout < 0)
            {
                throw new IllegalArgumentException("verdictTimeout must not be negative: " + timeout);
            }

            verdictTimeoutNs = unit.toNanos(timeout);
            return this;
        }

        /**
         * Makes the configuration.
         *
         * @return the configuration.
         * @throws TlsException when nothing is trusted, or options contradict each other.
         */
        public TlsConfig build() throws TlsException
        {
            if (minVersion.compareTo(maxVersion) > 0)
            {
                throw new TlsException(TlsError.BAD_CONFIGURATION,
                    "minVersion " + minVersion + " is above maxVersion " + maxVersion);
            }
            if (cipherSuites.isEmpty() || groups.isEmpty())
            {
                throw new TlsException(TlsError.BAD_CONFIGURATION, "cipherSuites and groups must not be empty");
            }

            return new TlsConfig(this);
        }

        private ServerVerifier serverVerifier() throws TlsException
        {
            if (!isVerifying)
            {
                return ServerVerifier.acceptingAny(pins);
            }

            final Set<X509Certificate> trusted = new LinkedHashSet<>(roots);
            if (isTrustingSystemRoots)
            {
                trusted.addAll(TrustRoots.system());
            }
            if (trusted.isEmpty())
            {
                throw new TlsException(TlsError.BAD_CONFIGURATION,
                    "no trusted root: give one, or leave the system's");
            }

            return new ServerVerifier(trusted, pins);
        }
    }
}
