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

import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Issues the certificates of tests, good and bad: an authority of its own, trusted by nobody until a test does.
 * <pre>{@code
 * final CertificateAuthority authority = CertificateAuthority.ec("Test Root");
 * final IssuedCertificate server = authority.leaf().dns("localhost").ip("127.0.0.1").intermediates(1).issue();
 * }</pre>
 * Whatever is not asked for is good: valid since an hour ago and for a day, fit for a server, and without any name.
 */
public final class CertificateAuthority
{
    /** Length of an RSA key unless another is asked for: 2048 bits. */
    public static final int RSA_KEY_LENGTH_DEFAULT = 2048;

    private static final Duration AGE = Duration.ofHours(1);
    private static final Duration LIFE = Duration.ofDays(1);
    private static final Duration ROOT_AGE = Duration.ofDays(4_000);
    private static final Duration ROOT_LIFE = Duration.ofDays(4_000);
    private static final String ENCRYPTION = "PBEWithHmacSHA256AndAES_256";
    private static final AtomicLong SERIAL_NUMBERS = new AtomicLong(1);

    private final KeyPair keys;
    private final X509Certificate certificate;

    private CertificateAuthority(final KeyPair keys, final X509Certificate certificate)
    {
        this.keys = keys;
        this.certificate = certificate;
    }

    /**
     * Founds an authority with a key on P-256.
     *
     * @param commonName of the root.
     * @return the authority.
     */
    public static CertificateAuthority ec(final String commonName)
    {
        return found(commonName, ecKeys());
    }

    /**
     * Founds an authority with an RSA key of {@value #RSA_KEY_LENGTH_DEFAULT} bits.
     *
     * @param commonName of the root.
     * @return the authority.
     */
    public static CertificateAuthority rsa(final String commonName)
    {
        return found(commonName, rsaKeys(RSA_KEY_LENGTH_DEFAULT));
    }

    /**
     * Begins a certificate that no authority has signed but its own key.
     *
     * @return a builder, for which intermediates make no sense.
     */
    public static Builder selfSigned()
    {
        return new Builder(null);
    }

    /**
     * Begins a certificate signed by this authority, or an intermediate of it.
     *
     * @return a builder.
     */
    public Builder leaf()
    {
        return new Builder(this);
    }

    /**
     * The root.
     *
     * @return certificate that is signed by itself.
     */
    public X509Certificate certificate()
    {
        return certificate;
    }

    /**
     * Certifies the key of another authority, under its name: whoever trusts this one may come to trust the other.
     *
     * @param other     to vouch for.
     * @param validFrom first instant of the validity.
     * @param validTo   last instant of the validity.
     * @return cross-signed certificate.
     */
    public X509Certificate crossSign(final CertificateAuthority other, final Instant validFrom, final Instant validTo)
    {
        return certify(this, subject(), other.subject(), other.keys.getPublic(), validFrom, validTo);
    }

    /**
     * Writes the root in PEM form.
     *
     * @param file to write.
     * @return the file.
     * @throws IOException when it cannot be written.
     */
    public Path writePem(final Path file) throws IOException
    {
        return Files.writeString(file, pem(certificate), StandardCharsets.US_ASCII);
    }

    /**
     * PEM form of a certificate.
     *
     * @param certificate to encode.
     * @return one block, with a line feed at its end.
     */
    public static String pem(final X509Certificate certificate)
    {
        try
        {
            return pem("CERTIFICATE", certificate.getEncoded());
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }

    /**
     * PEM form of anything (RFC 7468).
     *
     * @param label of the block.
     * @param der   what it holds.
     * @return one block, with a line feed at its end.
     */
    public static String pem(final String label, final byte[] der)
    {
        final String text = Base64.getMimeEncoder(64, new byte[]{ '\n' }).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    private static CertificateAuthority found(final String commonName, final KeyPair keys)
    {
        final Instant now = Instant.now();
        final CertificateAuthority self = new CertificateAuthority(keys, null);
        final X500Name name = name(commonName);
        return new CertificateAuthority(
            keys, certify(self, name, name, keys.getPublic(), now.minus(ROOT_AGE), now.plus(ROOT_LIFE)));
    }

    private CertificateAuthority subordinate(final String commonName)
    {
        final Instant now = Instant.now();
        final KeyPair subordinateKeys = ecKeys();
        return new CertificateAuthority(subordinateKeys, certify(
            this, subject(), name(commonName), subordinateKeys.getPublic(), now.minus(AGE), now.plus(LIFE)));
    }

    private static X509Certificate certify(
        final CertificateAuthority issuer,
        final X500Name issuerName,
        final X500Name subjectName,
        final PublicKey key,
        final Instant validFrom,
        final Instant validTo)
    {
        try
        {
            final X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuerName, serialNumber(), Date.from(validFrom), Date.from(validTo), subjectName, key);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            addKeyIdentifiers(builder, key, issuer.keys.getPublic());
            return sign(builder, issuer.keys.getPrivate(), signatureAlgorithm(issuer.keys.getPrivate()));
        }
        catch (final CertIOException | GeneralSecurityException | OperatorCreationException ex)
        {
            throw new AssertionError(ex);
        }
    }

    private X500Name subject()
    {
        return X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
    }

    private static X509Certificate sign(
        final X509v3CertificateBuilder builder, final PrivateKey key, final String algorithm)
        throws GeneralSecurityException, OperatorCreationException
    {
        return new JcaX509CertificateConverter().getCertificate(
            builder.build(new JcaContentSignerBuilder(algorithm).build(key)));
    }

    private static void addKeyIdentifiers(
        final X509v3CertificateBuilder builder, final PublicKey subjectKey, final PublicKey issuerKey)
        throws CertIOException, GeneralSecurityException
    {
        final JcaX509ExtensionUtils utils = new JcaX509ExtensionUtils();
        builder.addExtension(Extension.subjectKeyIdentifier, false, utils.createSubjectKeyIdentifier(subjectKey));
        builder.addExtension(Extension.authorityKeyIdentifier, false, utils.createAuthorityKeyIdentifier(issuerKey));
    }

    private static X500Name name(final String commonName)
    {
        return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, commonName).build();
    }

    private static BigInteger serialNumber()
    {
        return BigInteger.valueOf(SERIAL_NUMBERS.getAndIncrement());
    }

    private static String signatureAlgorithm(final PrivateKey key)
    {
        return "EC".equals(key.getAlgorithm()) ? "SHA256withECDSA" : "SHA256withRSA";
    }

    private static KeyPair ecKeys()
    {
        return keys("EC", new ECGenParameterSpec("secp256r1"));
    }

    private static KeyPair rsaKeys(final int keyLength)
    {
        return keys("RSA", new RSAKeyGenParameterSpec(keyLength, RSAKeyGenParameterSpec.F4));
    }

    private static KeyPair keys(final String algorithm, final AlgorithmParameterSpec parameters)
    {
        try
        {
            final KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        }
        catch (final GeneralSecurityException ex)
        {
            throw new AssertionError(ex);
        }
    }

    /** Describes a certificate to be issued. */
    public static final class Builder
    {
        private final CertificateAuthority authority;
        private final List<GeneralName> names = new ArrayList<>();
        private String commonName = "leaf";
        private Instant validFrom = Instant.now().minus(AGE);
        private Instant validTo = Instant.now().plus(LIFE);
        private KeyPurposeId purpose = KeyPurposeId.id_kp_serverAuth;
        private int intermediateCount;
        private int rsaKeyLength;
        private String signatureAlgorithm;

        private Builder(final CertificateAuthority authority)
        {
            this.authority = authority;
        }

        /**
         * Adds names of hosts, wildcards or not, exactly as they are given.
         *
         * @param hosts to name.
         * @return this for a fluent API.
         */
        public Builder dns(final String... hosts)
        {
            for (final String host : hosts)
            {
                names.add(new GeneralName(GeneralName.dNSName, host));
            }
            return this;
        }

        /**
         * Adds addresses.
         *
         * @param addresses of IPv4 or IPv6, as literals without brackets.
         * @return this for a fluent API.
         */
        public Builder ip(final String... addresses)
        {
            for (final String address : addresses)
            {
                names.add(new GeneralName(GeneralName.iPAddress, address));
            }
            return this;
        }

        /**
         * Sets the common name of the subject, which names no host.
         *
         * @param commonName of the subject.
         * @return this for a fluent API.
         */
        public Builder commonName(final String commonName)
        {
            this.commonName = commonName;
            return this;
        }

        /**
         * Sets the beginning of the validity.
         *
         * @param validFrom first instant.
         * @return this for a fluent API.
         */
        public Builder validFrom(final Instant validFrom)
        {
            this.validFrom = validFrom;
            return this;
        }

        /**
         * Sets the end of the validity.
         *
         * @param validTo last instant.
         * @return this for a fluent API.
         */
        public Builder validTo(final Instant validTo)
        {
            this.validTo = validTo;
            return this;
        }

        /**
         * Makes it fit for clients, and no longer for servers.
         *
         * @return this for a fluent API.
         */
        public Builder clientAuth()
        {
            purpose = KeyPurposeId.id_kp_clientAuth;
            return this;
        }

        /**
         * Puts authorities between the root and the certificate.
         *
         * @param count how many, one below the other.
         * @return this for a fluent API.
         */
        public Builder intermediates(final int count)
        {
            intermediateCount = count;
            return this;
        }

        /**
         * Gives it an RSA key of {@value CertificateAuthority#RSA_KEY_LENGTH_DEFAULT} bits rather than one on P-256.
         *
         * @return this for a fluent API.
         */
        public Builder rsa()
        {
            return rsa(RSA_KEY_LENGTH_DEFAULT);
        }

        /**
         * Gives it an RSA key rather than one on P-256.
         *
         * @param keyLength in bits.
         * @return this for a fluent API.
         */
        public Builder rsa(final int keyLength)
        {
            rsaKeyLength = keyLength;
            return this;
        }

        /**
         * Sets how it is signed, such as {@code MD5withRSA}. Default: SHA-256 with the key of whoever issues it.
         *
         * @param algorithm that suits the key of the issuer.
         * @return this for a fluent API.
         */
        public Builder signedWith(final String algorithm)
        {
            signatureAlgorithm = algorithm;
            return this;
        }

        /**
         * Makes the keys, those of the intermediates too, and the certificates.
         *
         * @return what was issued.
         */
        public IssuedCertificate issue()
        {
            final KeyPair keys = 0 == rsaKeyLength ? ecKeys() : rsaKeys(rsaKeyLength);
            final List<X509Certificate> chain = new ArrayList<>();
            CertificateAuthority issuer = authority;
            for (int i = 1; i <= intermediateCount; i++)
            {
                issuer = issuer.subordinate(commonName + " intermediate " + i);
                chain.addFirst(issuer.certificate);
            }

            chain.addFirst(null == issuer ?
                issue(keys, name(commonName), keys) : issue(keys, issuer.subject(), issuer.keys));
            return new IssuedCertificate(chain.toArray(X509Certificate[]::new), keys.getPrivate());
        }

        private X509Certificate issue(final KeyPair keys, final X500Name issuerName, final KeyPair issuerKeys)
        {
            try
            {
                final X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuerName, serialNumber(), Date.from(validFrom), Date.from(validTo), name(commonName),
                    keys.getPublic());
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                addKeyIdentifiers(builder, keys.getPublic(), issuerKeys.getPublic());
                if (!names.isEmpty())
                {
                    builder.addExtension(Extension.subjectAlternativeName, false,
                        new GeneralNames(names.toArray(GeneralName[]::new)));
                }

                return sign(builder, issuerKeys.getPrivate(), null == signatureAlgorithm ?
                    CertificateAuthority.signatureAlgorithm(issuerKeys.getPrivate()) : signatureAlgorithm);
            }
            catch (final CertIOException | GeneralSecurityException | OperatorCreationException ex)
            {
                throw new AssertionError(ex);
            }
        }
    }

    /**
     * A certificate with its key.
     *
     * @param chain      the certificate first, then each issuer, without the root.
     * @param privateKey of the certificate.
     */
    public record IssuedCertificate(X509Certificate[] chain, PrivateKey privateKey)
    {
        private static final String ALIAS = "issued";

        /**
         * The certificate itself.
         *
         * @return first of the chain.
         */
        public X509Certificate certificate()
        {
            return chain[0];
        }

        /**
         * PEM form of the chain.
         *
         * @return a block for each certificate.
         */
        public String chainPem()
        {
            return Stream.of(chain).map(CertificateAuthority::pem).collect(Collectors.joining());
        }

        /**
         * PEM form of the key.
         *
         * @return a block with PKCS#8.
         */
        public String keyPem()
        {
            return pem("PRIVATE KEY", privateKey.getEncoded());
        }

        /**
         * PEM form of the key, encrypted with PBES2: PBKDF2 with SHA-256, and AES-256.
         *
         * @param password to encrypt it with.
         * @return a block with an encrypted PKCS#8.
         */
        public String encryptedKeyPem(final char[] password)
        {
            try
            {
                final SecretKey key = SecretKeyFactory.getInstance(ENCRYPTION).generateSecret(new PBEKeySpec(password));
                final Cipher cipher = Cipher.getInstance(ENCRYPTION);
                cipher.init(Cipher.ENCRYPT_MODE, key);
                final byte[] encrypted = cipher.doFinal(privateKey.getEncoded());
                final AlgorithmIdentifier encryption = new AlgorithmIdentifier(
                    PKCSObjectIdentifiers.id_PBES2,
                    ASN1Primitive.fromByteArray(cipher.getParameters().getEncoded()));
                return pem("ENCRYPTED PRIVATE KEY",
                    new EncryptedPrivateKeyInfo(encryption, encrypted).getEncoded());
            }
            catch (final GeneralSecurityException | IOException ex)
            {
                throw new AssertionError(ex);
            }
        }

        /**
         * Writes {@code name.crt} with the chain, {@code name.key} with the key, and {@code name.pem} with both.
         *
         * @param directory that exists.
         * @param name      of the files, without an ending.
         * @return the file with both.
         * @throws IOException when they cannot be written.
         */
        public Path writePem(final Path directory, final String name) throws IOException
        {
            Files.writeString(directory.resolve(name + ".crt"), chainPem(), StandardCharsets.US_ASCII);
            Files.writeString(directory.resolve(name + ".key"), keyPem(), StandardCharsets.US_ASCII);
            return Files.writeString(
                directory.resolve(name + ".pem"), chainPem() + keyPem(), StandardCharsets.US_ASCII);
        }

        /**
         * Writes the key in PEM form, encrypted as by {@link #encryptedKeyPem(char[])}.
         *
         * @param file     to write.
         * @param password to encrypt it with.
         * @return the file.
         * @throws IOException when it cannot be written.
         */
        public Path writeEncryptedKey(final Path file, final char[] password) throws IOException
        {
            return Files.writeString(file, encryptedKeyPem(password), StandardCharsets.US_ASCII);
        }

        /**
         * Writes chain and key as PKCS#12.
         *
         * @param file     to write.
         * @param password of the store and of the key.
         * @return the file.
         * @throws IOException when it cannot be written.
         */
        public Path writePkcs12(final Path file, final char[] password) throws IOException
        {
            try (OutputStream output = Files.newOutputStream(file))
            {
                keyStore(password).store(output, password);
                return file;
            }
            catch (final GeneralSecurityException ex)
            {
                throw new AssertionError(ex);
            }
        }

        /**
         * Store with chain and key as its only entry, for a {@code KeyManagerFactory}.
         *
         * @param password of the key.
         * @return a store of type PKCS12.
         */
        public KeyStore keyStore(final char[] password)
        {
            try
            {
                final KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry(ALIAS, privateKey, password, chain);
                return store;
            }
            catch (final GeneralSecurityException | IOException ex)
            {
                throw new AssertionError(ex);
            }
        }

        /**
         * Store with chain and key as its only entry, whose password is empty.
         *
         * @return a store of type PKCS12.
         */
        public KeyStore keyStore()
        {
            return keyStore(new char[0]);
        }
    }
}
