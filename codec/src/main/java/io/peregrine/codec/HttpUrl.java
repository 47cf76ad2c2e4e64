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
package io.peregrine.codec;

import java.net.Inet6Address;

/**
 * The address of a server or of something on it: an absolute http or https URL, taken apart and checked
 * (RFC 9110 section 4.2, RFC 3986 section 3).
 * <p>
 * Stricter than the grammar where a client gains nothing from leniency: user information and fragments are refused, and
 * so are controls, spaces and characters outside ASCII. Hosts may have underscores. Immutable.
 */
public final class HttpUrl
{
    private static final String HTTP = "http";
    private static final String HTTPS = "https";
    private static final String SCHEME_END = "://";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65535;
    private static final int MAX_PORT_DIGITS = 5;

    private final boolean isSecure;
    private final String host;
    private final int port;
    private final String path;
    private final String query;
    private final String hostHeader;

    private HttpUrl(final boolean isSecure, final String host, final int port, final String path, final String query)
    {
        this.isSecure = isSecure;
        this.host = host;
        this.port = port;
        this.path = path;
        this.query = query;
        final String hostText = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        hostHeader = isDefaultPort() ? hostText : hostText + ":" + port;
    }

    /**
     * Takes a URL apart.
     *
     * @param url such as {@code http://host:8080/path?query}; the scheme may be in any case.
     * @return the parts.
     * @throws HttpException with {@link RequestError#INVALID_URL}; the detail names what is wrong and never repeats the
     *                       URL, which may hold credentials.
     */
    public static HttpUrl parse(final CharSequence url)
    {
        final String text = url.toString();
        checkCharacters(text);

        final boolean isSecure = hasScheme(text, HTTPS);
        if (!isSecure && !hasScheme(text, HTTP))
        {
            throw invalid("it does not start with http:// or https://");
        }

        final int authorityOffset = (isSecure ? HTTPS : HTTP).length() + SCHEME_END.length();
        final int authorityLimit = endOfAuthority(text, authorityOffset);
        final String authority = text.substring(authorityOffset, authorityLimit);
        if (authority.indexOf('@') >= 0)
        {
            throw invalid("it has user information");
        }

        final int hostLimit = endOfHost(authority);
        final int port = parsePort(authority, hostLimit, isSecure ? HTTPS_PORT : HTTP_PORT);
        final int queryMark = text.indexOf('?', authorityLimit);
        final int pathLimit = queryMark < 0 ? text.length() : queryMark;
        final String path = authorityLimit == pathLimit ? "/" : text.substring(authorityLimit, pathLimit);
        final String query = queryMark < 0 ? null : text.substring(queryMark + 1);
        return new HttpUrl(isSecure, parseHost(authority.substring(0, hostLimit)), port, path, query);
    }

    /**
     * The scheme in lower case.
     *
     * @return {@code http} or {@code https}.
     */
    public String scheme()
    {
        return isSecure ? HTTPS : HTTP;
    }

    /**
     * Whether the scheme is https.
     *
     * @return true for https.
     */
    public boolean isSecure()
    {
        return isSecure;
    }

    /**
     * The host as it was given: a name, an IPv4 address or an IPv6 address without brackets.
     *
     * @return the host.
     */
    public String host()
    {
        return host;
    }

    /**
     * The port to connect to, be it given or the default of the scheme.
     *
     * @return 1 to 65535.
     */
    public int port()
    {
        return port;
    }

    /**
     * Whether the port is the default of the scheme, 80 or 443.
     *
     * @return true if it is, even if it was given.
     */
    public boolean isDefaultPort()
    {
        return port == (isSecure ? HTTPS_PORT : HTTP_PORT);
    }

    /**
     * The path as it was given.
     *
     * @return the path, {@code /} if there is none.
     */
    public String path()
    {
        return path;
    }

    /**
     * The query as it was given, without the question mark.
     *
     * @return the query, or null if there is none.
     */
    public String query()
    {
        return query;
    }

    /**
     * Path and query as a request line has them (RFC 9112 section 3.2.1).
     *
     * @return the target, for {@link RequestWriter#requestRaw(HttpMethod, CharSequence)}.
     */
    public String target()
    {
        return null == query ? path : path + "?" + query;
    }

    /**
     * The value of the Host header: the host, brackets around an IPv6 address, the port if it is not the default
     * (RFC 9110 section 7.2).
     *
     * @return the value.
     */
    public String hostHeader()
    {
        return hostHeader;
    }

    /**
     * The URL put together again, without a default port.
     *
     * @return the URL.
     */
    @Override
    public String toString()
    {
        return scheme() + SCHEME_END + hostHeader + target();
    }

    private static boolean hasScheme(final String text, final String scheme)
    {
        return text.regionMatches(true, 0, scheme, 0, scheme.length()) && text.startsWith(SCHEME_END, scheme.length());
    }

    private static void checkCharacters(final String text)
    {
        final int index = RequestText.indexOfOther(text, HttpCharacters.TARGET);
        if (index < text.length())
        {
            throw invalid('#' == text.charAt(index) ?
                "it has a fragment" : RequestText.describe(text.charAt(index), index, "the URL"));
        }
    }

    private static int endOfAuthority(final String text, final int offset)
    {
        int index = offset;
        while (index < text.length() && '/' != text.charAt(index) && '?' != text.charAt(index))
        {
            index++;
        }
        return index;
    }

    private static int endOfHost(final String authority)
    {
        if (authority.startsWith("["))
        {
            final int bracketIndex = authority.indexOf(']');
            if (bracketIndex < 0)
            {
                throw invalid("the bracket before an IPv6 address is not closed");
            }
            if (bracketIndex + 1 < authority.length() && ':' != authority.charAt(bracketIndex + 1))
            {
                throw invalid("only a port can follow the bracket behind an IPv6 address");
            }
            return bracketIndex + 1;
        }

        final int colonIndex = authority.indexOf(':');
        if (colonIndex >= 0 && authority.indexOf(':', colonIndex + 1) >= 0)
        {
            throw invalid("it has more than one colon; an IPv6 address needs brackets");
        }
        return colonIndex < 0 ? authority.length() : colonIndex;
    }

    private static String parseHost(final String text)
    {
        if (text.isEmpty())
        {
            throw invalid("the host is empty");
        }
        if ('[' == text.charAt(0))
        {
            final String address = text.substring(1, text.length() - 1);
            checkIpv6(address);
            return address;
        }
        final int index = RequestText.indexOfOther(text, HttpCharacters.UNRESERVED);
        if (index < text.length())
        {
            throw invalid(RequestText.describe(text.charAt(index), index, "the host"));
        }
        return text;
    }

    /** A literal without zone, which means nothing to the server (RFC 9110 section 4.2 takes it from RFC 3986). */
    private static void checkIpv6(final String address)
    {
        boolean isLiteral = address.indexOf(':') >= 0;
        for (int i = 0; i < address.length(); i++)
        {
            final char c = address.charAt(i);
            isLiteral &= ':' == c || '.' == c || Character.digit(c, 16) >= 0;
        }

        try
        {
            if (isLiteral)
            {
                Inet6Address.ofLiteral(address);
                return;
            }
        }
        catch (final IllegalArgumentException ignore)
        {
            // Told below in the words of every other refusal.
        }
        throw invalid("the brackets do not hold an IPv6 address");
    }

    private static int parsePort(final String authority, final int hostLimit, final int defaultPort)
    {
        if (hostLimit == authority.length())
        {
            return defaultPort;
        }

        final String digits = authority.substring(hostLimit + 1);
        int port = 0;
        for (int i = 0; i < digits.length(); i++)
        {
            final char c = digits.charAt(i);
            if (c < '0' || c > '9' || digits.length() > MAX_PORT_DIGITS)
            {
                throw invalid("the port is not a number from 1 to 65535");
            }
            port = port * 10 + c - '0';
        }
        if (port < 1 || port > MAX_PORT)
        {
            throw invalid("the port is not a number from 1 to 65535");
        }
        return port;
    }

    private static HttpException invalid(final String reason)
    {
        return new HttpException(RequestError.INVALID_URL, reason);
    }
}
