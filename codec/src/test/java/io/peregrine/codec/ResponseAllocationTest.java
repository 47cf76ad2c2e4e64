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

import com.sun.management.ThreadMXBean;
import org.agrona.AsciiSequenceView;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;

import static io.peregrine.codec.ResponseCase.chunkedHead;
import static io.peregrine.codec.ResponseCase.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Reading a response allocates nothing: not one byte in 100,000 of them, good or bad.
 * <p>
 * The JVM itself may allocate on the thread that asks for a method to be compiled: it resolves the string
 * constants of the class there, once. What the code allocates, in contrast, it allocates every time; so one round
 * without any is the proof, and only a failure takes all the rounds.
 */
class ResponseAllocationTest
{
    private static final int WARM_UP_RESPONSES = 20_000;
    private static final int MEASURED_RESPONSES = 100_000;
    private static final int ROUNDS_MAX = 10;
    private static final ThreadMXBean THREADS = (ThreadMXBean)ManagementFactory.getThreadMXBean();
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

    private void thenNothingIsAllocated(final ReadState expected, final int pieceLength, final String text)
    {
        final UnsafeBuffer source = new UnsafeBuffer(text.getBytes(ISO_8859_1));
        final int length = text.length();
        read(source, length, pieceLength, WARM_UP_RESPONSES);

        long allocated = allocatedWhileReading(source, length, pieceLength);
        for (int round = 1; round < ROUNDS_MAX && 0 != allocated; round++)
        {
            allocated = allocatedWhileReading(source, length, pieceLength);
        }

        assertEquals(expected, reader.state());
        assertEquals(0, allocated, "bytes allocated in each round");
    }

    private long allocatedWhileReading(final UnsafeBuffer source, final int length, final int pieceLength)
    {
        final long before = THREADS.getCurrentThreadAllocatedBytes();
        read(source, length, pieceLength, MEASURED_RESPONSES);
        final long after = THREADS.getCurrentThreadAllocatedBytes();

        return after - before;
    }

    private void read(final UnsafeBuffer source, final int length, final int pieceLength, final int responses)
    {
        for (int i = 0; i < responses; i++)
        {
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
