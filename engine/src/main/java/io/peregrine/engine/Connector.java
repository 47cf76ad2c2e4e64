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

import io.peregrine.codec.ErrorCode;
import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;
import io.peregrine.tls.TlsSessionInfo;

import java.io.IOException;
import java.net.InetSocketAddress;

import static io.peregrine.engine.ConnectionError.*;
import static io.peregrine.engine.ConnectProgress.*;

/**
 * Makes the transport of a connection, one attempt after the other: the socket first, TLS over it if the server wants
 * that, each within its time. It keeps why the last attempt failed.
 */
final class Connector
{
    private final HttpEngine engine;
    private final ServerAddress server;
    private final ConnectionConfig config;
    private final TlsContext tlsContext;
    private final ConnectAttempts attempts;

    private Transport transport;
    private TlsTransport tlsTransport;
    private InetSocketAddress remoteAddress;
    private TlsSessionInfo tlsInfo;
    private ErrorCode error;
    private String errorDetail;
    private long deadlineNs;

    /** The context of TLS is null for a server that does not speak it. */
    Connector(
        final HttpEngine engine,
        final ServerAddress server,
        final ConnectionConfig config,
        final TlsContext tlsContext)
    {
        this.engine = engine;
        this.server = server;
        this.config = config;
        this.tlsContext = tlsContext;
        attempts = new ConnectAttempts(server.addresses(), config.reconnectPolicy());
    }

    ConnectAttempts attempts()
    {
        return attempts;
    }

    InetSocketAddress remoteAddress()
    {
        return remoteAddress;
    }

    /** What the handshake of the present, or the last, transport agreed on; null without TLS. */
    TlsSessionInfo tlsInfo()
    {
        return tlsInfo;
    }

    ErrorCode error()
    {
        return error;
    }

    String errorDetail()
    {
        return errorDetail;
    }

    /** Starts an attempt with the next address. */
    ConnectProgress start(final long nowNs)
    {
        remoteAddress = attempts.next();
        engine.counters().counter(EngineCounter.CONNECT_ATTEMPTS).incrementRelease();
        deadlineNs = nowNs + config.connectTimeoutNs();
        try
        {
            transport = engine.context().transportFactory().connect(remoteAddress, config.socketOptions());
            return WAITING;
        }
        catch (final IOException | RuntimeException ex)
        {
            return fail(CONNECT_FAILED, ex.getMessage());
        }
    }

    /** Goes on with the attempt. */
    ConnectProgress poll(final long nowNs)
    {
        try
        {
            final ConnectProgress progress = null == tlsTransport ? pollConnect(nowNs) : pollHandshake(nowNs);
            return WAITING == progress && deadlineNs - nowNs < 0 ? timeOut() : progress;
        }
        catch (final TlsException ex)
        {
            return fail(ex.error(), ex.detail());
        }
        catch (final IOException ex)
        {
            return fail(CONNECT_FAILED, ex.getMessage());
        }
    }

    /** Hands over what was made. */
    Transport take()
    {
        final Transport made = null == tlsTransport ? transport : tlsTransport;
        transport = null;
        tlsTransport = null;

        return made;
    }

    /** The transport that was made ended before it was used: to whoever waits for it, the attempt was in vain. */
    void onUnused(final ErrorCode reason)
    {
        error = reason;
        errorDetail = remoteAddress + ": " + reason.description();
    }

    /** Gives up the attempt, if there is one. */
    void close()
    {
        final Transport abandoned = take();
        if (null != abandoned)
        {
            abandoned.close();
        }
    }

    private ConnectProgress pollConnect(final long nowNs) throws IOException
    {
        if (!transport.finishConnect())
        {
            return WAITING;
        }
        if (null == tlsContext)
        {
            return succeed();
        }

        deadlineNs = nowNs + config.handshakeTimeoutNs();
        final TlsSession session = tlsContext.newSession(server.host(), server.port());
        tlsTransport = new TlsTransport(
            transport, session, engine.taskExecutor(), tlsContext.config().verdictTimeoutNs());

        return HANDSHAKING;
    }

    private ConnectProgress pollHandshake(final long nowNs) throws IOException
    {
        if (!tlsTransport.handshake(nowNs))
        {
            return WAITING;
        }

        tlsInfo = tlsTransport.info();
        engine.counters().counter(EngineCounter.TLS_HANDSHAKES).incrementRelease();
        if (tlsInfo.isResumed())
        {
            engine.counters().counter(EngineCounter.TLS_RESUMPTIONS).incrementRelease();
        }

        return succeed();
    }

    private ConnectProgress succeed()
    {
        error = null;
        errorDetail = null;
        attempts.onConnected();
        engine.counters().counter(EngineCounter.CONNECTS).incrementRelease();

        return CONNECTED;
    }

    private ConnectProgress timeOut()
    {
        return null == tlsTransport ?
            fail(CONNECT_TIMEOUT, "not connected within connectTimeout " + config.connectTimeoutNs() + " ns") :
            fail(HANDSHAKE_TIMEOUT, "no handshake within handshakeTimeout " + config.handshakeTimeoutNs() + " ns");
    }

    private ConnectProgress fail(final ErrorCode reason, final String detail)
    {
        close();
        error = reason;
        errorDetail = remoteAddress + ": " + detail;
        engine.onError(reason);

        return FAILED;
    }
}
