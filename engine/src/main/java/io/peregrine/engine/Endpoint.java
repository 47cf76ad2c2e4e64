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

import io.peregrine.tls.TlsContext;

/**
 * A server as the connections of one owner share it, a pool's for example: its addresses, how to connect to it, and
 * the budget of attempts to reconnect. Made by {@link HttpEngine#endpoint(ServerAddress, ConnectionConfig)}; used by
 * the engine's thread only.
 */
public final class Endpoint
{
    private final ServerAddress server;
    private final ConnectionConfig config;
    private final TlsContext tlsContext;
    private final AddressBook addressBook;
    private final ConnectBudget connectBudget;

    /** The context of TLS is null for a server that does not speak it. */
    Endpoint(
        final ServerAddress server,
        final ConnectionConfig config,
        final TlsContext tlsContext,
        final AddressBook addressBook)
    {
        this.server = server;
        this.config = config;
        this.tlsContext = tlsContext;
        this.addressBook = addressBook;
        connectBudget = new ConnectBudget(config.reconnectPolicy().budget());
    }

    /**
     * The server.
     *
     * @return name and port.
     */
    public ServerAddress server()
    {
        return server;
    }

    /**
     * How its connections are made, and what they may cost.
     *
     * @return the configuration.
     */
    public ConnectionConfig config()
    {
        return config;
    }

    TlsContext tlsContext()
    {
        return tlsContext;
    }

    AddressBook addressBook()
    {
        return addressBook;
    }

    ConnectBudget connectBudget()
    {
        return connectBudget;
    }
}
