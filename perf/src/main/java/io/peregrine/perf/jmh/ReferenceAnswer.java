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

import io.peregrine.codec.HttpMethod;
import io.peregrine.codec.ReadState;
import io.peregrine.codec.ResponseLimits;
import io.peregrine.codec.ResponseReader;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers of a venue, and a reader that takes them whole, as a socket would deliver them. */
final class ReferenceAnswer
{
    /** 104 bytes: what the answer to a small order looks like on the wire. */
    static final String SMALL =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n" +
        "{\"orderId\":28,\"status\":\"FILLED\" }";

    static final String CHUNKED =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
        "10\r\n{\"orderId\":28,\"s\r\n11\r\ntatus\":\"FILLED\" }\r\n0\r\n\r\n";

    private final ResponseReader reader = new ResponseReader(ResponseReader.CAPACITY_DEFAULT, ResponseLimits.DEFAULT);
    private final UnsafeBuffer bytes;

    ReferenceAnswer(final String text)
    {
        bytes = ReferenceOrder.direct(text);
    }

    /** An answer with that many headers, as a venue behind a proxy sends them. */
    static String withHeaders(final int count)
    {
        final StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
        for (int i = 1; i < count; i++)
        {
            text.append("X-Venue-Header-").append(i).append(": some-value-of-header-").append(i).append("\r\n");
        }

        return text.append("\r\n{}").toString();
    }

    /** Copies the answer to where a socket would put it, and parses it; returns status plus length of the body. */
    int parse()
    {
        reader.expect(HttpMethod.POST);
        reader.buffer().putBytes(reader.receiveOffset(), bytes, 0, bytes.capacity());
        if (ReadState.COMPLETE != reader.onReceived(bytes.capacity()))
        {
            throw new IllegalStateException("incomplete: " + reader.errorDetail());
        }

        return reader.response().status() + reader.response().bodyLength();
    }
}
