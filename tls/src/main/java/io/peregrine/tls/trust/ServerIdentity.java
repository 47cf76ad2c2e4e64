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

import java.net.InetAddress;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Does a certificate name the server that was asked for? By RFC 9525: the subject alternative names decide alone, the
 * common name never does; a wildcard stands for exactly one whole label, the left-most one; addresses are compared as
 * bytes.
 */
public final class ServerIdentity
{
    private static final int SAN_DNS_NAME = 2;
    private static final int SAN_IP_ADDRESS = 7;
    private static final int MAX_NAMES_SHOWN = 8;
    private static final int MAX_NAME_LENGTH_SHOWN = 100;

    private ServerIdentity()
    {
    }

    /**
     * Checks that a certificate names a host.
     *
     * @param leaf certificate of the server.
     * @param host name, or IP address with or without brackets, that was asked for.
     * @throws TlsException with {@link TlsError#HOST_MISMATCH}, {@link TlsError#ADDRESS_MISMATCH} or
     *                      {@link TlsError#WILDCARD_MISUSED} when it does not.
     */
    public static void check(final X509Certificate leaf, final String host) throws TlsException
    {
        if (isAddress(host))
        {
            checkAddress(leaf, host);
        }
        else
        {
            checkName(leaf, host);
        }
    }

    /**
     * Is this the literal of an IP address, rather than a name?
     *
     * @param host to look at; an IPv6 address may have brackets.
     * @return true for an IPv4 or IPv6 address.
     */
    public static boolean isAddress(final String host)
    {
        return null != addressOf(host);
    }

    private static void checkAddress(final X509Certificate leaf, final String host) throws TlsException
    {
        final byte[] address = addressOf(host);
        final List<String> names = names(leaf, SAN_IP_ADDRESS);
        for (final String name : names)
        {
            if (java.util.Arrays.equals(address, addressOf(name)))
            {
                return;
            }
        }

        throw new TlsException(TlsError.ADDRESS_MISMATCH,
            "certificate does not name the address " + host + "; it names " + shown(names, leaf));
    }

    private static void checkName(final X509Certificate leaf, final String host) throws TlsException
    {
        final String reference = normalised(host);
        final List<String> names = names(leaf, SAN_DNS_NAME);
        boolean isWildcardMisused = false;
        for (final String name : names)
        {
            final String presented = normalised(name);
            if (matches(presented, reference))
            {
                return;
            }
            isWildcardMisused |= matchesLaxly(presented, reference);
        }

        throw new TlsException(isWildcardMisused ? TlsError.WILDCARD_MISUSED : TlsError.HOST_MISMATCH,
            "certificate does not name the host " + host + "; it names " + shown(names, leaf));
    }

    private static boolean matches(final String presented, final String reference)
    {
        if (!presented.startsWith("*."))
        {
            return presented.equals(reference) && presented.indexOf('*') < 0 && !presented.isEmpty();
        }

        final String domain = presented.substring(1);
        final int firstDot = reference.indexOf('.');
        return domain.indexOf('*') < 0 &&
            domain.indexOf('.', 1) > 0 &&
            firstDot > 0 &&
            reference.substring(firstDot).equals(domain);
    }

    /** Would it match if a wildcard stood for any characters? Then that is what is wrong with it. */
    private static boolean matchesLaxly(final String presented, final String reference)
    {
        int position = 0;
        int end = presented.indexOf('*');
        if (end < 0 || !reference.startsWith(presented.substring(0, end)))
        {
            return false;
        }

        while (end >= 0)
        {
            position += 0 == position ? end : 0;
            final int next = presented.indexOf('*', end + 1);
            final String literal = presented.substring(end + 1, next < 0 ? presented.length() : next);
            final int found = next < 0 ?
                Math.max(position, reference.length() - literal.length()) : reference.indexOf(literal, position);
            if (found < 0 || !reference.startsWith(literal, found))
            {
                return false;
            }
            position = found + literal.length();
            end = next;
        }

        return position == reference.length();
    }

    private static String normalised(final String name)
    {
        final String lowerCase = name.toLowerCase(Locale.ROOT);
        return lowerCase.endsWith(".") ? lowerCase.substring(0, lowerCase.length() - 1) : lowerCase;
    }

    private static byte[] addressOf(final String host)
    {
        final boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        final String literal = isBracketed ? host.substring(1, host.length() - 1) : host;
        // Only what can be no name is tried, so that nothing but an address is taken for one.
        if (literal.isEmpty() || literal.indexOf(':') < 0 && !literal.matches("[0-9.]+"))
        {
            return null;
        }

        try
        {
            return InetAddress.ofLiteral(literal).getAddress();
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }

    private static List<String> names(final X509Certificate leaf, final int type) throws TlsException
    {
        final List<String> names = new ArrayList<>();
        try
        {
            final Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
            if (null != alternatives)
            {
                for (final List<?> alternative : alternatives)
                {
                    if (type == (Integer)alternative.get(0) && alternative.get(1) instanceof String)
                    {
                        names.add((String)alternative.get(1));
                    }
                }
            }
        }
        catch (final CertificateParsingException ex)
        {
            throw new TlsException(
                TlsError.CERTIFICATE_REJECTED, "subject alternative names cannot be read: " + ex.getMessage(), ex);
        }

        return names;
    }

    private static String shown(final List<String> names, final X509Certificate leaf)
    {
        if (names.isEmpty())
        {
            return "none of that kind";
        }

        final StringBuilder text = new StringBuilder();
        for (final String name : names.subList(0, Math.min(names.size(), MAX_NAMES_SHOWN)))
        {
            text.append(text.isEmpty() ? "" : ", ")
                .append(name, 0, Math.min(name.length(), MAX_NAME_LENGTH_SHOWN));
        }

        return text.append(names.size() > MAX_NAMES_SHOWN ? ", ..." : "").toString();
    }
}
