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

import io.peregrine.codec.HttpException;
import io.peregrine.codec.HttpUrl;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Turns the host of a URL into addresses. */
public final class ServerAddress
{
    private ServerAddress()
    {
    }

    /**
     * Resolves the name of a server, which may wait for the network: not to be called from a duty cycle.
     *
     * @param url of the server.
     * @return all its addresses, in the order of the resolver.
     * @throws HttpException     with {@link ConnectionError#UNSUPPORTED_SCHEME} unless the scheme is http.
     * @throws ExchangeException with {@link ConnectionError#RESOLVE_FAILED} when the name has no address.
     */
    public static InetSocketAddress[] resolve(final HttpUrl url)
    {
        if (url.isSecure())
        {
            throw new HttpException(ConnectionError.UNSUPPORTED_SCHEME, "only http is supported, not " + url.scheme());
        }

        try
        {
            final InetAddress[] resolved = InetAddress.getAllByName(url.host());
            final InetSocketAddress[] addresses = new InetSocketAddress[resolved.length];
            for (int i = 0; i < resolved.length; i++)
            {
                addresses[i] = new InetSocketAddress(resolved[i], url.port());
            }
            return addresses;
        }
        catch (final UnknownHostException ex)
        {
            throw new ExchangeException(ConnectionError.RESOLVE_FAILED, "no address for " + url.host());
        }
    }
}
