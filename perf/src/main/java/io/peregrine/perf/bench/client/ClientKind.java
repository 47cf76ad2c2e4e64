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
package io.peregrine.perf.bench.client;

import io.peregrine.engine.TransportFactory;
import io.peregrine.tls.TlsProvider;

/** The clients that there are to compare. */
public enum ClientKind
{
    /** A {@link java.nio.channels.SocketChannel} and no more; plain only. */
    NIO("NIO floor", false, NioClient::new),

    /** This client; TLS by wolfSSL. */
    PEREGRINE("Peregrine", true,
        (target) -> new PeregrineClient(target, TransportFactory.tcp(), TlsProvider.WOLFSSL)),

    /** This client through {@link java.nio.channels.SocketChannel}; plain only. */
    PEREGRINE_NIO("Peregrine/NIO", false,
        (target) -> new PeregrineClient(target, TransportFactory.socketChannel(), TlsProvider.WOLFSSL)),

    /** This client with the platform's TLS. */
    PEREGRINE_JSSE("Peregrine/JSSE", true,
        (target) -> new PeregrineClient(target, TransportFactory.tcp(), TlsProvider.JSSE)),

    /** OkHttp. */
    OKHTTP("OkHttp", true, OkHttpPeer::new),

    /** Apache HttpClient 5, the classic one. */
    APACHE("Apache 5", true, ApachePeer::new),

    /** {@link java.net.HttpURLConnection}. */
    URL_CONNECTION("URLConnection", true, UrlConnectionPeer::new),

    /** Netty's codec on an event loop of its own. */
    NETTY("Netty", true, NettyPeer::new),

    /** Jetty's client. */
    JETTY("Jetty", true, JettyPeer::new),

    /** Helidon's web client. */
    HELIDON("Helidon", true, HelidonPeer::new),

    /** {@link java.net.http.HttpClient}. */
    JDK("JDK HttpClient", true, JdkPeer::new);

    private final String label;
    private final boolean isTlsSupported;
    private final Opener opener;

    ClientKind(final String label, final boolean isTlsSupported, final Opener opener)
    {
        this.label = label;
        this.isTlsSupported = isTlsSupported;
        this.opener = opener;
    }

    /**
     * What a table calls it.
     *
     * @return a few characters.
     */
    public String label()
    {
        return label;
    }

    /**
     * Whether it can be measured over TLS.
     *
     * @return true when it can.
     */
    public boolean isTlsSupported()
    {
        return isTlsSupported;
    }

    /**
     * Whether it is one that a user would take instead.
     *
     * @return false for this client and for the floor.
     */
    public boolean isPeer()
    {
        return ordinal() > PEREGRINE_JSSE.ordinal();
    }

    BenchClient open(final Target target) throws Exception
    {
        return opener.open(target);
    }

    /** Connects a client of a kind. */
    private interface Opener
    {
        BenchClient open(Target target) throws Exception;
    }
}
