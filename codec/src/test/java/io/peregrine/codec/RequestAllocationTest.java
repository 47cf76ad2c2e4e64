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
package io.peregrine.codec;

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertTrue;

class RequestAllocationTest
{
    private static final int WARM_UP_REQUESTS = 20_000;
    private static final int MEASURED_REQUESTS = 100_000;
    private static final int REGION_LENGTH = 32 * 1024;
    private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");
    private static final HeaderName SIGNATURE = HeaderName.of("X-Signature");
    private static final String TEXT_BODY = "{\"text\":\"\u20AC\"}";

    private final UnsafeBuffer region = new UnsafeBuffer(ByteBuffer.allocateDirect(REGION_LENGTH));
    private final byte[] bytes = "0123456789abcdef".repeat(8).getBytes(StandardCharsets.US_ASCII);
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final StringBuilder path = new StringBuilder("/api/v3/cancel");
    private final RequestWriter writer = new RequestWriter("venue.example")
        .defaultHeader("X-API-Key", "k".repeat(64))
        .defaultHeader("Content-Type", "application/json");
    private long sum;

    @Test
    void shouldNotAllocate()
    {
        AllocationGate.assertNoGarbage(WARM_UP_REQUESTS, MEASURED_REQUESTS, this::encode);
        assertTrue(sum > 0);
    }

    private void encode(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            writer.wrap(region, i & 7, REGION_LENGTH - 8);
            sum += writer.post("/api/v3/order").header(TIMESTAMP, 1_790_000_000_000L + i)
                .header(SIGNATURE, buffer, 0, 64).body(buffer, 0, 100).finish().length();
            sum += writer.delete(path).query("order id", "\u20AC 1").query("time", i).queryRaw("raw", "%20")
                .header("X-Text", "a text value").header("X-Bytes", bytes, 0, 64).finish().length();
            sum += writer.put("/text").body(TEXT_BODY).finish().length();
            sum += writer.patch("/chunks").chunked().chunk(bytes).chunk(buffer, 0, 3).finish().length();
            final BodyRegion body = writer.post("/in-place").header(SIGNATURE, bytes, 0, 64).beginBody();
            body.buffer().putBytes(body.offset(), bytes);
            sum += body.endBody(i % bytes.length).finish().length();
        }
    }
}
