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
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.security.cert.X509Certificate;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 9525 section 6. */
class ServerIdentityTest
{
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Root");

    @ParameterizedTest
    @CsvSource({
        "venue.example,          venue.example",
        "VENUE.example,          venue.EXAMPLE",
        "venue.example,          venue.example.",
        "*.venue.example,        api.venue.example",
        "*.venue.example,        API.venue.example",
        "*.example.com,          xn--caf-dma.example.com",
        "*.a.b.c.example,        x.a.b.c.example"})
    void shouldAcceptTheHost(final String name, final String host)
    {
        assertDoesNotThrow(() -> ServerIdentity.check(named(name), host));
    }

    @ParameterizedTest
    @CsvSource({
        "venue.example,          other.example,          HOST_MISMATCH",
        "venue.example,          venue.example.com,      HOST_MISMATCH",
        "venue.example,          a.venue.example,        HOST_MISMATCH",
        "*.venue.example,        venue.example,          HOST_MISMATCH",
        "*.venue.example,        a.other.example,        HOST_MISMATCH",
        "*.venue.example,        a.b.venue.example,      WILDCARD_MISUSED",
        "a*.venue.example,       api.venue.example,      WILDCARD_MISUSED",
        "*i.venue.example,       api.venue.example,      WILDCARD_MISUSED",
        "a.*.example,            a.venue.example,        WILDCARD_MISUSED",
        "*.*.example,            a.venue.example,        WILDCARD_MISUSED",
        "*.example,              venue.example,          WILDCARD_MISUSED",
        "*,                      localhost,              WILDCARD_MISUSED",
        "*,                      venue.example,          WILDCARD_MISUSED",
        "xn--*.venue.example,    xn--a.venue.example,    WILDCARD_MISUSED"})
    void shouldRefuseTheHost(final String name, final String host, final TlsError expected)
    {
        final TlsException ex = assertThrows(TlsException.class, () -> ServerIdentity.check(named(name), host));
        assertEquals(expected, ex.error());
        assertTrue(ex.detail().contains(host), ex.detail());
        assertTrue(ex.detail().contains(name), ex.detail());
    }

    @Test
    void shouldNotLookAtTheCommonName()
    {
        final X509Certificate certificate =
            AUTHORITY.leaf().commonName("venue.example").dns("other.example").issue().certificate();
        assertEquals(TlsError.HOST_MISMATCH,
            assertThrows(TlsException.class, () -> ServerIdentity.check(certificate, "venue.example")).error());

        final X509Certificate nameless = AUTHORITY.leaf().commonName("venue.example").issue().certificate();
        assertEquals(TlsError.HOST_MISMATCH,
            assertThrows(TlsException.class, () -> ServerIdentity.check(nameless, "venue.example")).error());
    }

    @Test
    void shouldCompareAddressesAsBytes()
    {
        final X509Certificate certificate =
            AUTHORITY.leaf().ip("10.0.0.1", "2001:db8::1").dns("10.0.0.2").issue().certificate();
        assertDoesNotThrow(() -> ServerIdentity.check(certificate, "10.0.0.1"));
        assertDoesNotThrow(() -> ServerIdentity.check(certificate, "2001:db8::1"));
        assertDoesNotThrow(() -> ServerIdentity.check(certificate, "[2001:0DB8:0:0:0:0:0:1]"));
        for (final String other : new String[]{ "10.0.0.2", "10.0.0.3", "2001:db8::2", "[::1]" })
        {
            assertEquals(TlsError.ADDRESS_MISMATCH,
                assertThrows(TlsException.class, () -> ServerIdentity.check(certificate, other)).error());
        }
    }

    @Test
    void shouldTellAddressesFromNames()
    {
        for (final String address : new String[]{ "1.2.3.4", "::1", "[::1]", "2001:db8::1" })
        {
            assertTrue(ServerIdentity.isAddress(address), address);
        }
        for (final String name : new String[]{ "localhost", "1.2.3.4.example", "cafe", "a.b", "1.2.3.4.5", "" })
        {
            assertFalse(ServerIdentity.isAddress(name), name);
        }
    }

    @Test
    void shouldNotPrintEndlessNames()
    {
        final String[] names = new String[50];
        for (int i = 0; i < names.length; i++)
        {
            names[i] = "n" + i + ".example";
        }
        final X509Certificate certificate = AUTHORITY.leaf().dns(names).issue().certificate();
        final String detail =
            assertThrows(TlsException.class, () -> ServerIdentity.check(certificate, "venue.example")).detail();
        assertTrue(detail.contains("n7.example, ..."), detail);
        assertFalse(detail.contains("n8.example"), detail);
    }

    private static X509Certificate named(final String name)
    {
        return AUTHORITY.leaf().dns(name).issue().certificate();
    }
}
