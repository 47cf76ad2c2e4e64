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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.peregrine.codec.EncodedRequest.assertGuardsIntact;
import static io.peregrine.codec.EncodedRequest.assertRefused;
import static io.peregrine.codec.EncodedRequest.guardedBytes;
import static io.peregrine.codec.EncodedRequest.textOf;
import static io.peregrine.codec.RequestError.REQUEST_TOO_LARGE;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Every buffer length from nothing to enough: what does not fit is refused, what fits exactly passes, and no byte
 * around the region is touched.
 */
class RequestCapacityTest
{
    private static final byte[] BODY = "0123456789".repeat(12).getBytes(US_ASCII);

    private enum Shape
    {
        NO_BODY
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return writer.get("/path");
            }
        },
        EMPTY_BODY
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return writer.post("");
            }
        },
        QUERY
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return writer.get("/p").query("a b", "\u20AC").query("n", -17).queryRaw("r", "%20").header("a", "b");
            }
        },
        HEADERS
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return writer.deleteRaw("/p?q").header("text", "value").header("n", 1234567890123L)
                    .header(HeaderName.of("X-Longer-Name"), "value").header(HeaderName.of("X"), BODY, 0, 20)
                    .header("D", new UnsafeBuffer(BODY), 0, 20).header(HeaderName.of("E"), Long.MIN_VALUE);
            }
        },
        BODY_BYTES
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return writer.put("/p").body(BODY);
            }
        },
        BODY_BUFFER
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return writer.put("/p").header("a", "b").body(new UnsafeBuffer(BODY), 0, BODY.length);
            }
        },
        BODY_TEXT
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return writer.patch("/p").body("0123\u20AC\uD83D\uDE00");
            }
        },
        EXACT_BODY
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return fill(writer.put("/p").beginBody(BODY.length), BODY.length);
            }
        },
        ONE_DIGIT_BODY
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return fill(writer.put("/p").beginBody(), 9);
            }
        },
        TWO_DIGIT_BODY
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return fill(writer.put("/p").beginBody(), 10);
            }
        },
        THREE_DIGIT_BODY
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return fill(writer.put("/p").beginBody(), 100);
            }
        },
        CHUNKS
        {
            @Override
            FinalStage encode(final RequestWriter writer)
            {
                return writer.post("/p").chunked().chunk(BODY).chunk(new UnsafeBuffer(BODY), 0, 1).chunk(BODY, 0, 16);
            }
        };

        abstract FinalStage encode(RequestWriter writer);

        /** Writes a body as far as the capacity goes, as a caller does who heeds it. */
        static FinalStage fill(final BodyRegion region, final int length)
        {
            region.buffer().putBytes(region.offset(), BODY, 0, Math.min(length, region.capacity()));
            return region.endBody(length);
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void shouldPassExactlyWhatFits(final Shape shape)
    {
        final RequestWriter reference = writer(guardedBytes(4096), 0);
        final String expected = textOf(shape.encode(reference).finish());

        for (int previousBodyLength = 1; previousBodyLength <= 1000; previousBodyLength *= 10)
        {
            for (int capacity = 0; capacity <= expected.length() + 20; capacity++)
            {
                final byte[] bytes = guardedBytes(capacity);
                final RequestWriter writer = writer(bytes, previousBodyLength);
                final FinalStage stage = shape.encode(writer);
                if (capacity < expected.length())
                {
                    assertRefused(REQUEST_TOO_LARGE, stage);
                    assertEquals(REQUEST_TOO_LARGE, writer.error(), "capacity " + capacity);
                }
                else
                {
                    assertEquals(expected, textOf(stage.finish()), "capacity " + capacity);
                }
                assertGuardsIntact(bytes);
            }
        }
    }

    @Test
    void shouldOfferTheLongestBodyThatFits()
    {
        final int emptyLength = textOf(writer(guardedBytes(4096), 0).put("/p").body(new byte[0]).finish()).length();
        for (int previousBodyLength = 1; previousBodyLength <= 1000; previousBodyLength *= 10)
        {
            for (int capacity = emptyLength; capacity < emptyLength + 1200; capacity++)
            {
                final byte[] bytes = guardedBytes(capacity);
                final BodyRegion region = writer(bytes, previousBodyLength).put("/p").beginBody();
                final int bodyLength = region.capacity();
                region.buffer().setMemory(region.offset(), bodyLength, (byte)'x');
                final Request request = region.endBody(bodyLength).finish();
                // One byte more would not have fitted, at most one byte is wasted where the digits grow.
                assertTrue(request.length() >= capacity - 1, "capacity " + capacity);
                assertTrue(textOf(request).endsWith("\r\n\r\n" + "x".repeat(bodyLength)), "capacity " + capacity);
                assertGuardsIntact(bytes);
            }
        }
    }

    private static RequestWriter writer(final byte[] guardedBytes, final int previousBodyLength)
    {
        final RequestWriter writer = new RequestWriter("h").defaultHeader("d", "e");
        if (previousBodyLength > 0)
        {
            writer.wrap(new UnsafeBuffer(new byte[2048]), 0, 2048).post("/").beginBody()
                .endBody(previousBodyLength).finish();
        }
        return EncodedRequest.wrap(writer, guardedBytes);
    }
}
