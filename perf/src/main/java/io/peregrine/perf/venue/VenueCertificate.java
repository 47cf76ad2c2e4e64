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
package io.peregrine.perf.venue;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;

/** A certificate for the loopback interface, signed by itself and good for a day, with its key. */
public final class VenueCertificate
{
    private static final Duration LIFE = Duration.ofDays(1);
    private static final Duration AGE = Duration.ofHours(1);
    private static final int PEM_LINE_LENGTH = 64;

    private final Certificate certificate;
    private final KeyPair keys;

    private VenueCertificate(final Certificate certificate, final KeyPair keys)
    {
        this.certificate = certificate;
        this.keys = keys;
    }

    /**
     * Makes a key, and a certificate for {@code localhost}, {@code 127.0.0.1} and {@code ::1}.
     *
     * @return the certificate.
     */
    public static VenueCertificate make()
    {
        try
        {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            final KeyPair keys = generator.generateKeyPair();
            final Instant now = Instant.now();
            final X500Name name = new X500Name("CN=venue simulator");
            final X509CertificateHolder holder = new JcaX509v3CertificateBuilder(
                name, BigInteger.valueOf(now.toEpochMilli()), Date.from(now.minus(AGE)), Date.from(now.plus(LIFE)),
                name, keys.getPublic())
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[]{
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
                    new GeneralName(GeneralName.iPAddress, "::1") }))
                .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()));
            final Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));

            return new VenueCertificate(certificate, keys);
        }
        catch (final GeneralSecurityException | OperatorCreationException | IOException ex)
        {
            throw new IllegalStateException("cannot make a certificate", ex);
        }
    }

    /**
     * The certificate for clients to trust.
     *
     * @return in PEM form.
     */
    public String pem()
    {
        try
        {
            return pem("CERTIFICATE", certificate.getEncoded());
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("a certificate that was made can be written", ex);
        }
    }

    /**
     * The key for servers in other processes.
     *
     * @return PKCS #8 in PEM form, not encrypted.
     */
    public String keyPem()
    {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    private static String pem(final String label, final byte[] bytes)
    {
        final Base64.Encoder encoder =
            Base64.getMimeEncoder(PEM_LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + label + "-----\n" + encoder.encodeToString(bytes) + "\n-----END " + label + "-----\n";
    }

    /**
     * A context whose servers present the certificate.
     *
     * @return of the platform's own provider.
     */
    public SSLContext sslContext()
    {
        try
        {
            final char[] password = {};
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("venue", keys.getPrivate(), password, new Certificate[]{ certificate });
            final KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            final SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);

            return context;
        }
        catch (final GeneralSecurityException | IOException ex)
        {
            throw new IllegalStateException("the platform's TLS does not take the certificate", ex);
        }
    }
}
