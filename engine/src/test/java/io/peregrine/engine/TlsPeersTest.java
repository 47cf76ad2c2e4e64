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
package io.peregrine.engine;

import io.peregrine.codec.RestResponse;
import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.CertificateAuthority.IssuedCertificate;
import io.peregrine.tls.Provider;
import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsVersion;
import io.peregrine.tls.trust.ClientIdentity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every provider with every version against every server, with and without a certificate of the client. */
@Timeout(60)
class TlsPeersTest
{
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Venue root");
    private static final IssuedCertificate SERVER =
        AUTHORITY.leaf().dns("localhost").ip("127.0.0.1").intermediates(1).issue();
    private static final IssuedCertificate CLIENT = AUTHORITY.leaf().commonName("trader").clientAuth().issue();

    @TempDir
    static Path directory;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final HttpEngine engine = watcher.watch(new HttpEngine(new EngineContext()));

    @BeforeAll
    static void writeCertificate() throws IOException
    {
        CLIENT.writePem(directory, "client");
    }

    @AfterEach
    void closeEngine()
    {
        engine.close();
    }

    static Stream<Arguments> matrix()
    {
        return Stream.of(TlsServerProcess.Kind.values()).flatMap((kind) ->
            Stream.of(TlsVersion.values()).flatMap((version) ->
                Stream.of(Provider.values()).flatMap((provider) ->
                    Stream.of(false, true).map((isMutual) -> Arguments.of(kind, version, provider, isMutual)))));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void shouldExchange(
        final TlsServerProcess.Kind kind, final TlsVersion version, final Provider provider, final boolean isMutual)
        throws IOException
    {
        try (TlsServerProcess server = new TlsServerProcess(kind, SERVER, version, isMutual ? AUTHORITY : null))
        {
            final HttpConnection connection =
                new HttpConnectionBuilder(engine).tls(config(provider, isMutual)).connect(server.url());
            assertEquals(version.protocolName(), connection.tlsInfo().protocol());
            assertEquals("http/1.1", connection.tlsInfo().applicationProtocol());

            final RestResponse response = connection.exchange(Requests.get("/"));
            assertEquals(200, response.status());
            if (TlsServerProcess.Kind.OPENSSL != kind)
            {
                assertEquals(TlsServerProcess.BODY, response.bodyAsString());
                assertEquals(isMutual, String.valueOf(response.header("X-Client")).contains("trader"));
                assertEquals(200, connection.exchange(Requests.get("/again")).status());
            }
            assertEquals(1, engine.counters().get(EngineCounter.TLS_HANDSHAKES));
        }
    }

    static Stream<Arguments> providersAndVersions()
    {
        return Stream.of(Provider.values()).flatMap((provider) ->
            Stream.of(TlsVersion.values()).map((version) -> Arguments.of(provider, version)));
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldResumeWhenItReconnects(final Provider provider, final TlsVersion version) throws IOException
    {
        try (TlsServerProcess server =
            new TlsServerProcess(TlsServerProcess.Kind.NGINX, SERVER, version, null))
        {
            final TlsConfig config = config(provider, false);
            for (int i = 0; i < 3; i++)
            {
                try (HttpConnection connection =
                    new HttpConnectionBuilder(engine).tls(config).connect(server.url()))
                {
                    assertEquals(i > 0, connection.tlsInfo().isResumed());
                    assertEquals(200, connection.exchange(Requests.get("/")).status());
                }
            }

            assertEquals(3, engine.counters().get(EngineCounter.TLS_HANDSHAKES));
            assertEquals(2, engine.counters().get(EngineCounter.TLS_RESUMPTIONS));
            assertTrue(engine.counters().get(EngineCounter.CONNECTS) >= 3);
        }
    }

    private static TlsConfig config(final Provider provider, final boolean isMutual) throws IOException
    {
        final TlsConfig.Builder builder = provider.config()
            .trustPem(CertificateAuthority.pem(AUTHORITY.certificate()));
        if (isMutual)
        {
            builder.clientIdentity(ClientIdentity.fromPem(
                directory.resolve("client.crt"), directory.resolve("client.key"), null));
        }

        return builder.build();
    }
}
