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

import java.util.Objects;

/** Builds an {@link HttpConnection}. */
public final class HttpConnectionBuilder extends ConnectionOptions<HttpConnectionBuilder>
{
    private static final ConnectionListener NO_LISTENER = (connection, previous, current) -> {};

    private final HttpEngine engine;

    /**
     * Starts with every option at its default.
     *
     * @param engine that shall drive the connection.
     */
    public HttpConnectionBuilder(final HttpEngine engine)
    {
        this.engine = Objects.requireNonNull(engine);
    }

    /**
     * {@inheritDoc}
     */
    @Override
    protected HttpConnectionBuilder self()
    {
        return this;
    }

    /**
     * Connects to a server, trying each address of its name, and runs the engine's duty cycle until connected. The
     * connection does not reconnect by itself.
     *
     * @param url of the server; its path is not looked at.
     * @return the connection, ready for a request.
     * @throws HttpException     when the URL is not valid.
     * @throws ExchangeException when the name does not resolve, TLS cannot be set up as configured, or no address can
     *                           be connected to.
     */
    public HttpConnection connect(final String url)
    {
        final Endpoint endpoint = engine.endpoint(
            ServerAddress.of(HttpUrl.parse(url)), connectionConfig(ReconnectPolicy.NEVER));
        final HttpConnection connection = engine.open(endpoint, NO_LISTENER);
        try
        {
            while (connection.isActive())
            {
                engine.doWorkAndIdle();
            }

            if (!connection.isReady())
            {
                throw connection.connectException();
            }
        }
        catch (final RuntimeException ex)
        {
            connection.close();
            throw ex;
        }

        return connection;
    }
}
