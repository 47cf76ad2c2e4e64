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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ClientIdentityTest
{
    private static final char[] PASSWORD = "open sesame".toCharArray();
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Root");
    private static final IssuedCertificate EC =
        AUTHORITY.leaf().commonName("trader").clientAuth().intermediates(2).issue();
    private static final IssuedCertificate RSA = AUTHORITY.leaf().commonName("trader").clientAuth().rsa().issue();

    @TempDir
    static Path directory;

    @BeforeAll
    static void write() throws IOException
    {
        EC.writePem(directory, "ec");
        RSA.writePem(directory, "rsa");
        EC.writePkcs12(directory.resolve("ec.p12"), PASSWORD);
        EC.writeEncryptedKey(directory.resolve("ec-encrypted.key"), PASSWORD);
    }

    @Test
    void shouldReadPem() throws TlsException
    {
        assertIdentity(EC, ClientIdentity.fromPem(file("ec.crt"), file("ec.key"), null));
        assertIdentity(EC, ClientIdentity.fromPem(file("ec.pem"), file("ec.pem"), null));
        assertIdentity(RSA, ClientIdentity.fromPem(file("rsa.crt"), file("rsa.key"), null));
    }

    @Test
    void shouldReadAnEncryptedKey() throws TlsException
    {
        assertIdentity(EC, ClientIdentity.fromPem(file("ec.crt"), file("ec-encrypted.key"), PASSWORD));
        assertBad("no password", () -> ClientIdentity.fromPem(file("ec.crt"), file("ec-encrypted.key"), null));
        assertBad("password", () ->
            ClientIdentity.fromPem(file("ec.crt"), file("ec-encrypted.key"), "wrong".toCharArray()));
    }

    @Test
    void shouldReadTheFormsThatOpensslWrites() throws Exception
    {
        openssl("ec", "-in", file("ec.key").toString(), "-out", file("ec-sec1.key").toString());
        assertTrue(Files.readString(file("ec-sec1.key")).contains("BEGIN EC PRIVATE KEY"));
        assertIdentity(EC, ClientIdentity.fromPem(file("ec.crt"), file("ec-sec1.key"), null));

        openssl("rsa", "-traditional", "-in", file("rsa.key").toString(), "-out", file("rsa-pkcs1.key").toString());
        assertTrue(Files.readString(file("rsa-pkcs1.key")).contains("BEGIN RSA PRIVATE KEY"));
        assertIdentity(RSA, ClientIdentity.fromPem(file("rsa.crt"), file("rsa-pkcs1.key"), null));

        openssl("rsa", "-traditional", "-aes128", "-passout", "pass:old", "-in", file("rsa.key").toString(),
            "-out", file("rsa-old.key").toString());
        assertBad("openssl pkcs8 -topk8", () -> ClientIdentity.fromPem(file("rsa.crt"), file("rsa-old.key"), PASSWORD));
    }

    @Test
    void shouldReadPkcs12() throws TlsException
    {
        assertIdentity(EC, ClientIdentity.fromPkcs12(file("ec.p12"), PASSWORD));
        assertBad("ec.p12", () -> ClientIdentity.fromPkcs12(file("ec.p12"), "wrong".toCharArray()));
        assertBad("ec.crt", () -> ClientIdentity.fromPkcs12(file("ec.crt"), PASSWORD));
    }

    @Test
    void shouldRefuseAKeyThatIsNotTheCertificates()
    {
        assertBad("does not belong", () -> ClientIdentity.fromPem(file("ec.crt"), file("rsa.key"), null));
        assertBad("does not belong", () -> ClientIdentity.fromPem(file("rsa.crt"), file("ec.key"), null));
    }

    @Test
    void shouldNameTheFileThatIsWrong() throws IOException
    {
        assertBad("nothing.crt", () -> ClientIdentity.fromPem(file("nothing.crt"), file("ec.key"), null));
        assertBad("ec.crt has no PRIVATE KEY", () -> ClientIdentity.fromPem(file("ec.crt"), file("ec.crt"), null));
        assertBad("ec.key has no CERTIFICATE", () -> ClientIdentity.fromPem(file("ec.key"), file("ec.key"), null));
        Files.writeString(file("cut.key"), Files.readString(file("ec.key")).substring(0, 60));
        assertBad("cut.key, PEM block 1", () -> ClientIdentity.fromPem(file("ec.crt"), file("cut.key"), null));
        Files.writeString(file("garbage.key"), Pem.format("EC PRIVATE KEY", new byte[]{ 0x30, 3, 2, 1, 1 }));
        assertBad("garbage.key, PEM block 1", () -> ClientIdentity.fromPem(file("ec.crt"), file("garbage.key"), null));
        Files.write(file("long.crt"), new byte[Pem.MAX_FILE_LENGTH + 1]);
        assertBad("long.crt is longer", () -> ClientIdentity.fromPem(file("long.crt"), file("ec.key"), null));
    }

    @Test
    void shouldReadRoots() throws Exception
    {
        final CertificateAuthority other = CertificateAuthority.rsa("Other");
        final String bundle = "Root one\n" + CertificateAuthority.pem(AUTHORITY.certificate()) +
            "\nRoot two\n" + CertificateAuthority.pem(other.certificate());
        Files.writeString(file("bundle.pem"), bundle.replace("\n", "\r\n"));
        assertEquals(2, TrustRoots.fromPem(file("bundle.pem")).size());
        assertEquals(2, TrustRoots.fromPem(bundle).size());
        assertTrue(TrustRoots.fromDer(AUTHORITY.certificate().getEncoded()).contains(AUTHORITY.certificate()));
        assertTrue(TrustRoots.system().size() > 10);

        assertBad("ec.key has no CERTIFICATE", () -> TrustRoots.fromPem(file("ec.key")));
        assertBad("PEM block 2", () -> TrustRoots.fromPem(
            CertificateAuthority.pem(AUTHORITY.certificate()) + Pem.format("CERTIFICATE", new byte[]{ 1 })));
        assertBad("TRUSTED CERTIFICATE", () ->
            TrustRoots.fromPem(bundle.replace(" CERTIFICATE-", " TRUSTED CERTIFICATE-")));
        assertBad("DER", () -> TrustRoots.fromDer(new byte[]{ 1, 2, 3 }));
    }

    private static Path file(final String name)
    {
        return directory.resolve(name);
    }

    private static void openssl(final String... arguments) throws Exception
    {
        final String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        final Process process = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    private static void assertIdentity(final IssuedCertificate expected, final ClientIdentity identity)
    {
        assertArrayEquals(expected.chain(), identity.chain());
        if (expected.privateKey() instanceof ECPrivateKey)
        {
            // The forms of a key differ in what they say besides its number.
            assertEquals(((ECPrivateKey)expected.privateKey()).getS(), ((ECPrivateKey)identity.privateKey()).getS());
        }
        else
        {
            assertEquals(expected.privateKey(), identity.privateKey());
        }
        assertTrue(identity.toString().contains("trader"));
    }

    private static void assertBad(final String expected, final Executable executable)
    {
        final TlsException ex = assertThrows(TlsException.class, executable);
        assertEquals(TlsError.BAD_CONFIGURATION, ex.error());
        assertTrue(ex.detail().contains(expected), ex.detail());
        assertFalse(ex.getMessage().contains("sesame"));
    }
}
