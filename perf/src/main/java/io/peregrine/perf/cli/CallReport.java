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
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.HttpConnection;
import io.peregrine.engine.ResponseHandler;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Prints the outcome of each exchange as a line of JSON, and remembers how many failed and why the first one did. */
final class CallReport implements ResponseHandler
{
    private final JsonLines lines;

    private int seq;
    private long startNs;
    private HttpConnection connection;
    private boolean isReused;
    private boolean isExpired;
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
        isExpired = false;
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
        isReused = connection.exchangesServed() > 0;
    }

    /** The deadline has passed: the failure that follows is due to that. */
    void onExpired()
    {
        isExpired = true;
    }

    /** The exchange ended since its connection could not be made. */
    void onNotSent(final HttpException ex)
    {
        // The message begins with the code, which the line names anyhow.
        onNotSent(ex.error(), ex.getMessage().substring(ex.error().name().length() + 2));
    }

    /** The exchange ended before a byte of it was sent. */
    void onNotSent(final ErrorCode error, final String detail)
    {
        writeFailure(error, detail, Delivery.NOT_SENT, 0, 0);
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        write(response, null, Delivery.ANSWERED, connection.bytesWritten(), connection.bytesRead());
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        final ErrorCode error = isExpired ? ConnectionError.REQUEST_TIMEOUT : failure.error();
        final String detail = isExpired ? "no complete answer within the deadline" : failure.detail();
        writeFailure(error, detail, failure.delivery(), failure.bytesWritten(), failure.bytesRead());
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

    private void writeFailure(
        final ErrorCode error,
        final String detail,
        final Delivery delivery,
        final long bytesWritten,
        final long bytesRead)
    {
        if (0 == failures++)
        {
            firstFailure = error.name() + ": " + detail + " (" + delivery + ")";
        }

        write(null, error, delivery, bytesWritten, bytesRead);
    }

    private void write(
        final RestResponse response,
        final ErrorCode error,
        final Delivery delivery,
        final long bytesWritten,
        final long bytesRead)
    {
        final long elapsedNs = System.nanoTime() - startNs;
        final boolean isReusable = null != response && connection.isReady();
        isDone = true;
        try
        {
            final JsonGenerator json = lines.begin();
            json.writeNumberField("seq", seq);
            lines.writeResponse(response);
            json.writeBooleanField("reused", isReused);
            json.writeBooleanField("reusable", isReusable);
            json.writeStringField("error", null == error ? null : error.name());
            json.writeStringField("delivery", delivery.name());
            json.writeNumberField("bytes_written", bytesWritten);
            json.writeNumberField("bytes_read", bytesRead);
            json.writeNumberField("elapsed_ns", elapsedNs);
            lines.end();
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
