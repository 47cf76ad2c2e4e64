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

import io.peregrine.codec.ResponseLimits;
import io.peregrine.codec.ResponseReader;
import io.peregrine.tls.TlsConfig;

import java.util.concurrent.TimeUnit;

/**
 * How a connection is made and what it may cost. Immutable.
 *
 * @param connectTimeoutNs      nanoseconds that the socket of one attempt may take to connect.
 * @param handshakeTimeoutNs    nanoseconds that its TLS handshake may take.
 * @param requestTimeoutNs      nanoseconds from send to the complete answer.
 * @param receiveBufferLength   bytes that head and body of an answer may take together.
 * @param responseLimits        what an answer may be at the most.
 * @param socketOptions         options of the socket.
 * @param reconnectPolicy       whether, and when, the connection is made again.
 * @param tls                   how TLS is spoken with a server that wants it; null for the defaults.
 */
public record ConnectionConfig(
    long connectTimeoutNs,
    long handshakeTimeoutNs,
    long requestTimeoutNs,
    int receiveBufferLength,
    ResponseLimits responseLimits,
    SocketOptions socketOptions,
    ReconnectPolicy reconnectPolicy,
    TlsConfig tls)
{
    /** Default of {@link #connectTimeoutNs()}: 3 s. */
    public static final long CONNECT_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(3);

    /** Default of {@link #handshakeTimeoutNs()}: 5 s. */
    public static final long HANDSHAKE_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(5);

    /** Default of {@link #requestTimeoutNs()}: 10 s. */
    public static final long REQUEST_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(10);

    /** Defaults for everything, without reconnecting. */
    public static final ConnectionConfig DEFAULT = new ConnectionConfig(
        CONNECT_TIMEOUT_DEFAULT_NS,
        HANDSHAKE_TIMEOUT_DEFAULT_NS,
        REQUEST_TIMEOUT_DEFAULT_NS,
        ResponseReader.CAPACITY_DEFAULT,
        ResponseLimits.DEFAULT,
        SocketOptions.DEFAULT,
        ReconnectPolicy.NEVER,
        null);

    /**
     * Validates the times, and that the receive buffer can hold the longest head.
     *
     * @throws IllegalArgumentException when a timeout is not positive, or the receive buffer is shorter than
     *                                  {@link ResponseLimits#maxHeadLength()}.
     */
    public ConnectionConfig
    {
        requirePositive(connectTimeoutNs, "connectTimeout");
        requirePositive(handshakeTimeoutNs, "handshakeTimeout");
        requirePositive(requestTimeoutNs, "requestTimeout");
        if (receiveBufferLength < responseLimits.maxHeadLength())
        {
            throw new IllegalArgumentException("receiveBufferLength " + receiveBufferLength +
                " is less than maxHeadLength " + responseLimits.maxHeadLength());
        }
    }

    private static void requirePositive(final long timeoutNs, final String name)
    {
        if (timeoutNs <= 0)
        {
            throw new IllegalArgumentException(name + " must be positive, not " + timeoutNs + " ns");
        }
    }
}
