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
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.Timeouts;
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
        final long deadlineNs = engine.nanoTime() + timeoutNs;
        final ClientSlot slot = acquire(deadlineNs);
        if (null == slot)
        {
            report.onNotAcquired(pool.slot(0).connection());
        }
        else
        {
            exchange(slot, seq, deadlineNs, report);
        }
    }

    /** Lets the pool end its connections in good order. */
    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(pool, engine);
    }

    private ClientSlot acquire(final long deadlineNs) throws IOException
    {
        final ClientSlot slot = pool.tryAcquire();
        if (null != slot)
        {
            return slot;
        }

        lines.flush();
        return pool.acquire(deadlineNs);
    }

    private void exchange(final ClientSlot slot, final int seq, final long deadlineNs, final CallReport report)
        throws IOException
    {
        report.onAcquired(slot.connection());
        final Request request = encode(slot.writer());
        final long sendNs = engine.nanoTime();
        slot.send(request, seq, deadlineNs, report);
        while (!report.isDone())
        {
            engine.doWorkAndIdle();
            if (engine.nanoTime() - sendNs > FLUSH_DELAY_NS)
            {
                lines.flush();
            }
        }
    }

    private Request encode(final RequestWriter writer)
    {
        final BodyStage stage = writer.requestRaw(options.method(), options.url().target());
        return null == options.body() ? stage.finish() : stage.body(options.body()).finish();
    }

    private ClientPool openPool()
    {
        final Duration deadline = options.deadline();
        final Duration maxConnectTimeout = Duration.ofNanos(Timeouts.DEFAULT.connectNs());
        final ClientPoolBuilder builder = new ClientPoolBuilder(engine)
            .url(options.url().scheme() + "://" + options.url().hostHeader())
            .connections(options.connections())
            .transmitBufferLength(transmitBufferLength())
            .resolveTimeout(deadline)
            .connectTimeout(deadline.compareTo(maxConnectTimeout) < 0 ? deadline : maxConnectTimeout)
            .handshakeTimeout(deadline)
            .writeTimeout(deadline)
            .firstByteTimeout(deadline)
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
