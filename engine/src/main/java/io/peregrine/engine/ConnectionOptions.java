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
import io.peregrine.tls.TlsConfig;

import java.time.Duration;
import java.util.Objects;

/**
 * The options of a connection, for builders to share.
 *
 * @param <B> type of the builder.
 */
public abstract class ConnectionOptions<B extends ConnectionOptions<B>>
{
    private boolean isNagleDisabled = SocketOptions.DEFAULT.isNagleDisabled();
    private long keepAliveIdleNs = SocketOptions.DEFAULT.keepAliveIdleNs();
    private int recvBufferSize = SocketOptions.DEFAULT.receiveBufferSize();
    private int sendBufferSize = SocketOptions.DEFAULT.sendBufferSize();
    private long resolveTimeoutNs = Timeouts.DEFAULT.resolveNs();
    private long connectTimeoutNs = Timeouts.DEFAULT.connectNs();
    private long handshakeTimeoutNs = Timeouts.DEFAULT.handshakeNs();
    private long writeTimeoutNs = Timeouts.DEFAULT.writeNs();
    private long firstByteTimeoutNs = Timeouts.DEFAULT.firstByteNs();
    private long requestTimeoutNs = Timeouts.DEFAULT.requestNs();
    private RetirementPolicy retirementPolicy = RetirementPolicy.DEFAULT;
    private long addressMaxAgeNs = ConnectionConfig.ADDRESS_MAX_AGE_DEFAULT_NS;
    private long validateAfterInactivityNs = ConnectionConfig.VALIDATE_AFTER_INACTIVITY_DEFAULT_NS;
    private int receiveBufferLength = ConnectionConfig.DEFAULT.receiveBufferLength();
    private ResponseLimits responseLimits = ConnectionConfig.DEFAULT.responseLimits();
    private TlsConfig tls;

    /**
     * Every option at its default.
     */
    protected ConnectionOptions()
    {
    }

    /**
     * The builder itself.
     *
     * @return this.
     */
    protected abstract B self();

    /**
     * Whether small writes leave at once (TCP_NODELAY); true unless set, since an order that waits for an
     * acknowledgement is late.
     *
     * @param isNagleDisabled true to disable Nagle's algorithm.
     * @return this for a fluent API.
     */
    public B disableNagle(final boolean isNagleDisabled)
    {
        this.isNagleDisabled = isNagleDisabled;
        return self();
    }

    /**
     * How long looking up the name of the server may take; 5 s unless set.
     *
     * @param timeout positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the timeout is not positive.
     */
    public B resolveTimeout(final Duration timeout)
    {
        resolveTimeoutNs = positiveNs(timeout, "resolveTimeout");
        return self();
    }

    /**
     * How long one attempt to connect may take; 3 s unless set.
     *
     * @param timeout positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the timeout is not positive.
     */
    public B connectTimeout(final Duration timeout)
    {
        connectTimeoutNs = positiveNs(timeout, "connectTimeout");
        return self();
    }

    /**
     * Limits the TLS handshake of one attempt; 5 s unless set.
     *
     * @param timeout positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the timeout is not positive.
     */
    public B handshakeTimeout(final Duration timeout)
    {
        handshakeTimeoutNs = positiveNs(timeout, "handshakeTimeout");
        return self();
    }

    /**
     * Says how TLS is spoken with an https server; {@link TlsConfig#defaults()} unless set. Without effect on http.
     *
     * @param config to use.
     * @return this for a fluent API.
     */
    public B tls(final TlsConfig config)
    {
        tls = Objects.requireNonNull(config);
        return self();
    }

    /**
     * How long the kernel may take over the whole of a request; 10 s unless set.
     *
     * @param timeout positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the timeout is not positive.
     */
    public B writeTimeout(final Duration timeout)
    {
        writeTimeoutNs = positiveNs(timeout, "writeTimeout");
        return self();
    }

    /**
     * How long the server may take from the end of the request to the first byte of its answer; 10 s unless set.
     *
     * @param timeout positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the timeout is not positive.
     */
    public B firstByteTimeout(final Duration timeout)
    {
        firstByteTimeoutNs = positiveNs(timeout, "firstByteTimeout");
        return self();
    }

    /**
     * Sets when a connection that still works is replaced; {@link RetirementPolicy#DEFAULT} unless set.
     *
     * @param policy to follow.
     * @return this for a fluent API.
     */
    public B retirementPolicy(final RetirementPolicy policy)
    {
        retirementPolicy = Objects.requireNonNull(policy);
        return self();
    }

    /**
     * How old the addresses of a name may be when a connection is made; older ones are looked up again. 30 s unless
     * set. The JVM keeps look-ups for a time of its own ({@code networkaddress.cache.ttl}).
     *
     * @param age not negative.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the age is negative.
     */
    public B addressMaxAge(final Duration age)
    {
        addressMaxAgeNs = notNegativeNs(age, "addressMaxAge");
        return self();
    }

    /**
     * After how long without a read a send looks first whether the server has ended the connection, or sent what
     * nobody asked for: then the request is not sent. The look takes one read of the socket. 10 us unless set.
     *
     * @param inactivity not negative; zero looks before every send.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the time is negative.
     */
    public B validateAfterInactivity(final Duration inactivity)
    {
        validateAfterInactivityNs = notNegativeNs(inactivity, "validateAfterInactivity");
        return self();
    }

    /**
     * How long an exchange may take from send to the complete answer, unless the send names a deadline; 10 s unless
     * set.
     *
     * @param timeout positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the timeout is not positive.
     */
    public B requestTimeout(final Duration timeout)
    {
        requestTimeoutNs = positiveNs(timeout, "requestTimeout");
        return self();
    }

    /**
     * Makes TCP probe the peer after some idle time; off unless set. The system counts in whole seconds.
     *
     * @param idleTime positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the time is not positive.
     */
    public B tcpKeepalive(final Duration idleTime)
    {
        keepAliveIdleNs = positiveNs(idleTime, "tcpKeepalive");
        return self();
    }

    /**
     * Size of the kernel's receive buffer (SO_RCVBUF); the system's choice unless set.
     *
     * @param size in bytes, positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the size is not positive.
     */
    public B recvBufferSize(final int size)
    {
        recvBufferSize = positive(size, "recvBufferSize");
        return self();
    }

    /**
     * Size of the kernel's send buffer (SO_SNDBUF); the system's choice unless set.
     *
     * @param size in bytes, positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the size is not positive.
     */
    public B sendBufferSize(final int size)
    {
        sendBufferSize = positive(size, "sendBufferSize");
        return self();
    }

    /**
     * Bytes that head and body of an answer may take together; 32 KiB unless set. An answer that does not fit is
     * refused with {@link io.peregrine.codec.ResponseError#RECEIVE_BUFFER_TOO_SMALL}.
     *
     * @param length in bytes, at least {@link ResponseLimits#maxHeadLength()}.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the length is not positive.
     */
    public B receiveBufferLength(final int length)
    {
        receiveBufferLength = positive(length, "receiveBufferLength");
        return self();
    }

    /**
     * What an answer may be at the most, and where the reader is lenient.
     *
     * @param limits to apply.
     * @return this for a fluent API.
     */
    public B responseLimits(final ResponseLimits limits)
    {
        responseLimits = Objects.requireNonNull(limits);
        return self();
    }

    /**
     * The options put together.
     *
     * @param reconnectPolicy whether, and when, the connection is made again.
     * @return the configuration of a connection.
     */
    protected ConnectionConfig connectionConfig(final ReconnectPolicy reconnectPolicy)
    {
        return new ConnectionConfig(
            new Timeouts(
                resolveTimeoutNs,
                connectTimeoutNs,
                handshakeTimeoutNs,
                writeTimeoutNs,
                firstByteTimeoutNs,
                requestTimeoutNs),
            receiveBufferLength,
            responseLimits,
            new SocketOptions(isNagleDisabled, keepAliveIdleNs, recvBufferSize, sendBufferSize),
            reconnectPolicy,
            retirementPolicy,
            addressMaxAgeNs,
            validateAfterInactivityNs,
            tls);
    }

    private static long positiveNs(final Duration duration, final String name)
    {
        if (duration.isNegative() || duration.isZero())
        {
            throw new IllegalArgumentException(name + " must be positive, not " + duration);
        }

        return duration.toNanos();
    }

    private static long notNegativeNs(final Duration duration, final String name)
    {
        if (duration.isNegative())
        {
            throw new IllegalArgumentException(name + " must not be negative: " + duration);
        }

        return duration.toNanos();
    }

    private static int positive(final int value, final String name)
    {
        if (value <= 0)
        {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }

        return value;
    }
}
