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
import io.peregrine.codec.HttpException;

import java.net.InetSocketAddress;

/** Thrown where a caller waits: an exchange, a connect or a pool's start has failed. */
public final class ExchangeException extends HttpException
{
    private static final long serialVersionUID = 1L;

    /** What was under way. */
    private final Phase phase;

    /** What is known of the request's fate. */
    private final Delivery delivery;

    /** Bytes of the request that the kernel took. */
    private final long bytesWritten;

    /** Bytes that were read since the request was sent. */
    private final long bytesRead;

    /** Address that the connection was made to, or null. */
    private final InetSocketAddress remoteAddress;

    /** Age of the connection in nanoseconds. */
    private final long connectionAgeNs;

    /** Exchanges that the connection had served before. */
    private final long connectionUses;

    /**
     * A failure before any request was sent.
     *
     * @param error  why it failed.
     * @param detail a sentence for people.
     * @param phase  what was under way.
     */
    public ExchangeException(final ErrorCode error, final String detail, final Phase phase)
    {
        this(error, detail, phase, Delivery.NOT_SENT);
    }

    /**
     * A failure of which no more is known than where the request may be.
     *
     * @param error    why it failed.
     * @param detail   a sentence for people.
     * @param phase    what was under way.
     * @param delivery whether the request may have reached the server.
     */
    public ExchangeException(
        final ErrorCode error, final String detail, final Phase phase, final Delivery delivery)
    {
        super(error, detail);
        this.phase = phase;
        this.delivery = delivery;
        bytesWritten = 0;
        bytesRead = 0;
        remoteAddress = null;
        connectionAgeNs = 0;
        connectionUses = 0;
    }

    /**
     * A failed exchange.
     *
     * @param failure what is known of it.
     */
    public ExchangeException(final ExchangeFailure failure)
    {
        super(failure.error(), failure.detail());
        phase = failure.phase();
        delivery = failure.delivery();
        bytesWritten = failure.bytesWritten();
        bytesRead = failure.bytesRead();
        remoteAddress = failure.remoteAddress();
        connectionAgeNs = failure.connectionAgeNs();
        connectionUses = failure.connectionUses();
    }

    /**
     * What was under way when it failed.
     *
     * @return the phase.
     */
    public Phase phase()
    {
        return phase;
    }

    /**
     * Whether the request may have reached the server.
     *
     * @return {@link Delivery#NOT_SENT} or {@link Delivery#UNKNOWN}.
     */
    public Delivery delivery()
    {
        return delivery;
    }

    /**
     * Bytes of the request that the kernel took.
     *
     * @return number of bytes.
     */
    public long bytesWritten()
    {
        return bytesWritten;
    }

    /**
     * Bytes that were read since the request was sent.
     *
     * @return number of bytes.
     */
    public long bytesRead()
    {
        return bytesRead;
    }

    /**
     * Address that the connection was made to.
     *
     * @return the address, or null when it was never made.
     */
    public InetSocketAddress remoteAddress()
    {
        return remoteAddress;
    }

    /**
     * How old the connection was.
     *
     * @return age in nanoseconds; 0 when it was never made.
     */
    public long connectionAgeNs()
    {
        return connectionAgeNs;
    }

    /**
     * How many exchanges the connection had served before.
     *
     * @return number of answers.
     */
    public long connectionUses()
    {
        return connectionUses;
    }
}
