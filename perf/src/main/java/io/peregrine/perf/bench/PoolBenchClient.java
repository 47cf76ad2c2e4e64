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
package io.peregrine.perf.bench;

import io.peregrine.codec.RequestWriter;
import io.peregrine.codec.RestResponse;
import io.peregrine.perf.floor.FloorClient;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientPoolBuilder;
import io.peregrine.pool.ClientSlot;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Round trips of an order through a {@link ClientPool} in the caller's thread. The time of each includes everything
 * that a strategy would do: acquiring a slot, encoding the order, the exchange, and returning the slot.
 */
final class PoolBenchClient implements FloorClient
{
    private static final String API_KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";
    private static final String ORDER_START =
        "{\"clientOrderId\":\"f0000000000000000\",\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\"," +
        "\"quantity\":\"0.01000000\",\"price\":\"64250.10000000\"";

    @Override
    public Histogram run(final int port, final int warmUp, final int count) throws IOException
    {
        final Histogram histogram = FloorClient.newHistogram();
        try (ClientPool pool = new ClientPoolBuilder()
            .url("http://127.0.0.1:" + port)
            .defaultHeader("User-Agent", "peregrine-floor")
            .defaultHeader("Accept", "application/json")
            .defaultHeader("Content-Type", "application/json")
            .defaultHeader("X-MBX-APIKEY", API_KEY)
            .build())
        {
            final UnsafeBuffer body = bodyFor(pool);
            for (int i = 0; i < warmUp; i++)
            {
                exchange(pool, body);
            }

            for (int i = 0; i < count; i++)
            {
                FloorClient.record(histogram, exchange(pool, body));
            }
        }

        return histogram;
    }

    private static long exchange(final ClientPool pool, final UnsafeBuffer body) throws IOException
    {
        final long startNs = System.nanoTime();
        try (ClientSlot slot = pool.tryAcquire())
        {
            if (null == slot)
            {
                throw new IOException("the server closed the connection");
            }

            final RestResponse answer = slot.exchange(
                slot.writer().post("/api/v3/order").body(body, 0, body.capacity()).finish());
            if (answer.status() / 100 != 2)
            {
                throw new IOException("the server answered " + answer.status());
            }
        }

        return System.nanoTime() - startNs;
    }

    /** A JSON order that makes the whole request as long as the floor's: spaces fill it up. */
    private static UnsafeBuffer bodyFor(final ClientPool pool)
    {
        final int bodyLength;
        try (ClientSlot slot = pool.tryAcquire())
        {
            final RequestWriter writer = slot.writer();
            final byte[] someBody = new byte[ORDER_START.length()];
            final int length = writer.post("/api/v3/order").body(someBody).finish().length();
            bodyLength = REQUEST_LENGTH - (length - someBody.length);
        }

        final String order = ORDER_START + " ".repeat(bodyLength - ORDER_START.length() - 1) + "}";
        final UnsafeBuffer body = new UnsafeBuffer(ByteBuffer.allocateDirect(bodyLength));
        body.putBytes(0, order.getBytes(StandardCharsets.US_ASCII));

        return body;
    }
}
