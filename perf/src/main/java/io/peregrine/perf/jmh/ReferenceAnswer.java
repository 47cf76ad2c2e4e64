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

import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Answers of a venue, and a reader that takes them whole, as a socket would deliver them. A reader has less to do for a
 * head that looks like the one before. So there are answers of three kinds: the same each time; varying, with other
 * values of the same length each time; unlike, with values of other lengths each time.
 */
final class ReferenceAnswer
{
    /** 104 bytes: what the answer to a small order looks like on the wire. */
    static final String SMALL =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 33\r\n\r\n" +
        "{\"orderId\":28,\"status\":\"FILLED\" }";

    static final String CHUNKED =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n" +
        "10\r\n{\"orderId\":28,\"s\r\n11\r\ntatus\":\"FILLED\" }\r\n0\r\n\r\n";

    /** Answers that take turns: more than a processor learns by heart. A power of two. */
    private static final int TURNS = 64;
    private static final int BODY_LENGTH_MIN = 33;
    private static final int BODY_LENGTH_OF_THREE_DIGITS = 100;

    private final ResponseReader reader = new ResponseReader(ResponseReader.CAPACITY_DEFAULT, ResponseLimits.DEFAULT);
    private final UnsafeBuffer[] answers;
    private int next;

    /** Takes one after the other, and begins again; their number is a power of two. */
    ReferenceAnswer(final String... texts)
    {
        answers = Stream.of(texts).map(ReferenceOrder::direct).toArray(UnsafeBuffer[]::new);
    }

    /** The small answer with a time and an identifier, which differ each time, as do its length and its body. */
    static String[] smallVarying()
    {
        return turns((turn) -> small(turn, BODY_LENGTH_MIN + turn));
    }

    /** The same with a length of two and of three digits by turns. */
    static String[] smallUnlike()
    {
        return turns((turn) -> small(turn, BODY_LENGTH_OF_THREE_DIGITS - turn % 2));
    }

    private static String small(final int turn, final int bodyLength)
    {
        final SplittableRandom random = new SplittableRandom(turn);
        final String body = "{\"orderId\":" + random.nextInt(10, 100) + ",\"status\":\"FILLED\"";
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" +
            "Date: Sat, 28 Nov 2026 21:" + random.nextInt(10, 60) + ":" + random.nextInt(10, 60) + " GMT\r\n" +
            "X-Request-Id: " + digits(random) + digits(random) + "\r\n" +
            "Content-Length: " + bodyLength + "\r\n\r\n" + body + " ".repeat(bodyLength - body.length() - 1) + "}";
    }

    private static String digits(final SplittableRandom random)
    {
        return String.format("%016x", random.nextLong());
    }

    /** An answer with that many headers, as a venue behind a proxy sends them. */
    static String withHeaders(final int count)
    {
        return withHeaders(count, (i) -> "some-value-of-header-" + i);
    }

    /** The same, with other values each time. */
    static String[] withVaryingHeaders(final int count)
    {
        return turns((turn) ->
        {
            final SplittableRandom random = new SplittableRandom(turn);
            return withHeaders(count, (i) -> "value-" + digits(random));
        });
    }

    /** The same, with values that are longer by a byte every other time. */
    static String[] withUnlikeHeaders(final int count)
    {
        return turns((turn) ->
        {
            final SplittableRandom random = new SplittableRandom(turn);
            return withHeaders(count, (i) -> "value-" + digits(random) + "x".repeat(turn % 2));
        });
    }

    private static String withHeaders(final int count, final IntFunction<String> value)
    {
        final StringBuilder text = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n");
        for (int i = 1; i < count; i++)
        {
            text.append("X-Venue-Header-").append(i).append(": ").append(value.apply(i)).append("\r\n");
        }

        return text.append("\r\n{}").toString();
    }

    private static String[] turns(final IntFunction<String> text)
    {
        return IntStream.range(0, TURNS).mapToObj(text).toArray(String[]::new);
    }

    /** Copies the next answer to where a socket would put it, and parses it; returns status plus length of the body. */
    int parse()
    {
        final UnsafeBuffer bytes = answers[next];
        next = next + 1 & answers.length - 1;
        reader.expect(HttpMethod.POST);
        reader.buffer().putBytes(reader.receiveOffset(), bytes, 0, bytes.capacity());
        if (ReadState.COMPLETE != reader.onReceived(bytes.capacity()))
        {
            throw new IllegalStateException("incomplete: " + reader.errorDetail());
        }

        return reader.response().status() + reader.response().bodyLength();
    }
}
