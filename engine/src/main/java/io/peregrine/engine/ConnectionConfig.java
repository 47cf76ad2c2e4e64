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
 * @param timeouts                  of each phase.
 * @param receiveBufferLength       bytes that head and body of an answer may take together.
 * @param responseLimits            what an answer may be at the most.
 * @param socketOptions             options of the socket.
 * @param reconnectPolicy           whether, and when, the connection is made again.
 * @param retirementPolicy          when it is replaced although it still works.
 * @param addressMaxAgeNs           nanoseconds after which addresses are looked up again before reconnecting.
 * @param validateAfterInactivityNs nanoseconds without a read after which a send looks first whether the server has
 *                                  ended the connection, or sent what nobody asked for; 0 looks before every send.
 * @param tls                       how TLS is spoken with a server that wants it; null for the defaults.
 */
public record ConnectionConfig(
    Timeouts timeouts,
    int receiveBufferLength,
    ResponseLimits responseLimits,
    SocketOptions socketOptions,
    ReconnectPolicy reconnectPolicy,
    RetirementPolicy retirementPolicy,
    long addressMaxAgeNs,
    long validateAfterInactivityNs,
    TlsConfig tls)
{
    /** Default of {@link #addressMaxAgeNs()}: 30 s. */
    public static final long ADDRESS_MAX_AGE_DEFAULT_NS = TimeUnit.SECONDS.toNanos(30);

    /** Default of {@link #validateAfterInactivityNs()}: 10 us, less than most networks need to bring anything. */
    public static final long VALIDATE_AFTER_INACTIVITY_DEFAULT_NS = TimeUnit.MICROSECONDS.toNanos(10);

    /** Defaults for everything, without reconnecting. */
    public static final ConnectionConfig DEFAULT = new ConnectionConfig(
        Timeouts.DEFAULT,
        ResponseReader.CAPACITY_DEFAULT,
        ResponseLimits.DEFAULT,
        SocketOptions.DEFAULT,
        ReconnectPolicy.NEVER,
        RetirementPolicy.DEFAULT,
        ADDRESS_MAX_AGE_DEFAULT_NS,
        VALIDATE_AFTER_INACTIVITY_DEFAULT_NS,
        null);

    /**
     * Validates the times, and that the receive buffer can hold the longest head.
     *
     * @throws IllegalArgumentException when a time is negative, or the receive buffer is shorter than
     *                                  {@link ResponseLimits#maxHeadLength()}.
     */
    public ConnectionConfig
    {
        if (addressMaxAgeNs < 0 || validateAfterInactivityNs < 0)
        {
            throw new IllegalArgumentException("negative time: addressMaxAgeNs " + addressMaxAgeNs +
                ", validateAfterInactivityNs " + validateAfterInactivityNs);
        }
        if (receiveBufferLength < responseLimits.maxHeadLength())
        {
            throw new IllegalArgumentException("receiveBufferLength " + receiveBufferLength +
                " is less than maxHeadLength " + responseLimits.maxHeadLength());
        }
    }
}
