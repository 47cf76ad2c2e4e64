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

import io.peregrine.codec.BodyStage;
import io.peregrine.codec.HttpException;
import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import io.peregrine.codec.ResponseLimits;
import io.peregrine.engine.ConnectionConfig;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.HttpConnection;
import io.peregrine.engine.HttpEngine;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientPoolBuilder;
import io.peregrine.pool.ClientSlot;
import org.agrona.CloseHelper;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One exchange at a time over a pool, each within its deadline. */
final class CallSession implements AutoCloseable
{
    /** Room for whatever a request has besides its body. */
    private static final int REQUEST_HEAD_LENGTH = 64 * 1024;
    private static final ResponseLimits LIMITS = ResponseLimits.DEFAULT;

    /** Spins for some ten milliseconds, so that a fast answer is timed well, then leaves the core to others. */
    private static final int MAX_SPINS = 20_000;
    private static final int MAX_YIELDS = 1_000;
    private static final long MAX_PARK_PERIOD_NS = TimeUnit.MICROSECONDS.toNanos(200);

    private static final long FLUSH_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final CallOptions options;
    private final JsonLines lines;
    private final long timeoutNs;
    private final HttpEngine engine;
    private ClientPool pool;

    CallSession(final CallOptions options, final JsonLines lines)
    {
        this.options = options;
        this.lines = lines;
        timeoutNs = options.deadline().toNanos();
        engine = new HttpEngine(new EngineContext().idleStrategy(
            new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, 1, MAX_PARK_PERIOD_NS)));
    }

    /** Encodes a request that goes nowhere; throws HttpException when it cannot be written. */
    void checkRequest()
    {
        final RequestWriter writer = new RequestWriter(options.url());
        options.headers().forEach((header) -> writer.defaultHeader(header.name(), header.value()));
        final int length = transmitBufferLength();
        encode(writer.wrap(new UnsafeBuffer(new byte[length]), 0, length));
    }

    /** Makes the connections; false when one cannot be made, which the report tells as a failure of exchange 0. */
    boolean connect(final CallReport report)
    {
        report.onStarted(0);
        try
        {
            pool = openPool();
            report.onConnected();
            return true;
        }
        catch (final HttpException ex)
        {
            report.onNotSent(ex);
            return false;
        }
    }

    /** Performs one exchange, whose outcome the report gets before this method returns. */
    void exchange(final int seq, final CallReport report) throws IOException
    {
        report.onStarted(seq);
        final long startNs = engine.nanoTime();
        try
        {
            if (null == pool)
            {
                pool = openPool();
            }
        }
        catch (final HttpException ex)
        {
            report.onNotSent(ex);
            return;
        }

        final ClientSlot slot = pool.tryAcquire();
        if (null != slot)
        {
            // There was no wait, so that the request timeout of the connection is the deadline.
            exchange(slot, seq, Long.MAX_VALUE, report);
        }
        else
        {
            exchangeLater(seq, startNs, report);
        }
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(pool, engine);
    }

    private void exchangeLater(final int seq, final long startNs, final CallReport report) throws IOException
    {
        lines.flush();
        final ClientSlot slot = pool.acquire(startNs + timeoutNs);
        if (null != slot)
        {
            exchange(slot, seq, timeoutNs - (engine.nanoTime() - startNs), report);
            return;
        }

        final HttpConnection connection = pool.slot(0).connection();
        if (null == connection.connectError())
        {
            report.onNotSent(ConnectionError.REQUEST_TIMEOUT, "no connection was ready within the deadline");
        }
        else
        {
            report.onNotSent(connection.connectError(), connection.connectErrorDetail());
        }
    }

    private void exchange(final ClientSlot slot, final int seq, final long remainingNs, final CallReport report)
        throws IOException
    {
        report.onAcquired(slot.connection());
        final Request request = encode(slot.writer());
        final long sendNs = engine.nanoTime();
        slot.send(request, seq, report);
        while (!report.isDone())
        {
            engine.doWorkAndIdle();
            final long waitedNs = engine.nanoTime() - sendNs;
            if (waitedNs > remainingNs && !report.isDone())
            {
                abandon(report);
            }
            else if (waitedNs > FLUSH_DELAY_NS)
            {
                lines.flush();
            }
        }
    }

    /** An exchange ends early only together with its connection; the next one makes all connections anew. */
    private void abandon(final CallReport report)
    {
        report.onExpired();
        pool.close();
        pool = null;
    }

    private Request encode(final RequestWriter writer)
    {
        final BodyStage stage = writer.requestRaw(options.method(), options.url().target());
        return null == options.body() ? stage.finish() : stage.body(options.body()).finish();
    }

    private ClientPool openPool()
    {
        final Duration deadline = options.deadline();
        final Duration maxConnectTimeout = Duration.ofNanos(ConnectionConfig.CONNECT_TIMEOUT_DEFAULT_NS);
        final ClientPoolBuilder builder = new ClientPoolBuilder(engine)
            .url(options.url().scheme() + "://" + options.url().hostHeader())
            .connections(options.connections())
            .transmitBufferLength(transmitBufferLength())
            .connectTimeout(deadline.compareTo(maxConnectTimeout) < 0 ? deadline : maxConnectTimeout)
            .handshakeTimeout(deadline)
            .requestTimeout(deadline)
            .tls(options.tls())
            .responseLimits(LIMITS)
            .receiveBufferLength(LIMITS.maxHeadLength() + LIMITS.maxBodyLength());
        options.headers().forEach((header) -> builder.defaultHeader(header.name(), header.value()));

        return builder.build();
    }

    private int transmitBufferLength()
    {
        return REQUEST_HEAD_LENGTH + (null == options.body() ? 0 : options.body().length);
    }
}
