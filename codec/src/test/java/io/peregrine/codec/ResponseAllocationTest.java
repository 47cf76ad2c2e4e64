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

import org.agrona.AsciiSequenceView;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static io.peregrine.codec.ResponseCase.chunkedHead;
import static io.peregrine.codec.ResponseCase.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Reading a response allocates nothing: not one byte in 100,000 of them, good or bad. */
class ResponseAllocationTest
{
    private static final int WARM_UP_RESPONSES = 20_000;
    private static final int MEASURED_RESPONSES = 100_000;
    private static final int COPY_LENGTH = 4096;
    private static final HeaderName REMAINING = HeaderName.of("X-Remaining");
    private static final HeaderName REQUEST_ID = HeaderName.of("X-Request-Id");

    private static final String ORDER = head(
        "Content-Type: application/json", "X-Request-Id: 0123456789", "X-Remaining: 1199", "Content-Length: 27") +
        "{\"orderId\":1,\"status\":\"ok\"}";
    private static final String CHUNKS = "HTTP/1.1 100 Continue\r\n\r\n" +
        head("X-Remaining: 1", "Transfer-Encoding: chunked") +
        "5\r\nhello\r\n7;name=value\r\n, world\r\n0\r\nChecksum: 1234\r\n\r\n";

    private final ResponseReader reader = new ResponseReader(4096, ResponseLimits.DEFAULT.maxHeadLength(1024));
    private final AsciiSequenceView view = new AsciiSequenceView();
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private long sum;

    @Test
    void shouldNotAllocateForABodyOfKnownLength()
    {
        thenNothingIsAllocated(ReadState.COMPLETE, Integer.MAX_VALUE, ORDER);
    }

    @Test
    void shouldNotAllocateForChunks()
    {
        thenNothingIsAllocated(ReadState.COMPLETE, Integer.MAX_VALUE, CHUNKS);
    }

    @Test
    void shouldNotAllocateForABodyUntilClose()
    {
        thenNothingIsAllocated(ReadState.COMPLETE, Integer.MAX_VALUE, head("X-Remaining: 1") + "hello");
    }

    @Test
    void shouldNotAllocateForAnAnswerWithoutABody()
    {
        thenNothingIsAllocated(ReadState.COMPLETE, Integer.MAX_VALUE,
            "HTTP/1.1 204 No Content\r\nX-Remaining: 1\r\n\r\n");
    }

    @Test
    void shouldNotAllocateForManyHeaders()
    {
        thenNothingIsAllocated(ReadState.COMPLETE, Integer.MAX_VALUE,
            head(fieldLines(40, "Content-Length: 2", "Keep-Alive: timeout=5, max=9", "Connection: keep-alive")) + "ok");
    }

    @Test
    void shouldNotAllocateForHeadsLikeTheOneBeforeOrUnlikeIt()
    {
        thenNothingIsAllocated(ReadState.COMPLETE, Integer.MAX_VALUE, ORDER, ORDER.replace("0123456789", "x9b8c7d6e5"));
        thenNothingIsAllocated(ReadState.COMPLETE, Integer.MAX_VALUE, ORDER, ORDER.replace("1199", "99"));
        thenNothingIsAllocated(ReadState.COMPLETE, Integer.MAX_VALUE, ORDER, ORDER, CHUNKS, CHUNKS);
    }

    @Test
    void shouldNotAllocateForCopies()
    {
        final int maxHeaders = ResponseLimits.DEFAULT.maxHeaders();
        final UnsafeBuffer copy = new UnsafeBuffer(ByteBuffer.allocateDirect(COPY_LENGTH));
        final RestResponse copied = ResponseSnapshot.newView(maxHeaders);
        final byte[] bytes = ORDER.getBytes(ISO_8859_1);
        reader.expect(HttpMethod.POST);
        assertEquals(bytes.length, reader.read(new UnsafeBuffer(bytes), 0, bytes.length));
        for (final ResponseSnapshot snapshot : List.of(
            ResponseSnapshot.ofAllHeaders(maxHeaders), ResponseSnapshot.ofHeaders(maxHeaders, List.of(REMAINING))))
        {
            AllocationGate.assertNoGarbage(WARM_UP_RESPONSES, MEASURED_RESPONSES, (count) ->
            {
                for (int i = 0; i < count; i++)
                {
                    sum += snapshot.measure(reader.response());
                    snapshot.encode(reader.response(), copy, 0);
                    ResponseSnapshot.wrap(copied, copy, 0);
                    use(copied);
                }
            });
        }
    }

    @Test
    void shouldNotAllocateWhenTheStreamIsCut()
    {
        thenNothingIsAllocated(ReadState.COMPLETE, 1, ORDER);
        thenNothingIsAllocated(ReadState.COMPLETE, 3, CHUNKS);
        thenNothingIsAllocated(ReadState.COMPLETE, 40, CHUNKS);
    }

    @Test
    void shouldNotAllocateForFailures()
    {
        thenNothingIsAllocated(ReadState.FAILED, Integer.MAX_VALUE, "nonsense");
        thenNothingIsAllocated(ReadState.FAILED, Integer.MAX_VALUE,
            head("Content-Length: 1", "Content-Length: 2") + "xx");
        thenNothingIsAllocated(ReadState.FAILED, Integer.MAX_VALUE, head("X: " + "y".repeat(2000)));
        thenNothingIsAllocated(ReadState.FAILED, 10, chunkedHead() + "5\r\nhelloo\r\n0\r\n\r\n");
        thenNothingIsAllocated(ReadState.FAILED, 10, ORDER.substring(0, 60));
    }

    private static String[] fieldLines(final int count, final String... others)
    {
        return Stream.concat(IntStream.range(others.length, count).mapToObj((i) -> "X-Field-" + i + ": " + i),
            Stream.of(others)).toArray(String[]::new);
    }

    private void thenNothingIsAllocated(final ReadState expected, final int pieceLength, final String... texts)
    {
        final UnsafeBuffer[] sources = Stream.of(texts).map((text) -> new UnsafeBuffer(text.getBytes(ISO_8859_1)))
            .toArray(UnsafeBuffer[]::new);
        AllocationGate.assertNoGarbage(WARM_UP_RESPONSES, MEASURED_RESPONSES,
            (count) -> read(sources, pieceLength, count));

        assertEquals(expected, reader.state());
    }

    private void read(final UnsafeBuffer[] sources, final int pieceLength, final int responses)
    {
        for (int i = 0; i < responses; i++)
        {
            final UnsafeBuffer source = sources[i % sources.length];
            final int length = source.capacity();
            reader.expect(HttpMethod.POST);
            int offset = 0;
            while (offset < length && ReadState.INCOMPLETE == reader.state())
            {
                offset += reader.read(source, offset, Math.min(pieceLength, length - offset));
            }
            reader.receiveRegion();
            if (ReadState.COMPLETE == reader.state() || ReadState.COMPLETE == reader.onEndOfStream())
            {
                use(reader.response());
            }
        }
    }

    private void use(final RestResponse response)
    {
        response.body(body);
        sum += response.status() + response.headerAsLong(REMAINING, 0) + body
            .capacity() + (reader.isReusable() ? 1 : 0);
        if (response.header(REQUEST_ID, view))
        {
            sum += view.length();
        }

        for (int i = 0; i < response.headerCount(); i++)
        {
            response.headerName(i, view);
            sum += view.charAt(0);
        }
    }
}
