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
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;
import io.peregrine.tls.TlsSessionInfo;

import java.io.IOException;
import java.net.InetSocketAddress;

import static io.peregrine.engine.ConnectionError.*;
import static io.peregrine.engine.ConnectProgress.*;

/**
 * Makes the transport of a connection, one attempt after the other: addresses first, if they are not known, then the
 * socket, then TLS over it if the server wants that, each within its time. It keeps why the last attempt failed.
 */
final class Connector
{
    private final HttpEngine engine;
    private final Endpoint endpoint;
    private final Timeouts timeouts;
    private final AddressBook addressBook;
    private final ConnectAttempts attempts;

    private Phase phase = Phase.RESOLVE;
    private Transport transport;
    private TlsTransport tlsTransport;
    private InetSocketAddress remoteAddress;
    private TlsSessionInfo tlsInfo;
    private ErrorCode error;
    private String errorDetail;
    private long deadlineNs;

    Connector(final HttpEngine engine, final Endpoint endpoint)
    {
        this.engine = engine;
        this.endpoint = endpoint;
        timeouts = endpoint.config().timeouts();
        addressBook = endpoint.addressBook();
        attempts = new ConnectAttempts(endpoint.config().reconnectPolicy(), engine.random());
    }

    ConnectAttempts attempts()
    {
        return attempts;
    }

    ConnectBudget budget()
    {
        return endpoint.connectBudget();
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

    /** How far the last attempt got. */
    Phase phase()
    {
        return phase;
    }

    ErrorCode error()
    {
        return error;
    }

    String errorDetail()
    {
        return errorDetail;
    }

    /** Starts an attempt, with the next address. */
    ConnectProgress start(final long nowNs)
    {
        if (!attempts.isNewRound() || addressBook.isFresh(nowNs))
        {
            return connect(nowNs);
        }

        phase = Phase.RESOLVE;
        deadlineNs = nowNs + timeouts.resolveNs();
        addressBook.lookUp();

        return RESOLVING;
    }

    /** Goes on with the attempt. */
    ConnectProgress poll(final long nowNs)
    {
        try
        {
            final ConnectProgress progress = switch (phase)
            {
                case RESOLVE -> pollLookUp(nowNs);
                case CONNECT -> pollConnect(nowNs);
                default -> pollHandshake(nowNs);
            };

            return WAITING == progress && deadlineNs - nowNs < 0 ? timeOut(nowNs) : progress;
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

    private ConnectProgress pollLookUp(final long nowNs)
    {
        if (!addressBook.poll(nowNs))
        {
            return WAITING;
        }

        return null == addressBook.error() ? connect(nowNs) : onUnresolved(nowNs, RESOLVE_FAILED, addressBook.error());
    }

    /** Addresses that are older than they should be are better than none. */
    private ConnectProgress onUnresolved(final long nowNs, final ConnectionError reason, final String detail)
    {
        if (0 == addressBook.addresses().length)
        {
            return fail(reason, detail);
        }

        engine.onError(reason);
        return connect(nowNs);
    }

    private ConnectProgress connect(final long nowNs)
    {
        if (attempts.isNewRound())
        {
            attempts.begin(addressBook.addresses());
        }

        phase = Phase.CONNECT;
        remoteAddress = attempts.next();
        engine.counters().counter(EngineCounter.CONNECT_ATTEMPTS).incrementRelease();
        deadlineNs = nowNs + timeouts.connectNs();
        try
        {
            transport = engine.context().transportFactory().connect(
                remoteAddress, endpoint.config().socketOptions());
            return CONNECTING;
        }
        catch (final IOException | RuntimeException ex)
        {
            return fail(CONNECT_FAILED, ex.getMessage());
        }
    }

    private ConnectProgress pollConnect(final long nowNs) throws IOException
    {
        if (!transport.finishConnect())
        {
            return WAITING;
        }
        if (null == endpoint.tlsContext())
        {
            return succeed();
        }

        phase = Phase.HANDSHAKE;
        deadlineNs = nowNs + timeouts.handshakeNs();
        final TlsSession session =
            endpoint.tlsContext().newSession(endpoint.server().host(), endpoint.server().port());
        tlsTransport = new TlsTransport(
            transport, session, engine.taskExecutor(), endpoint.tlsContext().config().verdictTimeoutNs());

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

    private ConnectProgress timeOut(final long nowNs)
    {
        return switch (phase)
        {
            case RESOLVE -> onUnresolved(nowNs, RESOLVE_TIMEOUT,
                "no addresses of " + endpoint.server().host() + " within resolveTimeout " + timeouts.resolveNs() +
                    " ns");
            case CONNECT -> fail(CONNECT_TIMEOUT,
                "not connected within connectTimeout " + timeouts.connectNs() + " ns");
            default -> fail(HANDSHAKE_TIMEOUT,
                "no handshake within handshakeTimeout " + timeouts.handshakeNs() + " ns");
        };
    }

    private ConnectProgress fail(final ErrorCode reason, final String detail)
    {
        close();
        error = reason;
        errorDetail = Phase.RESOLVE == phase ? detail : remoteAddress + ": " + detail;
        engine.onError(reason);

        return FAILED;
    }
}
