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
package io.peregrine.perf.bench.client;

import io.peregrine.codec.RestResponse;
import io.peregrine.perf.floor.FloorClient;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.TransportFactory;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientPoolBuilder;
import io.peregrine.pool.ClientSlot;
import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsProvider;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Orders through a {@link ClientPool} in the caller's thread. The time of each includes everything that a strategy
 * would do: acquiring a slot, encoding the order, the exchange, and returning the slot.
 */
final class PeregrineClient implements BenchClient
{
    private static final int RECEIVE_BUFFER_LENGTH = 512 * 1024;
    private static final UnsafeBuffer REHEARSED_BODY = direct(ORDER);

    private final HttpEngine engine;
    private final ClientPool pool;
    private final UnsafeBuffer body;

    PeregrineClient(final Target target, final TransportFactory transportFactory, final TlsProvider provider)
        throws TlsException
    {
        this(target, transportFactory, provider, 0, false);
    }

    PeregrineClient(
        final Target target,
        final TransportFactory transportFactory,
        final TlsProvider provider,
        final int warmUpExchanges,
        final boolean isRehearsed) throws TlsException
    {
        engine = new HttpEngine(new EngineContext().transportFactory(transportFactory));
        final ClientPoolBuilder builder = new ClientPoolBuilder(engine);
        if (target.isTls())
        {
            builder.tls(TlsConfig.builder().provider(provider).withoutSystemRoots().trustPem(target.certificate())
                .cipherSuites(Target.CIPHER_SUITE).build());
        }

        if (isRehearsed)
        {
            builder.rehearsal(PeregrineClient::rehearse);
        }

        pool = builder
            .url((target.isTls() ? "https://" : "http://") + Target.HOST + ":" + target.port())
            .warmUp(warmUpExchanges)
            .receiveBufferLength(RECEIVE_BUFFER_LENGTH)
            .defaultHeader("User-Agent", "peregrine-floor")
            .defaultHeader("Accept", JSON)
            .defaultHeader("Content-Type", JSON)
            .defaultHeader(API_KEY_NAME, API_KEY)
            .build();
        body = paddedOrder(pool);
    }

    @Override
    public int exchange() throws IOException
    {
        return exchange(pool, body);
    }

    /** The very code that makes the orders proper, on another pool. */
    private static void rehearse(final ClientPool pool)
    {
        try
        {
            exchange(pool, REHEARSED_BODY);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    private static int exchange(final ClientPool pool, final UnsafeBuffer body) throws IOException
    {
        try (ClientSlot slot = pool.tryAcquire())
        {
            if (null == slot)
            {
                throw new IOException("the server closed the connection");
            }

            final RestResponse answer = slot.exchange(slot.writer().post(PATH).body(body, 0, body.capacity()).finish());
            return OK == answer.status() ? answer.bodyLength() : -answer.status();
        }
    }

    @Override
    public void close()
    {
        pool.close();
        engine.close();
    }

    /** An order that makes the whole request as long as the floor's: spaces fill it up. */
    private static UnsafeBuffer paddedOrder(final ClientPool pool)
    {
        final int length;
        try (ClientSlot slot = pool.tryAcquire())
        {
            length = slot.writer().post(PATH).body(ORDER.getBytes(StandardCharsets.US_ASCII)).finish().length();
        }

        final String start = ORDER.substring(0, ORDER.length() - 1);
        return direct(start + " ".repeat(Math.max(0, FloorClient.REQUEST_LENGTH - length)) + "}");
    }

    private static UnsafeBuffer direct(final String text)
    {
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(text.length()));
        buffer.putBytes(0, text.getBytes(StandardCharsets.US_ASCII));

        return buffer;
    }
}
