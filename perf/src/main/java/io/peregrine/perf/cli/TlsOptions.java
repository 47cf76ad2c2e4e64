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
package io.peregrine.perf.cli;

import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsProvider;
import io.peregrine.tls.TlsVersion;
import io.peregrine.tls.trust.ClientIdentity;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The options about TLS, for the commands that are clients. */
public final class TlsOptions
{
    private static final String JSSE_PREFIX = "jsse:";
    private static final String PKCS12_SUFFIX = ".p12";
    private static final String PFX_SUFFIX = ".pfx";

    @Option(names = "--tls-provider", paramLabel = "P", defaultValue = "auto",
        description = "auto, wolfssl, jsse, or jsse:NAME for a provider by name; ${DEFAULT-VALUE} unless given: " +
            "wolfssl if its library is there and accelerated, else jsse.")
    private String provider;

    @Option(names = "--wolfssl-library", paramLabel = "FILE",
        description = "Another build of the wolfSSL library.")
    private Path wolfSslLibrary;

    @Option(names = "--cacert", paramLabel = "FILE",
        description = "Certificates to trust instead of the platform's, in PEM form.")
    private Path authorities;

    @Option(names = "--cert", paramLabel = "FILE",
        description = "Certificate of the client in PEM form, with its chain; or PKCS #12 (.p12, .pfx).")
    private Path certificate;

    @Option(names = "--key", paramLabel = "FILE",
        description = "Key of the client in PEM form; in the file of --cert unless given.")
    private Path key;

    @Option(names = "--pass", paramLabel = "PASSWORD", arity = "0..1", interactive = true,
        description = "Password of the key; asked for when not given.")
    private char[] password;

    @Option(names = "--pin", paramLabel = "SHA256",
        description = "SHA-256, in base 64, of a public key in the server's chain; may be given many times.")
    private final List<String> pins = new ArrayList<>();

    @Option(names = "--tls-min", paramLabel = "1.2|1.3", description = "Lowest version; 1.2 unless given.")
    private String minVersion;

    @Option(names = "--tls-max", paramLabel = "1.2|1.3", description = "Highest version; 1.3 unless given.")
    private String maxVersion;

    @Option(names = "--dangerously-accept-any-server",
        description = "Do not verify the server: whoever is in between may read and change everything.")
    private boolean isAcceptingAnyServer;

    /** Creates the options; picocli fills them in. */
    public TlsOptions()
    {
    }

    /**
     * What was asked for, with the files read.
     *
     * @return a builder, to be added to.
     * @throws TlsException             when a file, pin or combination cannot be used.
     * @throws IllegalArgumentException when an option has a value that is not known.
     */
    public TlsConfig.Builder config() throws TlsException
    {
        final TlsConfig.Builder builder = TlsConfig.builder();
        setProvider(builder);
        if (null != authorities)
        {
            builder.trustPem(authorities).withoutSystemRoots();
        }
        if (null != certificate)
        {
            builder.clientIdentity(identity());
        }
        else if (null != key)
        {
            throw new IllegalArgumentException("--key needs --cert");
        }
        for (final String pin : pins)
        {
            builder.pin(pin);
        }
        if (null != minVersion)
        {
            builder.minVersion(version(minVersion));
        }
        if (null != maxVersion)
        {
            builder.maxVersion(version(maxVersion));
        }

        return isAcceptingAnyServer ? builder.dangerouslyAcceptAnyServer() : builder;
    }

    private void setProvider(final TlsConfig.Builder builder)
    {
        if (null != wolfSslLibrary)
        {
            builder.wolfSslLibrary(wolfSslLibrary);
        }
        if (provider.startsWith(JSSE_PREFIX))
        {
            builder.provider(TlsProvider.JSSE).jsseProvider(provider.substring(JSSE_PREFIX.length()));
            return;
        }

        builder.provider(switch (provider.toLowerCase(Locale.ROOT))
        {
            case "auto" -> TlsProvider.AUTO;
            case "wolfssl" -> TlsProvider.WOLFSSL;
            case "jsse" -> TlsProvider.JSSE;
            default -> throw new IllegalArgumentException(
                "--tls-provider is auto, wolfssl, jsse or jsse:NAME, not " + provider);
        });
    }

    private ClientIdentity identity() throws TlsException
    {
        final String file = certificate.toString().toLowerCase(Locale.ROOT);
        return file.endsWith(PKCS12_SUFFIX) || file.endsWith(PFX_SUFFIX) ?
            ClientIdentity.fromPkcs12(certificate, password) :
            ClientIdentity.fromPem(certificate, null == key ? certificate : key, password);
    }

    private static TlsVersion version(final String text)
    {
        return switch (text)
        {
            case "1.2" -> TlsVersion.TLS_1_2;
            case "1.3" -> TlsVersion.TLS_1_3;
            default -> throw new IllegalArgumentException("a version of TLS is 1.2 or 1.3, not " + text);
        };
    }
}
