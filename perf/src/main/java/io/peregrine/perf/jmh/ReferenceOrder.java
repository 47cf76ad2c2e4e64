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
package io.peregrine.perf.jmh;

import io.peregrine.codec.HeaderName;
import io.peregrine.codec.Request;
import io.peregrine.codec.RequestWriter;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The order that the encoding figures speak of: a POST with two default headers (a key of 64 characters, the content
 * type), two headers of its own (a time stamp, a signature of 64 hexadecimal digits) and a JSON body of about 100
 * bytes.
 */
final class ReferenceOrder
{
    private static final int TRANSMIT_BUFFER_LENGTH = 32 * 1024;
    private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");
    private static final HeaderName SIGNATURE = HeaderName.of("X-Signature");
    private static final long START_MS = 1_790_000_000_000L;
    static final String HEX_64 = "0123456789abcdef".repeat(4);

    private final RequestWriter writer = new RequestWriter("api.venue.example");
    private final UnsafeBuffer signature = direct(HEX_64);
    private final UnsafeBuffer body = direct(
        "{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\",\"quantity\":\"0.01500000\"," +
        "\"price\":\"64123.45000000\",\"id\":4711}");
    private long timestampMs = START_MS;

    ReferenceOrder()
    {
        writer.defaultHeader("X-Api-Key", HEX_64);
        writer.defaultHeader("Content-Type", "application/json");
        writer.wrap(new UnsafeBuffer(ByteBuffer.allocateDirect(TRANSMIT_BUFFER_LENGTH)), 0, TRANSMIT_BUFFER_LENGTH);
    }

    /** The next one, a millisecond after the last one. */
    Request encode()
    {
        return encode(writer);
    }

    /** The same with a writer that has the default headers. */
    Request encode(final RequestWriter writer)
    {
        return writer.post("/api/v3/order/new")
            .header(TIMESTAMP, timestampMs++)
            .header(SIGNATURE, signature, 0, signature.capacity())
            .body(body, 0, body.capacity())
            .finish();
    }

    static UnsafeBuffer direct(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        final UnsafeBuffer buffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bytes.length));
        buffer.putBytes(0, bytes);

        return buffer;
    }
}
