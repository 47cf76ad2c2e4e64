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

import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/** Reads private keys in the forms that are about. Nothing of a key, and no password, gets into an error. */
final class PrivateKeys
{
    private static final int DER_INTEGER = 0x02;
    private static final int DER_OCTET_STRING = 0x04;
    private static final int DER_SEQUENCE = 0x30;
    private static final int DER_CONTEXT_0 = 0xA0;
    private static final byte[] OID_RSA = { 0x06, 0x09, 0x2A, (byte)0x86, 0x48, (byte)0x86, (byte)0xF7, 0x0D, 1, 1, 1 };
    private static final byte[] OID_EC = { 0x06, 0x07, 0x2A, (byte)0x86, 0x48, (byte)0xCE, 0x3D, 2, 1 };
    private static final byte[] DER_NULL = { 0x05, 0x00 };
    private static final byte[] VERSION_0 = { DER_INTEGER, 1, 0 };
    private static final String[] ALGORITHMS = { "EC", "RSA", "Ed25519", "Ed448" };

    private PrivateKeys()
    {
    }

    /** The first key among blocks. */
    static PrivateKey read(final List<Pem> blocks, final String source, final char[] password) throws TlsException
    {
        int number = 0;
        for (final Pem block : blocks)
        {
            number++;
            if (block.label().endsWith("PRIVATE KEY"))
            {
                return key(block, source, number, password);
            }
        }

        throw new TlsException(TlsError.BAD_CONFIGURATION, source + " has no PRIVATE KEY block");
    }

    /** A way to sign with a key, to see whether it belongs to a certificate. */
    static String signatureAlgorithm(final PrivateKey key)
    {
        return switch (key.getAlgorithm())
        {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }

    private static PrivateKey key(final Pem block, final String source, final int number, final char[] password)
        throws TlsException
    {
        if (null == block.content())
        {
            throw Pem.bad(source, number, "the key is encrypted in the old form of PEM; convert it with " +
                "`openssl pkcs8 -topk8 -in OLD -out NEW`", null);
        }

        try
        {
            return switch (block.label())
            {
                case "PRIVATE KEY" -> parse(block.content());
                case "RSA PRIVATE KEY" -> parse(pkcs8(sequence(OID_RSA, DER_NULL), block.content()));
                case "EC PRIVATE KEY" -> parse(pkcs8(sequence(OID_EC, curve(block.content())), block.content()));
                case "ENCRYPTED PRIVATE KEY" -> decrypt(block.content(), source, number, password);
                default -> throw Pem.bad(source, number, block.label() + " is not a kind of key that is known", null);
            };
        }
        catch (final GeneralSecurityException | IOException | ArrayIndexOutOfBoundsException ex)
        {
            if (ex instanceof TlsException)
            {
                throw (TlsException)ex;
            }

            throw Pem.bad(source, number, block.label() + " cannot be read", ex);
        }
    }

    private static PrivateKey parse(final byte[] pkcs8) throws GeneralSecurityException
    {
        for (final String algorithm : ALGORITHMS)
        {
            try
            {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            }
            catch (final java.security.spec.InvalidKeySpecException ex)
            {
                // It is for another algorithm.
                continue;
            }
        }

        throw new GeneralSecurityException("not a key of " + Arrays.toString(ALGORITHMS));
    }

    private static PrivateKey decrypt(
        final byte[] content, final String source, final int number, final char[] password)
        throws TlsException, IOException, GeneralSecurityException
    {
        if (null == password)
        {
            throw Pem.bad(source, number, "the key is encrypted, and no password is given", null);
        }

        final EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(content);
        final PBEKeySpec spec = new PBEKeySpec(password);
        try
        {
            // The parameters of PBES2 name the algorithm in full.
            final String algorithm = null == info.getAlgParameters() ?
                info.getAlgName() : info.getAlgParameters().toString();
            final Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(spec), info.getAlgParameters());
            return parse(info.getKeySpec(cipher).getEncoded());
        }
        catch (final GeneralSecurityException ex)
        {
            throw Pem.bad(source, number, "the key cannot be decrypted: is the password right?", ex);
        }
        finally
        {
            spec.clearPassword();
        }
    }

    /** RFC 5958 section 2: version, algorithm, key. */
    private static byte[] pkcs8(final byte[] algorithm, final byte[] key)
    {
        return sequence(VERSION_0, algorithm, der(DER_OCTET_STRING, key));
    }

    /** RFC 5915 section 3: version, key, then the parameters, an object identifier, in context 0. */
    private static byte[] curve(final byte[] sec1) throws IOException
    {
        int offset = contentOffset(sec1, 0);
        while (offset < sec1.length)
        {
            final int content = contentOffset(sec1, offset);
            final int end = content + contentLength(sec1, offset);
            if (DER_CONTEXT_0 == (sec1[offset] & 0xFF))
            {
                return Arrays.copyOfRange(sec1, content, end);
            }
            offset = end;
        }

        throw new IOException("EC PRIVATE KEY without its curve");
    }

    private static int contentOffset(final byte[] der, final int offset)
    {
        final int length = der[offset + 1] & 0xFF;
        return offset + 2 + (length < 0x80 ? 0 : length & 0x7F);
    }

    private static int contentLength(final byte[] der, final int offset)
    {
        final int first = der[offset + 1] & 0xFF;
        if (first < 0x80)
        {
            return first;
        }

        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++)
        {
            length = length << 8 | der[offset + 2 + i] & 0xFF;
        }

        return length;
    }

    private static byte[] sequence(final byte[]... parts)
    {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (final byte[] part : parts)
        {
            content.writeBytes(part);
        }

        return der(DER_SEQUENCE, content.toByteArray());
    }

    private static byte[] der(final int tag, final byte[] content)
    {
        final ByteArrayOutputStream output = new ByteArrayOutputStream();
        output.write(tag);
        if (content.length < 0x80)
        {
            output.write(content.length);
        }
        else
        {
            final boolean isShort = content.length < 0x100;
            output.write(isShort ? 0x81 : 0x82);
            if (!isShort)
            {
                output.write(content.length >> 8);
            }
            output.write(content.length);
        }
        output.writeBytes(content);

        return output.toByteArray();
    }
}
