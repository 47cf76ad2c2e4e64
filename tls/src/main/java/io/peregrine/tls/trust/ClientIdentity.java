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
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

/** Certificate chain and private key that a client presents to servers that ask for them. Immutable. */
public final class ClientIdentity
{
    private final X509Certificate[] chain;
    private final PrivateKey privateKey;

    private ClientIdentity(final X509Certificate[] chain, final PrivateKey privateKey, final String source)
        throws TlsException
    {
        this.chain = chain;
        this.privateKey = privateKey;
        checkMatch(source);
    }

    /**
     * Reads PEM files, which may be one and the same.
     *
     * @param chain    file with the client's certificate, and those of its issuers behind it.
     * @param key      file with the key: PKCS #8, encrypted or not, PKCS #1 (RSA) or SEC 1 (EC).
     * @param password of an encrypted key, else null.
     * @return the identity.
     * @throws TlsException that names the file, and what is wrong with it.
     */
    public static ClientIdentity fromPem(final Path chain, final Path key, final char[] password) throws TlsException
    {
        final List<X509Certificate> certificates = TrustRoots.certificates(Pem.read(chain), chain.toString());
        return new ClientIdentity(
            certificates.toArray(X509Certificate[]::new),
            PrivateKeys.read(Pem.read(key), key.toString(), password),
            key.toString());
    }

    /**
     * Reads a PKCS #12 file with exactly one key.
     *
     * @param file     to read.
     * @param password of the file and its key.
     * @return the identity.
     * @throws TlsException that names the file, and what is wrong with it.
     */
    public static ClientIdentity fromPkcs12(final Path file, final char[] password) throws TlsException
    {
        try
        {
            final KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(Pem.bytes(file)), password);
            String keyAlias = null;
            int keys = 0;
            for (final String alias : Collections.list(store.aliases()))
            {
                if (store.isKeyEntry(alias))
                {
                    keyAlias = alias;
                    keys++;
                }
            }
            if (1 != keys)
            {
                throw new TlsException(
                    TlsError.BAD_CONFIGURATION, file + " has " + keys + " keys, where one is expected");
            }

            final Certificate[] chain = store.getCertificateChain(keyAlias);
            return new ClientIdentity(
                java.util.Arrays.copyOf(chain, chain.length, X509Certificate[].class),
                (PrivateKey)store.getKey(keyAlias, password),
                file.toString());
        }
        catch (final TlsException ex)
        {
            throw ex;
        }
        catch (final GeneralSecurityException | IOException ex)
        {
            throw new TlsException(TlsError.BAD_CONFIGURATION,
                file + " cannot be read as PKCS #12, or the password is wrong: " + ex.getMessage(), ex);
        }
    }

    /**
     * The client's certificate, and those of its issuers behind it.
     *
     * @return a copy.
     */
    public X509Certificate[] chain()
    {
        return chain.clone();
    }

    /**
     * The key of the client's certificate.
     *
     * @return the key.
     */
    public PrivateKey privateKey()
    {
        return privateKey;
    }

    /**
     * The chain in PEM form.
     *
     * @return one CERTIFICATE block for each.
     */
    public String chainPem()
    {
        final StringBuilder text = new StringBuilder();
        try
        {
            for (final X509Certificate certificate : chain)
            {
                text.append(Pem.format("CERTIFICATE", certificate.getEncoded()));
            }
        }
        catch (final CertificateEncodingException ex)
        {
            throw new IllegalStateException("a certificate that was read can be written", ex);
        }

        return text.toString();
    }

    /**
     * The key in PEM form, not encrypted: to be handed on in memory only.
     *
     * @return a PRIVATE KEY block (PKCS #8).
     */
    public String privateKeyPem()
    {
        return Pem.format("PRIVATE KEY", privateKey.getEncoded());
    }

    /**
     * Whose identity it is, without anything secret.
     */
    @Override
    public String toString()
    {
        return "ClientIdentity{" + chain[0].getSubjectX500Principal().getName() + "}";
    }

    /** What the key signs, the certificate must verify. */
    private void checkMatch(final String source) throws TlsException
    {
        final byte[] probe = { 1, 2, 3, 4 };
        try
        {
            final Signature signature = Signature.getInstance(PrivateKeys.signatureAlgorithm(privateKey));
            signature.initSign(privateKey);
            signature.update(probe);
            final byte[] signed = signature.sign();
            signature.initVerify(chain[0].getPublicKey());
            signature.update(probe);
            if (signature.verify(signed))
            {
                return;
            }
        }
        catch (final GeneralSecurityException ex)
        {
            throw new TlsException(TlsError.BAD_CONFIGURATION,
                source + ": the key does not belong to the certificate: " + ex.getMessage(), ex);
        }

        throw new TlsException(TlsError.BAD_CONFIGURATION, source + ": the key does not belong to the certificate");
    }
}
