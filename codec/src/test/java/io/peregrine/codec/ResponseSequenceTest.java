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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

import static io.peregrine.codec.ResponseCase.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What a reader says of a response is what one says that has read no other before: memory is for speed alone. */
class ResponseSequenceTest
{
    private static final Supplier<Segmentation> WHOLE = () -> Segmentation.WHOLE;
    private static final long SEED = Long.getLong("peregrine.test.seed", 20_260_101L);
    private static final int SEQUENCES = 5_000;
    private static final int RESPONSES = 20;
    private static final int BYTE_VALUES = 256;
    /** Whatever a reader has read before, it remembers a head that came as often as that, if it can. */
    private static final int UNTIL_REMEMBERED = 3;
    private static final int CAPACITY = 2048;
    private static final ResponseLimits LIMITS = ResponseLimits.DEFAULT.maxHeadLength(CAPACITY);

    private static final String USUAL = head("Content-Type: text/plain", "X-Id: a b", "Content-Length: 12",
        "Connection: keep-alive", "Keep-Alive: timeout=5, max=99") + "{\"a\":1234567}";
    private static final String CHUNKED =
        head("X-Id: a b", "Transfer-Encoding: chunked") + "5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n";
    private static final String UNTIL_CLOSE = "HTTP/1.0 200\r\nX-Id: \ta  b \r\n\r\nhello";
    private static final String BARE_LINE_FEEDS =
        "HTTP/1.1 200 OK\nX: y\nz:\nContent-Length: 2\n\r\nok";

    static List<ResponseCase> corpus()
    {
        return ResponseCorpus.all();
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldComeOutTheSameAgain(final ResponseCase response)
    {
        final Subject subject = new Subject(response::newReader);
        for (final HttpMethod method : List.of(response.method(), HttpMethod.HEAD, HttpMethod.GET, response.method()))
        {
            for (int i = 0; i <= UNTIL_REMEMBERED; i++)
            {
                subject.thenReadsAsAFreshReader(method, response.bytes(), true, WHOLE, response.name());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldNotDependOnTheResponseBefore(final ResponseCase response)
    {
        final Subject subject = new Subject(response::newReader);
        for (final ResponseCase other : corpus())
        {
            subject.remember(response.method(), response.bytes());
            subject.thenReadsAsAFreshReader(
                other.method(), other.bytes(), other.isEndOfStream(), WHOLE, other.name());
        }
    }

    @Test
    void shouldNotDependOnWhereTheReadStops()
    {
        for (final String response : List.of(USUAL, CHUNKED, UNTIL_CLOSE, "HTTP/1.1 103 X\r\nX: y\r\n\r\n" + USUAL))
        {
            final Subject subject = new Subject(() -> new ResponseReader(CAPACITY, LIMITS));
            final byte[] bytes = response.getBytes(ISO_8859_1);
            for (int i = 0; i <= bytes.length; i++)
            {
                final int cut = i;
                final String context = "cut at " + cut;
                subject.remember(HttpMethod.GET, bytes);
                subject.thenReadsAsAFreshReader(HttpMethod.GET, bytes, true, () -> Segmentation.cutAt(cut), context);
                subject.remember(HttpMethod.GET, bytes);
                subject.thenReadsAsAFreshReader(
                    HttpMethod.HEAD, bytes, false, () -> Segmentation.piecesOf(cut + 1), context);
            }
        }
    }

    @Test
    void shouldNotDependOnTheResponseBeforeWhicheverByteDiffers()
    {
        for (final boolean isBareLineFeedAllowed : new boolean[]{ false, true })
        {
            final Subject subject = new Subject(
                () -> new ResponseReader(CAPACITY, LIMITS.allowBareLineFeed(isBareLineFeedAllowed)));
            for (final String response : List.of(USUAL, CHUNKED, UNTIL_CLOSE, BARE_LINE_FEEDS))
            {
                thenNoByteThatDiffersMatters(subject, response.getBytes(ISO_8859_1));
            }
        }
    }

    private static void thenNoByteThatDiffersMatters(final Subject subject, final byte[] bytes)
    {
        for (int i = 0; i < bytes.length; i++)
        {
            for (int value = 0; value < BYTE_VALUES; value++)
            {
                final byte[] other = bytes.clone();
                other[i] = (byte)value;
                subject.remember(HttpMethod.GET, bytes);
                subject.thenReadsAsAFreshReader(HttpMethod.GET, other, true, WHOLE, "byte " + value + " at " + i);
            }
        }
    }

    @Test
    void shouldReadSequencesAsFreshReadersDo()
    {
        for (long seed = SEED; seed < SEED + SEQUENCES; seed++)
        {
            final SplittableRandom random = new SplittableRandom(seed);
            final ResponseLimits limits = limits(random);
            final Subject subject = new Subject(() -> new ResponseReader(CAPACITY, limits));
            FuzzInput input = FuzzInput.from(random);
            for (int i = 0; i < RESPONSES; i++)
            {
                final long cutSeed = random.nextLong();
                final Supplier<Segmentation> cuts = 0 == random.nextInt(8) ?
                    () -> Segmentation.random(new SplittableRandom(cutSeed)) : WHOLE;
                subject.thenReadsAsAFreshReader(input.method(), input.bytes(), input.isEndOfStream(), cuts,
                    "seed " + seed + ", response " + i + ", " + limits);
                input = next(random, input);
            }
        }
    }

    private static ResponseLimits limits(final SplittableRandom random)
    {
        return new ResponseLimits(random.nextInt(16, CAPACITY), random.nextInt(1, 40), random.nextInt(CAPACITY),
            random.nextInt(4), random.nextInt(60), random.nextInt(200), random.nextBoolean());
    }

    /** Mostly the same once more, or nearly; sometimes another one. */
    private static FuzzInput next(final SplittableRandom random, final FuzzInput input)
    {
        final HttpMethod method = 0 == random.nextInt(8) ? HttpMethod.HEAD : input.method();
        return switch (random.nextInt(8))
        {
            case 0 -> FuzzInput.from(random);
            case 1, 2 -> new FuzzInput(method, new ResponseMutator(random).start(input.bytes())
                .mutate(random.nextInt(1, 3)).toBytes(), random.nextBoolean());
            case 3, 4 -> new FuzzInput(method, withOtherDigits(random, input.bytes()), random.nextBoolean());
            default -> new FuzzInput(method, input.bytes(), random.nextBoolean());
        };
    }

    private static byte[] withOtherDigits(final SplittableRandom random, final byte[] bytes)
    {
        final byte[] other = bytes.clone();
        for (int i = 0; i < other.length; i++)
        {
            if (other[i] >= '0' && other[i] <= '9' && 0 == random.nextInt(8))
            {
                other[i] = (byte)('0' + random.nextInt(10));
            }
        }

        return other;
    }

    /** All that can be seen of a reader. */
    private record Observed(
        ResponseVerdict verdict, boolean isReusable, long timeoutSeconds, long max, long received, int receiveOffset)
    {
        static Observed of(final ResponseReader reader, final ResponseVerdict verdict)
        {
            return new Observed(verdict, reader.isReusable(), reader.keepAliveTimeoutSeconds(), reader.keepAliveMax(),
                reader.bytesReceived(), reader.receiveOffset());
        }
    }

    /** A reader that goes on, and where fresh ones come from. */
    private static final class Subject
    {
        private final Supplier<ResponseReader> newReader;
        private final ResponseReader reader;

        Subject(final Supplier<ResponseReader> newReader)
        {
            this.newReader = newReader;
            reader = newReader.get();
        }

        void remember(final HttpMethod method, final byte[] bytes)
        {
            for (int i = 0; i < UNTIL_REMEMBERED; i++)
            {
                ResponseFeeder.feed(reader, method, bytes, true, Segmentation.WHOLE);
            }
        }

        void thenReadsAsAFreshReader(
            final HttpMethod method,
            final byte[] bytes,
            final boolean isEndOfStream,
            final Supplier<Segmentation> cuts,
            final String context)
        {
            final ResponseReader fresh = newReader.get();
            final Observed expected =
                Observed.of(fresh, ResponseFeeder.feed(fresh, method, bytes, isEndOfStream, cuts.get()));
            final Observed actual =
                Observed.of(reader, ResponseFeeder.feed(reader, method, bytes, isEndOfStream, cuts.get()));

            assertEquals(expected, actual, () -> context + ": " + HexFormat.of().formatHex(bytes));
        }
    }
}
