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

import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.MessageDigest;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Judges the certificates of servers: is there a valid path to a trusted root (RFC 5280), is it for the host that was
 * asked for (RFC 9525), and does it have a pinned key. Immutable, for use by any thread. Nothing is fetched from a
 * network.
 */
public final class ServerVerifier
{
    /** Most certificates that a server may send. */
    public static final int MAX_CHAIN_LENGTH = 32;

    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";
    private static final String ANY_EXTENDED_KEY_USAGE = "2.5.29.37.0";
    private static final int MAX_CAUSES = 16;
    private static final int DIGITAL_SIGNATURE = 0;

    private final Set<X509Certificate> roots;
    private final Set<TrustAnchor> anchors;
    private final List<byte[]> pins;
    private final boolean isVerifying;

    /**
     * Trusts roots.
     *
     * @param roots to trust, at least one.
     * @param pins  SHA-256 digests of SubjectPublicKeyInfo, one of which must be in the verified path; none to accept
     *              any.
     */
    public ServerVerifier(final Set<X509Certificate> roots, final List<byte[]> pins)
    {
        this(roots, pins, true);
    }

    private ServerVerifier(final Set<X509Certificate> roots, final List<byte[]> pins, final boolean isVerifying)
    {
        this.roots = Set.copyOf(roots);
        this.pins = List.copyOf(pins);
        this.isVerifying = isVerifying;
        anchors = new HashSet<>();
        roots.forEach((root) -> anchors.add(new TrustAnchor(root, null)));
    }

    /**
     * Accepts any certificate for any host, as long as the pins, if there are any, are met by the server's own key.
     *
     * @param pins SHA-256 digests of SubjectPublicKeyInfo, one of which must be the server's; none to accept any.
     * @return the verifier.
     */
    public static ServerVerifier acceptingAny(final List<byte[]> pins)
    {
        return new ServerVerifier(Set.of(), pins, false);
    }

    /**
     * Reads certificates.
     *
     * @param chain each in DER form.
     * @return the certificates, in the same order.
     * @throws TlsException with {@link TlsError#CERTIFICATE_REJECTED} when one cannot be read, or there are too many.
     */
    public static X509Certificate[] parseChain(final byte[][] chain) throws TlsException
    {
        checkLength(chain.length);
        final X509Certificate[] certificates = new X509Certificate[chain.length];
        try
        {
            final CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (int i = 0; i < chain.length; i++)
            {
                certificates[i] = (X509Certificate)factory.generateCertificate(new ByteArrayInputStream(chain[i]));
            }
        }
        catch (final CertificateException ex)
        {
            throw new TlsException(
                TlsError.CERTIFICATE_REJECTED, "certificate cannot be read: " + ex.getMessage(), ex);
        }

        return certificates;
    }

    /**
     * Verifies a server.
     *
     * @param chain as the server sent it, its own certificate first.
     * @param host  name or address that was asked for.
     * @throws TlsException that says which check failed.
     */
    public void verify(final X509Certificate[] chain, final String host) throws TlsException
    {
        checkLength(chain.length);
        final List<X509Certificate> path = isVerifying ? verifiedPath(chain) : List.of(chain[0]);
        if (isVerifying)
        {
            ServerIdentity.check(chain[0], host);
        }
        checkPins(path);
    }

    private static void checkLength(final int length) throws TlsException
    {
        if (0 == length || length > MAX_CHAIN_LENGTH)
        {
            throw new TlsException(TlsError.CERTIFICATE_REJECTED,
                "server sent " + length + " certificates, not 1 to " + MAX_CHAIN_LENGTH);
        }
    }

    /** From the server's certificate to the root. */
    private List<X509Certificate> verifiedPath(final X509Certificate[] chain) throws TlsException
    {
        checkUsage(chain[0]);
        if (roots.contains(chain[0]))
        {
            checkValidity(chain[0]);
            return List.of(chain[0]);
        }

        try
        {
            final PKIXCertPathBuilderResult result =
                (PKIXCertPathBuilderResult)CertPathBuilder.getInstance("PKIX").build(parameters(chain));
            final List<X509Certificate> path = new ArrayList<>();
            result.getCertPath().getCertificates().forEach((certificate) -> path.add((X509Certificate)certificate));
            path.add(result.getTrustAnchor().getTrustedCert());

            return path;
        }
        catch (final CertPathBuilderException ex)
        {
            throw reason(ex, chain);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new TlsException(TlsError.CERTIFICATE_REJECTED, String.valueOf(ex.getMessage()), ex);
        }
    }

    private PKIXBuilderParameters parameters(final X509Certificate[] chain)
        throws InvalidAlgorithmParameterException, GeneralSecurityException
    {
        final X509CertSelector leaf = new X509CertSelector();
        leaf.setCertificate(chain[0]);
        final PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, leaf);
        parameters.addCertStore(
            CertStore.getInstance("Collection", new CollectionCertStoreParameters(Arrays.asList(chain))));
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(MAX_CHAIN_LENGTH);

        return parameters;
    }

    /** Is the certificate for servers that sign (RFC 5280 sections 4.2.1.3 and 4.2.1.12)? */
    private static void checkUsage(final X509Certificate leaf) throws TlsException
    {
        try
        {
            final List<String> purposes = leaf.getExtendedKeyUsage();
            if (null != purposes &&
                !purposes.contains(SERVER_AUTHENTICATION) && !purposes.contains(ANY_EXTENDED_KEY_USAGE))
            {
                throw new TlsException(TlsError.CERTIFICATE_REJECTED,
                    "extended key usage of the certificate does not allow a server");
            }
        }
        catch (final CertificateException ex)
        {
            throw new TlsException(TlsError.CERTIFICATE_REJECTED, "extended key usage cannot be read", ex);
        }

        final boolean[] usage = leaf.getKeyUsage();
        if (null != usage && !usage[DIGITAL_SIGNATURE])
        {
            throw new TlsException(TlsError.CERTIFICATE_REJECTED,
                "key usage of the certificate does not allow signatures");
        }
    }

    private static void checkValidity(final X509Certificate certificate) throws TlsException
    {
        try
        {
            certificate.checkValidity();
        }
        catch (final CertificateExpiredException ex)
        {
            throw new TlsException(TlsError.CERTIFICATE_EXPIRED,
                subject(certificate) + " expired at " + certificate.getNotAfter().toInstant(), ex);
        }
        catch (final CertificateNotYetValidException ex)
        {
            throw new TlsException(TlsError.CERTIFICATE_NOT_YET_VALID,
                subject(certificate) + " is not valid before " + certificate.getNotBefore().toInstant(), ex);
        }
    }

    /** The builder says only that there is no path: the plain reasons are looked for first. */
    private static TlsException reason(final CertPathBuilderException failure, final X509Certificate[] chain)
    {
        try
        {
            for (final X509Certificate certificate : chain)
            {
                checkValidity(certificate);
            }
        }
        catch (final TlsException ex)
        {
            return ex;
        }

        final String rule = brokenRule(failure);
        if (null != rule)
        {
            return new TlsException(TlsError.CERTIFICATE_REJECTED, rule, failure);
        }
        if (isSelfSigned(chain[0]))
        {
            return new TlsException(TlsError.CERTIFICATE_SELF_SIGNED, subject(chain[0]) + " is signed by itself");
        }

        final X509Certificate last = chain[chain.length - 1];
        return new TlsException(TlsError.UNKNOWN_ISSUER,
            "no trusted root for " + subject(chain[0]) + "; the chain ends with issuer " +
                last.getIssuerX500Principal().getName(), failure);
    }

    /** A rule of RFC 5280 that a certificate on the way to a root breaks, or null if there is no way at all. */
    private static String brokenRule(final Throwable failure)
    {
        Throwable cause = failure;
        for (int i = 0; null != cause && i < MAX_CAUSES; i++)
        {
            if (cause instanceof CertPathValidatorException)
            {
                return cause.getMessage();
            }
            cause = cause.getCause();
        }

        return null;
    }

    private static boolean isSelfSigned(final X509Certificate certificate)
    {
        if (!certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
        {
            return false;
        }

        try
        {
            certificate.verify(certificate.getPublicKey());
            return true;
        }
        catch (final GeneralSecurityException ex)
        {
            return false;
        }
    }

    private void checkPins(final List<X509Certificate> path) throws TlsException
    {
        if (pins.isEmpty())
        {
            return;
        }

        for (final X509Certificate certificate : path)
        {
            final byte[] digest = sha256(certificate.getPublicKey().getEncoded());
            for (final byte[] pin : pins)
            {
                if (MessageDigest.isEqual(pin, digest))
                {
                    return;
                }
            }
        }

        throw new TlsException(TlsError.PIN_MISMATCH,
            "none of " + pins.size() + " pins is a key of the " + path.size() + " certificates up to the root");
    }

    private static byte[] sha256(final byte[] bytes)
    {
        try
        {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("every Java platform has SHA-256", ex);
        }
    }

    private static String subject(final X509Certificate certificate)
    {
        return "certificate of " + certificate.getSubjectX500Principal().getName();
    }
}
