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

import java.net.InetSocketAddress;

/**
 * What is known of a failed exchange. One view serves a connection for life; it is valid until the handler it was
 * given to returns. Not thread safe.
 */
public final class ExchangeFailure
{
    private ErrorCode error;
    private String detail;
    private Phase phase;
    private long bytesWritten;
    private long bytesRead;
    private InetSocketAddress remoteAddress;
    private long connectionAgeNs;
    private long connectionUses;

    ExchangeFailure()
    {
    }

    void set(
        final ErrorCode error,
        final String detail,
        final Phase phase,
        final long bytesWritten,
        final long bytesRead)
    {
        this.error = error;
        this.detail = detail;
        this.phase = phase;
        this.bytesWritten = bytesWritten;
        this.bytesRead = bytesRead;
    }

    void connection(final InetSocketAddress remoteAddress, final long ageNs, final long uses)
    {
        this.remoteAddress = remoteAddress;
        connectionAgeNs = ageNs;
        connectionUses = uses;
    }

    /**
     * The failure of a request that no connection took.
     *
     * @param error  why.
     * @param detail a sentence for people.
     * @return a new failure, {@link Delivery#NOT_SENT}.
     */
    public static ExchangeFailure notSent(final ErrorCode error, final String detail)
    {
        final ExchangeFailure failure = new ExchangeFailure();
        failure.set(error, detail, Phase.ACQUIRE, 0, 0);
        return failure;
    }

    /**
     * The failure of a request whose connection is not at fault: what is known of it otherwise stays.
     *
     * @param error      why.
     * @param detail     a sentence for people.
     * @param connection that the request was written to, and that may have been read from.
     * @return a new failure.
     */
    public static ExchangeFailure onConnection(
        final ErrorCode error, final String detail, final HttpConnection connection)
    {
        final ExchangeFailure failure = new ExchangeFailure();
        final Phase phase = connection.bytesRead() > 0 ? Phase.READ : Phase.WRITE;
        failure.set(error, detail, phase, connection.bytesWritten(), connection.bytesRead());
        failure.connection(connection.remoteAddress(), connection.ageNs(), connection.exchangesServed());
        return failure;
    }

    /**
     * Why it failed.
     *
     * @return a {@link ConnectionError} or a {@link io.peregrine.codec.ResponseError}.
     */
    public ErrorCode error()
    {
        return error;
    }

    /**
     * Why it failed, for people.
     *
     * @return a sentence.
     */
    public String detail()
    {
        return detail;
    }

    /**
     * What was under way when it failed.
     *
     * @return the phase; {@link Phase#ACQUIRE} when no connection took the request.
     */
    public Phase phase()
    {
        return phase;
    }

    /**
     * Whether the request may have reached the server. A failed exchange is never {@link Delivery#ANSWERED}.
     *
     * @return {@link Delivery#NOT_SENT} exactly when no byte was written.
     */
    public Delivery delivery()
    {
        return 0 == bytesWritten ? Delivery.NOT_SENT : Delivery.UNKNOWN;
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
     * How old the connection was: since it was made, for the last time.
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
     * @return number of answers since it was made, for the last time.
     */
    public long connectionUses()
    {
        return connectionUses;
    }

    /**
     * Error, delivery and detail.
     *
     * @return a short description.
     */
    @Override
    public String toString()
    {
        return error.name() + " (" + delivery() + ", " + phase + "): " + detail;
    }
}
