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
package io.peregrine.pool;

import io.peregrine.codec.FinalStage;
import io.peregrine.codec.HeaderName;
import io.peregrine.codec.RequestWriter;
import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/**
 * Writes requests that a {@link WarmUpVenue} understands, in the ways that orders are written; only in those that fit,
 * since a pool may have room for short requests alone.
 */
final class WarmUpRequests
{
    private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");
    private static final String BODY = "{\"clientOrderId\":\"w0000000000000000\",\"symbol\":\"BTCUSDT\"," +
        "\"side\":\"BUY\",\"type\":\"LIMIT\",\"quantity\":\"0.01000000\",\"price\":\"64250.10000000\"}";
    private static final int WAYS = 8;
    private static final int[] FIRST_WAY = { 0 };

    private final byte[] bodyBytes = BODY.getBytes(StandardCharsets.US_ASCII);
    private final UnsafeBuffer bodyBuffer = new UnsafeBuffer(ByteBuffer.allocateDirect(bodyBytes.length));
    private int[] ways;

    WarmUpRequests()
    {
        bodyBuffer.putBytes(0, bodyBytes);
    }

    FinalStage write(final RequestWriter writer, final int index, final WarmUpAnswer answer)
    {
        if (null == ways)
        {
            ways = fittingWays(writer);
        }

        return write(writer, index, answer, ways[index / 2 % ways.length]);
    }

    /** The first if there is none: its failure says why. */
    private int[] fittingWays(final RequestWriter writer)
    {
        final int[] fitting = IntStream.range(0, WAYS)
            .filter((way) -> null != write(writer, Integer.MAX_VALUE, WarmUpAnswer.ACCEPTED, way).tryFinish())
            .toArray();

        return 0 == fitting.length ? FIRST_WAY : fitting;
    }

    private FinalStage write(final RequestWriter writer, final int index, final WarmUpAnswer answer, final int way)
    {
        return switch (way)
        {
            case 0 -> writer.get(WarmUpAnswer.PATH_START).query("id", index).query("answer", answer.code())
                .header(TIMESTAMP, index);
            case 1 -> writer.delete(WarmUpAnswer.PATH_START).query("symbol", "BTC USDT").query("answer", answer.code());
            case 2, 3 -> writer.post(answer.path()).header(TIMESTAMP, index).body(bodyBytes);
            case 4, 5 -> writer.post(answer.path()).header("X-Trace", "warm-up").body(BODY);
            default -> writer.post(answer.path()).body(bodyBuffer, 0, bodyBuffer.capacity());
        };
    }
}
