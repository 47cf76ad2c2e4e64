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
import io.peregrine.codec.Request;

import java.io.IOException;

/**
 * One request on its way, and the evidence of how far it got: what the kernel has not taken yet, how much it took, and
 * who waits for the outcome. Reused for every request of a connection; the handler is let go of before it is called, so
 * that it is called once and may send again from the call.
 */
final class Exchange
{
    private final EngineCounters counters;
    private final TransmitRegion unwritten = new TransmitRegion();
    private final ExchangeFailure failure = new ExchangeFailure();

    private ResponseHandler handler;
    private long correlationId;
    private long bytesWritten;

    Exchange(final EngineCounters counters)
    {
        this.counters = counters;
    }

    void begin(final Request request, final long correlationId, final ResponseHandler handler)
    {
        unwritten.wrap(request.buffer(), request.offset(), request.length());
        this.handler = handler;
        this.correlationId = correlationId;
        bytesWritten = 0;
        counters.counter(EngineCounter.REQUESTS).incrementRelease();
    }

    /** Gives the kernel what it takes; null, or why it could not: a write that fails has taken nothing. */
    IOException write(final Transport transport)
    {
        try
        {
            final int length = transport.write(unwritten.remaining());
            bytesWritten += length;
            counters.counter(EngineCounter.BYTES_WRITTEN).getAndAddRelease(length);
            return null;
        }
        catch (final IOException ex)
        {
            return ex;
        }
    }

    boolean hasUnwritten()
    {
        return unwritten.hasRemaining();
    }

    void discardUnwritten()
    {
        unwritten.clear();
    }

    long correlationId()
    {
        return correlationId;
    }

    long bytesWritten()
    {
        return bytesWritten;
    }

    /** Ends the exchange; returns who waits for its outcome. */
    ResponseHandler end()
    {
        final ResponseHandler waiting = handler;
        handler = null;
        return waiting;
    }

    void fail(final ErrorCode error, final String detail, final long bytesRead)
    {
        report(end(), correlationId, error, detail, bytesWritten, bytesRead);
    }

    /** Fails a request of which nothing was sent, without a trace on the one that went before. */
    void refuse(final long correlationId, final ResponseHandler handler, final ErrorCode error, final String detail)
    {
        report(handler, correlationId, error, detail, 0, 0);
    }

    private void report(
        final ResponseHandler handler,
        final long correlationId,
        final ErrorCode error,
        final String detail,
        final long bytesWritten,
        final long bytesRead)
    {
        counters.counter(EngineCounter.FAILURES).incrementRelease();
        failure.set(error, detail, bytesWritten, bytesRead);
        handler.onFailure(correlationId, failure);
    }
}
