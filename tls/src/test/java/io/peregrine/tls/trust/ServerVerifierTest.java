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
package io.peregrine.tls.trust;

import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.CertificateAuthority.IssuedCertificate;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import org.junit.jupiter.api.Test;

import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ServerVerifierTest
{
    private static final String HOST = "venue.example";
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Root");
    private static final CertificateAuthority OTHER = CertificateAuthority.rsa("Other");
    private static final ServerVerifier VERIFIER = trusting(AUTHORITY.certificate());
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void shouldAcceptAChain()
    {
        assertDoesNotThrow(() -> VERIFIER.verify(venue().issue().chain(), HOST));
        assertDoesNotThrow(() -> VERIFIER.verify(venue().intermediates(9).issue().chain(), HOST));
        assertDoesNotThrow(() -> trusting(OTHER.certificate()).verify(OTHER.leaf().dns(HOST).issue().chain(), HOST));
    }

    @Test
    void shouldAcceptAChainInAnyOrderAndWithTheRoot()
    {
        final X509Certificate[] chain = venue().intermediates(2).issue().chain();
        final X509Certificate[] sent = { chain[0], AUTHORITY.certificate(), chain[2], chain[1] };
        assertDoesNotThrow(() -> VERIFIER.verify(sent, HOST));
    }

    @Test
    void shouldFindTheWayThroughACrossSignedRoot()
    {
        final X509Certificate crossSigned =
            AUTHORITY.crossSign(OTHER, Instant.now().minus(DAY), Instant.now().plus(DAY));
        final X509Certificate leaf = OTHER.leaf().dns(HOST).issue().certificate();
        assertDoesNotThrow(() -> VERIFIER.verify(new X509Certificate[]{ leaf, crossSigned }, HOST));
    }

    @Test
    void shouldAcceptALeafThatIsTrustedItself() throws TlsException
    {
        final X509Certificate leaf = CertificateAuthority.selfSigned().dns(HOST).issue().certificate();
        trusting(leaf).verify(new X509Certificate[]{ leaf }, HOST);
        assertError(TlsError.HOST_MISMATCH, trusting(leaf), new X509Certificate[]{ leaf }, "other.example");

        final X509Certificate expired = CertificateAuthority.selfSigned().dns(HOST)
            .validFrom(Instant.now().minus(DAY.multipliedBy(2))).validTo(Instant.now().minus(DAY))
            .issue().certificate();
        assertError(TlsError.CERTIFICATE_EXPIRED, trusting(expired), new X509Certificate[]{ expired }, HOST);
    }

    @Test
    void shouldSayWhatIsWrong()
    {
        assertError(TlsError.CERTIFICATE_EXPIRED, venue()
            .validFrom(Instant.now().minus(DAY.multipliedBy(2))).validTo(Instant.now().minus(DAY)).issue());
        assertError(TlsError.CERTIFICATE_NOT_YET_VALID, venue()
            .validFrom(Instant.now().plus(DAY)).validTo(Instant.now().plus(DAY.multipliedBy(2))).issue());
        assertError(TlsError.CERTIFICATE_SELF_SIGNED, CertificateAuthority.selfSigned().dns(HOST).issue());
        assertError(TlsError.UNKNOWN_ISSUER, OTHER.leaf().dns(HOST).issue());
        assertError(TlsError.CERTIFICATE_REJECTED, venue().clientAuth().issue());
        assertError(TlsError.HOST_MISMATCH, AUTHORITY.leaf().dns("other.example").issue());
    }

    @Test
    void shouldRefuseAWeakSignature()
    {
        assertThrows(TlsException.class, () -> trusting(OTHER.certificate()).verify(
            OTHER.leaf().dns(HOST).signedWith("MD5withRSA").issue().chain(), HOST));
    }

    @Test
    void shouldMissAnIntermediate()
    {
        final X509Certificate[] chain = venue().intermediates(2).issue().chain();
        assertError(TlsError.UNKNOWN_ISSUER, VERIFIER, Arrays.copyOf(chain, 2), HOST);
    }

    @Test
    void shouldNotTakeALeafForAnIssuer()
    {
        final IssuedCertificate leaf = venue().issue();
        final X509Certificate forged = CertificateAuthority.selfSigned().dns(HOST).issue().certificate();
        assertError(TlsError.CERTIFICATE_SELF_SIGNED, VERIFIER,
            new X509Certificate[]{ forged, leaf.certificate(), AUTHORITY.certificate() }, HOST);
    }

    @Test
    void shouldBoundTheChain()
    {
        assertError(TlsError.CERTIFICATE_REJECTED, VERIFIER, new X509Certificate[0], HOST);
        final X509Certificate[] many = new X509Certificate[ServerVerifier.MAX_CHAIN_LENGTH + 1];
        Arrays.fill(many, AUTHORITY.certificate());
        assertError(TlsError.CERTIFICATE_REJECTED, VERIFIER, many, HOST);
        assertEquals(TlsError.CERTIFICATE_REJECTED, assertThrows(TlsException.class, () ->
            ServerVerifier.parseChain(new byte[][]{ { 1, 2, 3 } })).error());
    }

    @Test
    void shouldAskForAPinnedKeyOfTheVerifiedPath() throws Exception
    {
        final X509Certificate[] chain = venue().intermediates(1).issue().chain();
        final Set<X509Certificate> roots = Set.of(AUTHORITY.certificate());
        for (final X509Certificate pinned : new X509Certificate[]{ chain[0], chain[1], AUTHORITY.certificate() })
        {
            new ServerVerifier(roots, List.of(pin(OTHER.certificate()), pin(pinned))).verify(chain, HOST);
        }

        // One that the server only sends along is not one that it is verified by.
        final X509Certificate[] sent = { chain[0], chain[1], OTHER.certificate() };
        assertError(TlsError.PIN_MISMATCH,
            new ServerVerifier(roots, List.of(pin(OTHER.certificate()))), sent, HOST);
    }

    @Test
    void shouldOnlyAskForPinsWhenNothingIsVerified() throws Exception
    {
        final X509Certificate[] chain = OTHER.leaf().dns("other.example").issue().chain();
        ServerVerifier.acceptingAny(List.of()).verify(chain, HOST);
        ServerVerifier.acceptingAny(List.of(pin(chain[0]))).verify(chain, HOST);
        assertError(TlsError.PIN_MISMATCH,
            ServerVerifier.acceptingAny(List.of(pin(OTHER.certificate()))),
            new X509Certificate[]{ chain[0], OTHER.certificate() }, HOST);
    }

    private static byte[] pin(final X509Certificate certificate) throws Exception
    {
        return MessageDigest.getInstance("SHA-256").digest(certificate.getPublicKey().getEncoded());
    }

    private static CertificateAuthority.Builder venue()
    {
        return AUTHORITY.leaf().dns(HOST);
    }

    private static ServerVerifier trusting(final X509Certificate root)
    {
        return new ServerVerifier(Set.of(root), List.of());
    }

    private static void assertError(final TlsError expected, final IssuedCertificate issued)
    {
        assertError(expected, VERIFIER, issued.chain(), HOST);
    }

    private static void assertError(
        final TlsError expected, final ServerVerifier verifier, final X509Certificate[] chain, final String host)
    {
        final TlsException ex = assertThrows(TlsException.class, () -> verifier.verify(chain, host));
        assertEquals(expected, ex.error(), ex.getMessage());
        assertTrue(!ex.detail().isEmpty());
    }
}
