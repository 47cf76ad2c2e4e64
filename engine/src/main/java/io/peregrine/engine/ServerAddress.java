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
package io.peregrine.engine;

import io.peregrine.codec.HttpUrl;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The server of a URL: its name, and the addresses that the name has. Immutable. */
public final class ServerAddress
{
    private final String host;
    private final int port;
    private final boolean isSecure;
    private final InetSocketAddress[] addresses;

    /**
     * Describes a server whose addresses are known.
     *
     * @param host      name, or IP address, that the server is asked for by.
     * @param port      of the server.
     * @param isSecure  whether TLS is spoken with it.
     * @param addresses to connect to, in the order to try them.
     * @throws IllegalArgumentException when there is no address.
     */
    public ServerAddress(
        final String host, final int port, final boolean isSecure, final InetSocketAddress... addresses)
    {
        if (0 == addresses.length)
        {
            throw new IllegalArgumentException("no address to connect to");
        }

        this.host = host;
        this.port = port;
        this.isSecure = isSecure;
        this.addresses = addresses.clone();
    }

    /**
     * Resolves the name of a server, which may wait for the network: not to be called from a duty cycle.
     *
     * @param url of the server.
     * @return the server with all its addresses, in the order of the resolver.
     * @throws ExchangeException with {@link ConnectionError#RESOLVE_FAILED} when the name has no address.
     */
    public static ServerAddress resolve(final HttpUrl url)
    {
        try
        {
            final InetAddress[] resolved = InetAddress.getAllByName(url.host());
            final InetSocketAddress[] addresses = new InetSocketAddress[resolved.length];
            for (int i = 0; i < resolved.length; i++)
            {
                addresses[i] = new InetSocketAddress(resolved[i], url.port());
            }
            return new ServerAddress(url.host(), url.port(), url.isSecure(), addresses);
        }
        catch (final UnknownHostException ex)
        {
            throw new ExchangeException(ConnectionError.RESOLVE_FAILED, "no address for " + url.host());
        }
    }

    /**
     * Name, or IP address, that the server is asked for by.
     *
     * @return as in the URL.
     */
    public String host()
    {
        return host;
    }

    /**
     * Port of the server.
     *
     * @return the port.
     */
    public int port()
    {
        return port;
    }

    /**
     * Is TLS spoken with the server?
     *
     * @return true for https.
     */
    public boolean isSecure()
    {
        return isSecure;
    }

    /** In the order to try them; not to be changed. */
    InetSocketAddress[] addresses()
    {
        return addresses;
    }
}
