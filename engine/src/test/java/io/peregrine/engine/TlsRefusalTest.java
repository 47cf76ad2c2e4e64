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

import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.CertificateAuthority.IssuedCertificate;
import io.peregrine.tls.MemoryServer;
import io.peregrine.tls.Provider;
import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Servers, and clients, that must not be accepted: each for a reason of its own, and no request leaves. */
@Timeout(60)
class TlsRefusalTest
{
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Venue root");
    private static final CertificateAuthority STRANGER = CertificateAuthority.ec("Stranger");
    private static final Instant NOW = Instant.now();
    private static final Duration DAY = Duration.ofDays(1);
    private static final String PIN_OF_NOBODY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final HttpEngine engine = watcher.watch(new HttpEngine(new EngineContext()));

    @AfterEach
    void closeEngine()
    {
        engine.close();
    }

    static Stream<Arguments> badServers()
    {
        return providersAndVersions((provider, version) -> Stream.of(
            bad(provider, version, TlsError.CERTIFICATE_EXPIRED, "localhost",
                local().validFrom(NOW.minus(DAY.multipliedBy(3))).validTo(NOW.minus(DAY)).issue()),
            bad(provider, version, TlsError.CERTIFICATE_NOT_YET_VALID, "localhost",
                local().validFrom(NOW.plus(DAY)).validTo(NOW.plus(DAY.multipliedBy(3))).issue()),
            bad(provider, version, TlsError.CERTIFICATE_SELF_SIGNED, "localhost",
                CertificateAuthority.selfSigned().dns("localhost").issue()),
            bad(provider, version, TlsError.UNKNOWN_ISSUER, "localhost", STRANGER.leaf().dns("localhost").issue()),
            bad(provider, version, TlsError.HOST_MISMATCH, "localhost", AUTHORITY.leaf().dns("venue.example").issue()),
            bad(provider, version, TlsError.ADDRESS_MISMATCH, "127.0.0.1",
                AUTHORITY.leaf().dns("127.0.0.1", "localhost").ip("127.0.0.2").issue()),
            bad(provider, version, TlsError.WILDCARD_MISUSED, "localhost", AUTHORITY.leaf().dns("l*t").issue()),
            bad(provider, version, TlsError.CERTIFICATE_REJECTED, "localhost",
                local().clientAuth().issue())));
    }

    @ParameterizedTest
    @MethodSource("badServers")
    void shouldRefuseTheServer(
        final Provider provider,
        final TlsVersion version,
        final TlsError expected,
        final String host,
        final IssuedCertificate certificate) throws IOException
    {
        assertRefused(trusting(provider).build(), expected, host, certificate, version, false);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldRefuseAServerWithoutAPinnedKey(final Provider provider, final TlsVersion version) throws IOException
    {
        assertRefused(trusting(provider).pin(PIN_OF_NOBODY).build(),
            TlsError.PIN_MISMATCH, "localhost", local().issue(), version, false);
        assertRefused(provider.config().dangerouslyAcceptAnyServer().pin(PIN_OF_NOBODY).build(),
            TlsError.PIN_MISMATCH, "localhost", local().issue(), version, false);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldTellThatTheServerWantsACertificate(final Provider provider, final TlsVersion version)
        throws IOException
    {
        assertRefused(trusting(provider).build(),
            TlsError.CLIENT_CERTIFICATE_REQUIRED, "localhost", local().issue(), version, true);
        try (TlsServerProcess server =
            new TlsServerProcess(TlsServerProcess.Kind.OPENSSL, local().issue(), version, AUTHORITY))
        {
            final ExchangeException ex = assertThrows(ExchangeException.class, () ->
                new HttpConnectionBuilder(engine).tls(trusting(provider).build()).connect(server.url()));
            assertEquals(TlsError.CLIENT_CERTIFICATE_REQUIRED, ex.error(), ex.getMessage());
            assertEquals(Delivery.NOT_SENT, ex.delivery());
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void shouldNoticeARequestThatLeaves(final Provider provider, final TlsVersion version) throws IOException
    {
        // What the other tests say did not happen, the server would have seen.
        try (TlsLoopbackServer server = new TlsLoopbackServer(
            MemoryServer.context(local().issue(), null), version.protocolName(), false))
        {
            final HttpConnection connection =
                new HttpConnectionBuilder(engine).tls(trusting(provider).build()).connect(server.url("localhost"));
            connection.send(Requests.get("/"), new RecordingHandler());
            assertTimeoutPreemptively(Duration.ofSeconds(20), () ->
            {
                while (!server.received().contains("GET / HTTP/1.1"))
                {
                    Thread.onSpinWait();
                }
            });
        }
    }

    static Stream<Arguments> providers()
    {
        return providersAndVersions((provider, version) -> Stream.of(Arguments.of(provider, version)));
    }

    private void assertRefused(
        final TlsConfig config,
        final TlsError expected,
        final String host,
        final IssuedCertificate certificate,
        final TlsVersion version,
        final boolean needsClient) throws IOException
    {
        try (TlsLoopbackServer server = new TlsLoopbackServer(
            MemoryServer.context(certificate, AUTHORITY), version.protocolName(), needsClient))
        {
            final ExchangeException ex = assertThrows(ExchangeException.class, () ->
                new HttpConnectionBuilder(engine).tls(config).connect(server.url(host)));
            assertEquals(expected, ex.error(), ex.getMessage());
            assertEquals(Delivery.NOT_SENT, ex.delivery());
            assertEquals("", server.received());
            assertEquals(0, engine.counters().get(EngineCounter.REQUESTS));
            assertTrue(engine.counters().get(expected) > 0);
        }
    }

    private static CertificateAuthority.Builder local()
    {
        return AUTHORITY.leaf().dns("localhost").ip("127.0.0.1");
    }

    private static TlsConfig.Builder trusting(final Provider provider) throws TlsException
    {
        return provider.config().trustPem(CertificateAuthority.pem(AUTHORITY.certificate()));
    }

    private static Arguments bad(
        final Provider provider,
        final TlsVersion version,
        final TlsError expected,
        final String host,
        final IssuedCertificate certificate)
    {
        return Arguments.of(provider, version, expected, host, certificate);
    }

    private static Stream<Arguments> providersAndVersions(final Cases cases)
    {
        return Stream.of(Provider.values()).flatMap((provider) ->
            Stream.of(TlsVersion.values()).flatMap((version) -> cases.of(provider, version)));
    }

    @FunctionalInterface
    private interface Cases
    {
        Stream<Arguments> of(Provider provider, TlsVersion version);
    }
}
