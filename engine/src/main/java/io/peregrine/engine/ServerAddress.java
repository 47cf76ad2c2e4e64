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

/** The server of a URL: its name, and its addresses if they are known without a look-up. Immutable. */
public final class ServerAddress
{
    private final String host;
    private final int port;
    private final boolean isSecure;
    private final InetSocketAddress[] addresses;

    /**
     * Describes a server.
     *
     * @param host      name, or IP address, that the server is asked for by.
     * @param port      of the server.
     * @param isSecure  whether TLS is spoken with it.
     * @param addresses to connect to, in the order to try them; with none, the name is looked up.
     */
    public ServerAddress(
        final String host, final int port, final boolean isSecure, final InetSocketAddress... addresses)
    {
        this.host = host;
        this.port = port;
        this.isSecure = isSecure;
        this.addresses = addresses.clone();
    }

    /**
     * The server of a URL. An IP address stands for itself; a name is looked up by the engine, off its thread.
     *
     * @param url of the server.
     * @return the server.
     */
    public static ServerAddress of(final HttpUrl url)
    {
        final InetAddress literal = literalOrNull(url.host());
        return null == literal ?
            new ServerAddress(url.host(), url.port(), url.isSecure()) :
            new ServerAddress(
                url.host(), url.port(), url.isSecure(), new InetSocketAddress(literal, url.port()));
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

    /** In the order to try them, not to be changed; empty when the name is to be looked up. */
    InetSocketAddress[] addresses()
    {
        return addresses;
    }

    private static InetAddress literalOrNull(final String host)
    {
        try
        {
            return InetAddress.ofLiteral(host);
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }
}
