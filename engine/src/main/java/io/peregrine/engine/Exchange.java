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
import io.peregrine.codec.ReadState;
import io.peregrine.codec.Request;
import io.peregrine.codec.ResponseReader;
import io.peregrine.tls.TlsException;
import org.agrona.DirectBuffer;

import java.io.IOException;

import static io.peregrine.engine.ConnectionError.*;
import static io.peregrine.engine.ExchangeProgress.*;

/**
 * One request on its way, and its answer: what the kernel has not taken yet, what was read, by when each phase has to
 * end, and who waits for the outcome. Reused for every request of a connection; the handler is let go of before it is
 * called, so that it is called once and may send again from the call.
 */
final class Exchange
{
    private final EngineCounters counters;
    private final Timeouts timeouts;
    private final ResponseReader reader;
    private final TransmitRegion unwritten = new TransmitRegion();
    private final ExchangeFailure failure = new ExchangeFailure();

    private ResponseHandler handler;
    private long correlationId;
    private Phase phase = Phase.ACQUIRE;
    private long bytesWritten;
    private long beginNs;
    private long firstByteNs;
    private long requestDeadlineNs;
    private long deadlineNs;
    private ErrorCode error;
    private String errorDetail;

    Exchange(final EngineCounters counters, final Timeouts timeouts, final ResponseReader reader)
    {
        this.counters = counters;
        this.timeouts = timeouts;
        this.reader = reader;
    }

    /** So that the first request from there need not make the view of it while its sender waits. */
    void expectRequestsFrom(final DirectBuffer memory)
    {
        unwritten.wrap(memory, 0, 0);
    }

    void begin(
        final Request request,
        final long correlationId,
        final ResponseHandler handler,
        final long nowNs,
        final long requestDeadlineNs)
    {
        unwritten.wrap(request.buffer(), request.offset(), request.length());
        reader.expect(request.method());
        this.handler = handler;
        this.correlationId = correlationId;
        this.requestDeadlineNs = requestDeadlineNs;
        beginNs = nowNs;
        enter(Phase.WRITE, nowNs + timeouts.writeNs());
        bytesWritten = 0;
        counters.counter(EngineCounter.REQUESTS).incrementRelease();
    }

    /** The first write, by the sender itself. */
    ExchangeProgress write(final Transport transport, final long nowNs)
    {
        final IOException writeFailure = tryWrite(transport, nowNs);
        return null == writeFailure ? PROGRESSED : fail(writeFailure, WRITE_FAILED);
    }

    /** Goes on with what the kernel has not taken yet, and reads. */
    ExchangeProgress poll(final Transport transport, final long nowNs)
    {
        final long bytesWrittenBefore = bytesWritten;
        // What is there before the first byte was written answers something else; it must be seen before the write.
        final ExchangeProgress early = 0 == bytesWritten ? read(transport, nowNs) : WAITING;
        if (WAITING != early)
        {
            return early;
        }

        final IOException writeFailure = unwritten.hasRemaining() ? tryWrite(transport, nowNs) : null;

        // Even after a failed write: a server that does not want the rest of a request may have answered what it has.
        final ExchangeProgress progress = read(transport, nowNs);
        if (ANSWERED == progress)
        {
            return progress;
        }
        if (null != writeFailure && (FAILED != progress || 0 == reader.bytesReceived()))
        {
            // It says more than the end of the stream that comes with it.
            return fail(writeFailure, WRITE_FAILED);
        }
        if (FAILED == progress)
        {
            return progress;
        }
        if (deadlineNs - nowNs < 0)
        {
            return timeOut(nowNs);
        }

        return bytesWritten > bytesWrittenBefore ? PROGRESSED : progress;
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

    long beginNs()
    {
        return beginNs;
    }

    /** Of meaning once a byte has come. */
    long firstByteNs()
    {
        return firstByteNs;
    }

    /** Why there will be no answer. */
    ErrorCode error()
    {
        return error;
    }

    /** Ends the exchange; returns who waits for its outcome. */
    ResponseHandler end()
    {
        final ResponseHandler waiting = handler;
        handler = null;
        return waiting;
    }

    /** There will be no answer, for a reason that lies outside. */
    ExchangeProgress fail(final ErrorCode reason, final String detail)
    {
        error = reason;
        errorDetail = detail;
        return FAILED;
    }

    /** Tells who waits that there will be no answer, and what is known of the request. */
    void reportFailure(final ConnectionLife life, final long nowNs)
    {
        failure.set(error, errorDetail, phase, bytesWritten, reader.bytesReceived());
        report(end(), correlationId, life, nowNs);
    }

    /** Fails a request of which nothing was sent, without a trace on the one that went before. */
    void refuse(
        final long correlationId,
        final ResponseHandler handler,
        final ErrorCode reason,
        final String detail,
        final ConnectionLife life,
        final long nowNs)
    {
        failure.set(reason, detail, Phase.ACQUIRE, 0, 0);
        report(handler, correlationId, life, nowNs);
    }

    private void report(
        final ResponseHandler handler, final long correlationId, final ConnectionLife life, final long nowNs)
    {
        failure.connection(life.remoteAddress(), life.ageNs(nowNs), life.exchangesServed());
        counters.counter(EngineCounter.FAILURES).incrementRelease();
        handler.onFailure(correlationId, failure);
    }

    /** Gives the kernel what it takes; null, or why it could not: a write that fails has taken nothing. */
    private IOException tryWrite(final Transport transport, final long nowNs)
    {
        try
        {
            final int length = transport.write(unwritten.remaining());
            bytesWritten += length;
            counters.counter(EngineCounter.BYTES_WRITTEN).getAndAddRelease(length);
            if (Phase.WRITE == phase && !unwritten.hasRemaining())
            {
                enter(Phase.FIRST_BYTE, nowNs + timeouts.firstByteNs());
            }
            return null;
        }
        catch (final IOException ex)
        {
            return ex;
        }
    }

    private ExchangeProgress read(final Transport transport, final long nowNs)
    {
        final int length;
        try
        {
            length = transport.read(reader.receiveRegion());
        }
        catch (final IOException ex)
        {
            return fail(ex, READ_FAILED);
        }

        if (0 == length)
        {
            return WAITING;
        }

        return length > 0 ? onReceived(length, nowNs) : progress(reader.onEndOfStream());
    }

    private ExchangeProgress onReceived(final int length, final long nowNs)
    {
        counters.counter(EngineCounter.BYTES_READ).getAndAddRelease(length);
        final ReadState readState = reader.onReceived(length);
        if (0 == bytesWritten)
        {
            return fail(UNSOLICITED_BYTES, "bytes came before any of the request was sent");
        }

        if (Phase.READ != phase)
        {
            firstByteNs = nowNs;
            enter(Phase.READ, requestDeadlineNs);
        }

        return progress(readState);
    }

    private ExchangeProgress progress(final ReadState readState)
    {
        return switch (readState)
        {
            case INCOMPLETE -> PROGRESSED;
            case COMPLETE -> ANSWERED;
            case FAILED -> fail(reader.error(), reader.errorDetail());
        };
    }

    private ExchangeProgress fail(final IOException failure, final ConnectionError otherwise)
    {
        return fail(codeOf(failure, otherwise), failure.getMessage());
    }

    static ErrorCode codeOf(final IOException failure, final ConnectionError otherwise)
    {
        return failure instanceof TlsException ? ((TlsException)failure).error() : otherwise;
    }

    private ExchangeProgress timeOut(final long nowNs)
    {
        if (requestDeadlineNs - nowNs < 0)
        {
            return fail(REQUEST_TIMEOUT, "no complete answer by the deadline of the request");
        }

        return Phase.WRITE == phase ?
            fail(WRITE_TIMEOUT, "not written within writeTimeout " + timeouts.writeNs() + " ns") :
            fail(FIRST_BYTE_TIMEOUT, "no answer began within firstByteTimeout " + timeouts.firstByteNs() + " ns");
    }

    /** The phase ends at its own deadline, or with the whole request. */
    private void enter(final Phase phase, final long phaseDeadlineNs)
    {
        this.phase = phase;
        deadlineNs = phaseDeadlineNs - requestDeadlineNs < 0 ? phaseDeadlineNs : requestDeadlineNs;
    }
}
