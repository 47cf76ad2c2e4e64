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
package io.peregrine.perf.floor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** The order that the floor client sends: byte for byte what the C program sends. */
final class FloorRequest
{
    private static final String HEAD_FORMAT =
        "POST /api/v3/order HTTP/1.1\r\n" +
        "Host: 127.0.0.1:%d\r\n" +
        "User-Agent: peregrine-floor\r\n" +
        "Accept: application/json\r\n" +
        "Content-Type: application/json\r\n" +
        "X-MBX-APIKEY: vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A\r\n" +
        "Content-Length: %d\r\n" +
        "\r\n";
    private static final int THREE_DIGITS = 100;

    /** A JSON object but for its end: spaces and a brace make it as long as it has to be. */
    private static final String BODY =
        "{\"clientOrderId\":\"f0000000000000000\",\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\"," +
        "\"quantity\":\"0.01000000\",\"price\":\"64250.10000000\"";
    private static final int ID_OFFSET = BODY.indexOf('f', BODY.indexOf(':')) + 1;
    private static final int ID_DIGITS = 16;
    private static final int NO_ID = -1;

    private final ByteBuffer buffer;
    private final int idOffset;

    // Nanoseconds go by faster than orders, so that the ids of a later run are new too.
    private long nextId = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());

    FloorRequest(final int port, final int wantedPayloadLength)
    {
        final int payloadLength = FloorClient.DEFAULT_PAYLOAD_LENGTH == wantedPayloadLength ?
            FloorClient.REQUEST_LENGTH - HEAD_FORMAT.formatted(port, THREE_DIGITS).length() : wantedPayloadLength;
        final String head = HEAD_FORMAT.formatted(port, payloadLength);
        final boolean isOrder = payloadLength > BODY.length();
        final String body = isOrder ?
            BODY + " ".repeat(payloadLength - BODY.length() - 1) + "}" : "x".repeat(payloadLength);

        buffer = ByteBuffer.allocateDirect(head.length() + body.length());
        buffer.put((head + body).getBytes(StandardCharsets.US_ASCII));
        idOffset = isOrder ? head.length() + ID_OFFSET : NO_ID;
    }

    /** The next order, ready to be written; the buffer is the same each time. */
    ByteBuffer next()
    {
        if (NO_ID != idOffset)
        {
            long rest = nextId++;
            for (int i = ID_DIGITS - 1; i >= 0; i--)
            {
                buffer.put(idOffset + i, (byte)Character.forDigit((int)(rest & 0xF), 16));
                rest >>>= 4;
            }
        }

        return buffer.rewind();
    }
}
