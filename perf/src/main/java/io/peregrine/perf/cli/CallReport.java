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
package io.peregrine.perf.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.HttpException;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.HttpConnection;
import io.peregrine.engine.Phase;
import io.peregrine.engine.ResponseHandler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;

/** Prints the outcome of each exchange as a line of JSON, and remembers how many failed and why the first one did. */
final class CallReport implements ResponseHandler
{
    private final JsonLines lines;

    private int seq;
    private long startNs;
    private HttpConnection connection;
    private boolean isReused;
    private long connectionUses;
    private boolean isDone;

    private int exchanges;
    private int failures;
    private String firstFailure;

    CallReport(final JsonLines lines)
    {
        this.lines = lines;
    }

    /** An exchange begins, with the wait for a connection. */
    void onStarted(final int seq)
    {
        this.seq = seq;
        startNs = System.nanoTime();
        connection = null;
        isReused = false;
        isDone = false;
        exchanges++;
    }

    /** The connections are made; what began was no exchange yet. */
    void onConnected()
    {
        exchanges--;
    }

    /** The exchange goes on over a connection. */
    void onAcquired(final HttpConnection connection)
    {
        this.connection = connection;
        connectionUses = connection.exchangesServed();
        isReused = connectionUses > 0;
    }

    /** The exchange ended since its connection could not be made. */
    void onNotSent(final HttpException ex)
    {
        final Phase phase = ex instanceof ExchangeException ? ((ExchangeException)ex).phase() : Phase.ACQUIRE;
        // The message begins with the code, which the line names anyhow.
        writeFailure(ex.error(), ex.getMessage().substring(ex.error().name().length() + 2), phase);
    }

    /** The exchange ended since no connection was ready by its deadline; one of them tells why. */
    void onNotAcquired(final HttpConnection witness)
    {
        if (null == witness.connectError())
        {
            writeFailure(ConnectionError.ACQUIRE_TIMEOUT, "no connection was ready within the deadline", Phase.ACQUIRE);
        }
        else
        {
            onNotSent(witness.connectException());
        }
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        write(response, null, Phase.READ, Delivery.ANSWERED, new Evidence(
            connection.bytesWritten(),
            connection.bytesRead(),
            connection.ageNs(),
            connectionUses,
            connection.remoteAddress()));
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        count(failure.error(), failure.detail(), failure.delivery());
        write(null, failure.error(), failure.phase(), failure.delivery(), new Evidence(
            failure.bytesWritten(),
            failure.bytesRead(),
            failure.connectionAgeNs(),
            failure.connectionUses(),
            failure.remoteAddress()));
    }

    boolean isDone()
    {
        return isDone;
    }

    int failures()
    {
        return failures;
    }

    /** What went wrong, in one line. */
    String summary()
    {
        final String scope = exchanges > 1 ? failures + " of " + exchanges + " exchanges failed; first " : "";
        return scope + firstFailure;
    }

    private void writeFailure(final ErrorCode error, final String detail, final Phase phase)
    {
        count(error, detail, Delivery.NOT_SENT);
        write(null, error, phase, Delivery.NOT_SENT, Evidence.NONE);
    }

    private void count(final ErrorCode error, final String detail, final Delivery delivery)
    {
        if (0 == failures++)
        {
            firstFailure = error.name() + ": " + detail + " (" + delivery + ")";
        }
    }

    private void write(
        final RestResponse response,
        final ErrorCode error,
        final Phase phase,
        final Delivery delivery,
        final Evidence evidence)
    {
        final long elapsedNs = System.nanoTime() - startNs;
        isDone = true;
        try
        {
            final JsonGenerator json = lines.begin();
            json.writeNumberField("seq", seq);
            lines.writeResponse(response);
            json.writeBooleanField("reused", isReused);
            json.writeBooleanField("reusable", null != response && connection.isReady());
            json.writeStringField("error", null == error ? null : error.name());
            json.writeStringField("phase", null == error ? null : phase.name());
            json.writeStringField("delivery", delivery.name());
            json.writeNumberField("bytes_written", evidence.bytesWritten());
            json.writeNumberField("bytes_read", evidence.bytesRead());
            json.writeNumberField("connection_age_ns", evidence.connectionAgeNs());
            json.writeNumberField("connection_uses", evidence.connectionUses());
            json.writeStringField("address", null == evidence.address() ? null : text(evidence.address()));
            json.writeNumberField("elapsed_ns", elapsedNs);
            lines.end();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static String text(final InetSocketAddress address)
    {
        final String ip = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + ip + "]" : ip) + ":" + address.getPort();
    }

    /**
     * How far an exchange got, and over which connection.
     *
     * @param bytesWritten    of the request.
     * @param bytesRead       since it was sent.
     * @param connectionAgeNs in nanoseconds.
     * @param connectionUses  exchanges that the connection had served before.
     * @param address         that it led to, or null without a connection.
     */
    private record Evidence(
        long bytesWritten, long bytesRead, long connectionAgeNs, long connectionUses, InetSocketAddress address)
    {
        static final Evidence NONE = new Evidence(0, 0, 0, 0, null);
    }
}
