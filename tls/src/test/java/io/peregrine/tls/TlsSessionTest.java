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
import io.peregrine.tls.trust.ClientIdentity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import javax.net.ssl.SSLContext;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.*;

class TlsSessionTest
{
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Root");
    private static final IssuedCertificate VENUE = AUTHORITY.leaf().dns("venue.example").ip("127.0.0.1").issue();
    private static final SSLContext SERVERS = MemoryServer.context(VENUE, AUTHORITY);
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: venue.example\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] ANSWER = "HTTP/1.1 204 No Content\r\n\r\n".getBytes(US_ASCII);

    static Stream<Arguments> providersAndVersions()
    {
        return Stream.of(Provider.values()).flatMap((provider) ->
            Stream.of(TlsVersion.values()).map((version) -> Arguments.of(provider, version)));
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldExchangeHoweverTheRecordsAreCut(final Provider provider, final TlsVersion version) throws TlsException
    {
        try (TlsContext context = TlsContext.open(trusting(provider).build()))
        {
            for (final int pieceLength : new int[]{ 1, 2, 5, 6, 21, 64, 1_000, 16_384, 100_000 })
            {
                final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), false);
                try (MemoryLink link = link(context, server, pieceLength))
                {
                    link.handshake();
                    assertEquals(version.protocolName(), link.client().info().protocol());

                    link.seal(REQUEST);
                    assertArrayEquals(REQUEST, server.received());
                    server.send(ANSWER);
                    assertArrayEquals(ANSWER, link.open(ANSWER.length, 1_024));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldCarryMoreThanAnyBufferHolds(final Provider provider, final TlsVersion version) throws TlsException
    {
        final byte[] large = new byte[300_000];
        new Random(7).nextBytes(large);
        final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), false);
        try (TlsContext context = TlsContext.open(trusting(provider).build());
            MemoryLink link = link(context, server, 100_000))
        {
            link.handshake();
            link.seal(large);
            assertArrayEquals(large, server.received());
            for (final int room : new int[]{ 7, 1_000, 16_384, 100_000 })
            {
                server.send(large);
                assertArrayEquals(large, link.open(large.length, room));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldOpenWhatComesTogetherWithTheEndOfTheHandshake(final Provider provider) throws TlsException
    {
        final MemoryServer server = new MemoryServer(SERVERS, "TLSv1.2", false);
        try (TlsContext context = TlsContext.open(trusting(provider).build());
            MemoryLink link = link(context, server, 100_000))
        {
            link.handshakeUntilServerIsDone();
            server.send(ANSWER);
            link.handshake();

            assertArrayEquals(ANSWER, link.open(ANSWER.length, 64));
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldResumeASession(final Provider provider, final TlsVersion version) throws TlsException
    {
        try (TlsContext context = TlsContext.open(trusting(provider).build()))
        {
            assertFalse(exchange(context, version, "venue.example"));
            assertTrue(exchange(context, version, "venue.example"));
            assertTrue(exchange(context, version, "venue.example"));
            assertFalse(exchange(context, version, "127.0.0.1"));
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldShakeHandsThoughTheLastSessionEndedEarly(final Provider provider, final TlsVersion version)
        throws TlsException
    {
        try (TlsContext context = TlsContext.open(trusting(provider).build()))
        {
            assertFalse(exchange(context, version, "venue.example"));
            for (int i = 0; i < 5; i++)
            {
                // Closed before the server's new ticket was read.
                final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), false);
                try (MemoryLink link = link(context, server, 100_000))
                {
                    link.handshake();
                }
                assertNull(server.failure());
            }
            exchange(context, version, "venue.example");
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldNotResumeWhenToldNotTo(final Provider provider, final TlsVersion version) throws TlsException
    {
        try (TlsContext context = TlsContext.open(trusting(provider).sessionResumption(false).build()))
        {
            assertFalse(exchange(context, version, "venue.example"));
            assertFalse(exchange(context, version, "venue.example"));
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldTellTheEndFromATruncation(final Provider provider, final TlsVersion version) throws TlsException
    {
        final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), false);
        try (TlsContext context = TlsContext.open(trusting(provider).build());
            MemoryLink link = link(context, server, 100_000))
        {
            link.handshake();
            server.close();
            assertEquals(TlsSession.END_OF_STREAM, link.openOnce());
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldSayThatItCloses(final Provider provider, final TlsVersion version) throws TlsException
    {
        final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), false);
        try (TlsContext context = TlsContext.open(trusting(provider).build());
            MemoryLink link = link(context, server, 100_000))
        {
            link.handshake();
            link.client().shutdown();
            link.flush();
            assertTrue(server.engine().isInboundDone());
            assertNull(server.failure());
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldRefuseARecordThatWasChanged(final Provider provider, final TlsVersion version) throws TlsException
    {
        final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), false);
        try (TlsContext context = TlsContext.open(trusting(provider).build());
            MemoryLink link = link(context, server, 100_000))
        {
            link.handshake();
            server.send(ANSWER);
            link.corrupt(5);

            assertEquals(TlsError.BAD_RECORD, assertThrows(TlsException.class, link::openOnce).error());
            assertThrows(IllegalStateException.class, link::openOnce);
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldRefuseAServerWithoutTheKeyOfItsCertificate(final Provider provider, final TlsVersion version)
        throws TlsException
    {
        final IssuedCertificate other = AUTHORITY.leaf().dns("other.example").issue();
        final SSLContext impostor = MemoryServer.context(VENUE.chain(), other.privateKey(), null);
        final MemoryServer server = new MemoryServer(impostor, version.protocolName(), false);
        try (TlsContext context = TlsContext.open(trusting(provider).build());
            MemoryLink link = link(context, server, 100_000))
        {
            assertEquals(TlsError.SIGNATURE_INVALID, assertThrows(TlsException.class, link::handshake).error());
            assertEquals(0, server.received().length);
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldPresentItsCertificate(final Provider provider, final TlsVersion version, @TempDir final Path directory)
        throws Exception
    {
        final IssuedCertificate client = AUTHORITY.leaf().commonName("trader").clientAuth().intermediates(2).issue();
        client.writePem(directory, "client");
        final TlsConfig config = trusting(provider)
            .clientIdentity(ClientIdentity.fromPem(
                directory.resolve("client.crt"), directory.resolve("client.key"), null))
            .build();
        final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), true);
        try (TlsContext context = TlsContext.open(config); MemoryLink link = link(context, server, 100_000))
        {
            link.handshake();
            link.seal(REQUEST);
            assertArrayEquals(REQUEST, server.received());
            assertEquals(client.certificate(), server.engine().getSession().getPeerCertificates()[0]);
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldHearThatACertificateIsMissing(final Provider provider, final TlsVersion version) throws Exception
    {
        final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), true);
        try (TlsContext context = TlsContext.open(trusting(provider).build());
            MemoryLink link = link(context, server, 100_000))
        {
            final TlsException ex = assertThrows(TlsException.class, () ->
            {
                link.handshake();
                assertTrue(link.client().awaitsVerdict());
                while (!link.client().hasVerdict())
                {
                    link.feed();
                }
            });
            assertEquals(TlsError.CLIENT_CERTIFICATE_REQUIRED, ex.error(), ex.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameWhatIsNotShared(final Provider provider) throws Exception
    {
        assertEquals(TlsError.NO_SHARED_VERSION,
            handshakeError(trusting(provider).minVersion(TlsVersion.TLS_1_3).build(), "TLSv1.2"));
        assertEquals(TlsError.NO_SHARED_VERSION,
            handshakeError(trusting(provider).maxVersion(TlsVersion.TLS_1_2).build(), "TLSv1.3"));
        assertEquals(TlsError.NO_SHARED_CIPHER,
            handshakeError(trusting(provider)
                .cipherSuites("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256").build(), "TLSv1.2"));
    }

    @ParameterizedTest
    @EnumSource
    void shouldRefuseUseAfterClose(final Provider provider) throws Exception
    {
        final MemoryServer server = new MemoryServer(SERVERS, null, false);
        try (TlsContext context = TlsContext.open(trusting(provider).build()))
        {
            final MemoryLink link = link(context, server, 100_000);
            link.handshake();
            final TlsSession session = link.client();
            session.close();
            session.close();

            final ByteBuffer buffer = ByteBuffer.allocateDirect(16);
            assertThrows(IllegalStateException.class, session::handshake);
            assertThrows(IllegalStateException.class, () -> session.seal(buffer));
            assertThrows(IllegalStateException.class, () -> session.open(buffer));
            assertThrows(IllegalStateException.class, session::inputRegion);
            assertThrows(IllegalStateException.class, session::outputRegion);
            assertThrows(IllegalStateException.class, () -> session.onInput(1));
            assertThrows(IllegalStateException.class, () -> session.onOutput(1));
            assertThrows(IllegalStateException.class, session::needsInput);
            assertThrows(IllegalStateException.class, session::shutdown);
            assertThrows(IllegalStateException.class, session::hasVerdict);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldOutliveItsContext(final Provider provider) throws Exception
    {
        final MemoryServer server = new MemoryServer(SERVERS, null, false);
        final TlsContext context = TlsContext.open(trusting(provider).build());
        try (MemoryLink link = link(context, server, 100_000))
        {
            context.close();
            context.close();
            link.handshake();
            link.seal(REQUEST);
            assertArrayEquals(REQUEST, server.received());
        }
        assertThrows(IllegalStateException.class, () -> context.newSession("venue.example", 443));
    }

    @Test
    void shouldNameTheServerUnlessItIsAnAddress() throws Exception
    {
        for (final Provider provider : Provider.values())
        {
            try (TlsContext context = TlsContext.open(trusting(provider).build()))
            {
                assertTrue(hello(context, "venue.example").contains("venue.example"), provider.name());
                assertFalse(hello(context, "127.0.0.1").contains("127.0.0.1"), provider.name());
                assertTrue(hello(context, "127.0.0.1").contains("http/1.1"), provider.name());
            }
        }
    }

    private static String hello(final TlsContext context, final String host) throws TlsException
    {
        try (TlsSession session = context.newSession(host, 443))
        {
            session.handshake();
            final ByteBuffer region = session.outputRegion();
            final byte[] bytes = new byte[region.remaining()];
            region.get(bytes);
            return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        }
    }

    private static TlsError handshakeError(final TlsConfig config, final String serverProtocol) throws TlsException
    {
        final MemoryServer server = new MemoryServer(SERVERS, serverProtocol, false);
        try (TlsContext context = TlsContext.open(config); MemoryLink link = link(context, server, 100_000))
        {
            return assertThrows(TlsException.class, link::handshake).error();
        }
    }

    /** Whether the session was resumed. */
    private static boolean exchange(final TlsContext context, final TlsVersion version, final String host)
        throws TlsException
    {
        final MemoryServer server = new MemoryServer(SERVERS, version.protocolName(), false);
        try (MemoryLink link = new MemoryLink(context.newSession(host, 443), server, 100_000))
        {
            link.handshake();
            link.seal(REQUEST);
            server.send(ANSWER);
            assertArrayEquals(ANSWER, link.open(ANSWER.length, 64));
            link.client().shutdown();
            link.flush();

            return link.client().info().isResumed();
        }
    }

    private static TlsConfig.Builder trusting(final Provider provider) throws TlsException
    {
        return provider.config().trustPem(CertificateAuthority.pem(AUTHORITY.certificate()));
    }

    private static MemoryLink link(final TlsContext context, final MemoryServer server, final int pieceLength)
        throws TlsException
    {
        return new MemoryLink(context.newSession("venue.example", 443), server, pieceLength);
    }
}
