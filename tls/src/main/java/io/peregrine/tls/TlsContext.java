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
package io.peregrine.tls;

import io.peregrine.tls.jsse.JsseContext;
import io.peregrine.tls.wolfssl.WolfSslContext;
import net.openhft.chronicle.core.io.AbstractCloseable;

/**
 * What sessions of one configuration share: keys and certificates as a provider wants them, and sessions that may be
 * resumed. Made off the path of requests, since files are read and libraries loaded. Sessions go on after their
 * context was closed.
 * <p>
 * Used by one thread at a time, which its owner sees to.
 */
public abstract class TlsContext extends AbstractCloseable
{
    private final TlsConfig config;

    /**
     * For the providers.
     *
     * @param config that the sessions follow.
     */
    protected TlsContext(final TlsConfig config)
    {
        this.config = config;
    }

    /**
     * Makes a context with the provider that a configuration asks for.
     *
     * @param config to use.
     * @return the context, to be closed.
     * @throws TlsException when the configuration cannot be used, or the library is not there.
     */
    public static TlsContext open(final TlsConfig config) throws TlsException
    {
        return switch (config.provider())
        {
            case WOLFSSL -> WolfSslContext.open(config);
            case JSSE -> JsseContext.open(config);
            case AUTO -> openBest(config);
        };
    }

    /**
     * What the sessions follow.
     *
     * @return the configuration.
     */
    public final TlsConfig config()
    {
        return config;
    }

    /**
     * Starts a session with a server.
     *
     * @param host name or IP address that the server's certificate must name; names are sent as SNI (RFC 6066 section
     *             3).
     * @param port of the server: sessions are resumed with the same host and port only.
     * @return the session, to be closed.
     * @throws TlsException when the provider cannot make one.
     */
    public abstract TlsSession newSession(String host, int port) throws TlsException;

    /**
     * Which provider this is, its version, and whether it is accelerated.
     *
     * @return a line for people.
     */
    public abstract String description();

    /**
     * What an operator should know about the choice of the provider.
     *
     * @return a sentence with what to do, or null.
     */
    public abstract String warning();

    /**
     * The owner of a context checks its thread.
     */
    @Override
    protected void threadSafetyCheck(final boolean isUsed)
    {
    }

    private static TlsContext openBest(final TlsConfig config) throws TlsException
    {
        final String obstacle = WolfSslContext.obstacle(config);
        return null == obstacle ? WolfSslContext.open(config) : JsseContext.open(config, obstacle);
    }
}
