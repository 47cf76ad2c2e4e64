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

import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Reads certificates that are to be trusted. */
public final class TrustRoots
{
    private static final String CERTIFICATE = "CERTIFICATE";

    private TrustRoots()
    {
    }

    /**
     * The roots that the Java platform trusts: its {@code cacerts}, or what {@code javax.net.ssl.trustStore} names.
     *
     * @return the certificates.
     * @throws TlsException when they cannot be read.
     */
    public static Set<X509Certificate> system() throws TlsException
    {
        final Set<X509Certificate> roots = new LinkedHashSet<>();
        try
        {
            final TrustManagerFactory factory =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore)null);
            for (final TrustManager manager : factory.getTrustManagers())
            {
                if (manager instanceof X509TrustManager)
                {
                    roots.addAll(List.of(((X509TrustManager)manager).getAcceptedIssuers()));
                }
            }
        }
        catch (final GeneralSecurityException ex)
        {
            throw new TlsException(
                TlsError.BAD_CONFIGURATION, "the platform's trusted roots cannot be read: " + ex.getMessage(), ex);
        }

        return roots;
    }

    /**
     * Every certificate of a file in PEM form.
     *
     * @param file to read, of at most 1 MiB.
     * @return the certificates, at least one.
     * @throws TlsException that names the file, and the block that is wrong.
     */
    public static Set<X509Certificate> fromPem(final Path file) throws TlsException
    {
        return new LinkedHashSet<>(certificates(Pem.read(file), file.toString()));
    }

    /**
     * Every certificate of a text in PEM form.
     *
     * @param pem text to read.
     * @return the certificates, at least one.
     * @throws TlsException that names the block that is wrong.
     */
    public static Set<X509Certificate> fromPem(final String pem) throws TlsException
    {
        return new LinkedHashSet<>(certificates(Pem.parse(pem, "PEM text"), "PEM text"));
    }

    /**
     * One certificate in DER form.
     *
     * @param der its bytes.
     * @return the certificate.
     * @throws TlsException when it cannot be read.
     */
    public static Set<X509Certificate> fromDer(final byte[] der) throws TlsException
    {
        try
        {
            return Set.of(certificate(der));
        }
        catch (final CertificateException ex)
        {
            throw new TlsException(
                TlsError.BAD_CONFIGURATION, "certificate in DER form cannot be read: " + ex.getMessage(), ex);
        }
    }

    /** The certificates among blocks, at least one. */
    static List<X509Certificate> certificates(final List<Pem> blocks, final String source) throws TlsException
    {
        final List<X509Certificate> certificates = new java.util.ArrayList<>();
        int number = 0;
        for (final Pem block : blocks)
        {
            number++;
            if (CERTIFICATE.equals(block.label()))
            {
                try
                {
                    certificates.add(certificate(block.content()));
                }
                catch (final CertificateException | NullPointerException ex)
                {
                    throw Pem.bad(source, number, "certificate cannot be read: " + ex.getMessage(), ex);
                }
            }
            else if (block.label().endsWith(CERTIFICATE))
            {
                throw Pem.bad(source, number, block.label() + " is not supported, only CERTIFICATE", null);
            }
        }

        if (certificates.isEmpty())
        {
            throw new TlsException(TlsError.BAD_CONFIGURATION, source + " has no CERTIFICATE block");
        }

        return certificates;
    }

    private static X509Certificate certificate(final byte[] der) throws CertificateException
    {
        if (null == der)
        {
            throw new CertificateException("it has headers");
        }

        return (X509Certificate)CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(der));
    }
}
