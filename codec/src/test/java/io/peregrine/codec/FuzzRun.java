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

import java.util.EnumMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

import static io.peregrine.codec.ReadState.COMPLETE;
import static io.peregrine.codec.ReadState.FAILED;
import static io.peregrine.codec.ReadState.INCOMPLETE;

/**
 * Tries readers with streams from seeds, one seed a stream: nothing is thrown, what the reader says is consistent
 * and within its limits, the same however the stream is cut, and what a plain second reading says.
 */
final class FuzzRun
{
    private static final int READERS = 64;
    private static final long READERS_SEED = 0x5EED;

    private static final int GENEROUS_CAPACITY = 16 * 1024;
    /** Such that no stream reaches them: the plain reading has no limits. */
    private static final ResponseLimits GENEROUS = new ResponseLimits(
        8 * 1024, ResponseMutator.LENGTH_MAX, ResponseMutator.LENGTH_MAX, 1024, 8 * 1024, 8 * 1024, false);

    private final ResponseReader[] readers = new ResponseReader[READERS];
    private final int[] capacities = new int[READERS];
    private final ResponseReader generousReader = new ResponseReader(GENEROUS_CAPACITY, GENEROUS);
    private final Map<ResponseError, Long> refusals = new EnumMap<>(ResponseError.class);
    private long completions;
    private long incompletes;
    private long segmentedInputs;
    private long comparedInputs;

    FuzzRun()
    {
        final SplittableRandom random = new SplittableRandom(READERS_SEED);
        for (int i = 0; i < READERS; i++)
        {
            final ResponseLimits limits = limits(random, 0 == i % 4);
            capacities[i] = limits.maxHeadLength() + random.nextInt(300);
            readers[i] = new ResponseReader(capacities[i], limits);
        }
    }

    private static ResponseLimits limits(final SplittableRandom random, final boolean isTiny)
    {
        return new ResponseLimits(
            random.nextInt(16, isTiny ? 80 : 600),
            random.nextInt(1, isTiny ? 4 : 20),
            random.nextInt(isTiny ? 8 : 600),
            random.nextInt(4),
            random.nextInt(isTiny ? 4 : 60),
            random.nextInt(isTiny ? 8 : 200),
            random.nextBoolean());
    }

    /** Tries one stream; throws an AssertionError that shows the stream if the reader does what it must not do. */
    void run(final long seed)
    {
        final SplittableRandom random = new SplittableRandom(seed);
        final FuzzInput input = FuzzInput.from(random);
        final int index = random.nextInt(READERS);
        try
        {
            final ResponseVerdict verdict = feed(readers[index], input, Segmentation.WHOLE);
            count(verdict);
            checkInvariants(readers[index], capacities[index], input, verdict);
            if (random.nextBoolean())
            {
                segmentedInputs++;
                same("whole and in pieces", verdict, feed(readers[index], input, Segmentation.random(random)));
            }

            if (0 == random.nextInt(4))
            {
                comparedInputs++;
                checkAgainstPlainReading(input, Segmentation.random(random));
            }
        }
        catch (final RuntimeException | Error ex)
        {
            throw new AssertionError("seed " + seed + ", reader of " + capacities[index] + " bytes, " +
                readers[index].limits() + ", " + input.method() + ", end of stream " + input.isEndOfStream() +
                ", bytes " + HexFormat.of().formatHex(input.bytes()) + ": " + ex, ex);
        }
    }

    private static ResponseVerdict feed(
        final ResponseReader reader, final FuzzInput input, final Segmentation segmentation)
    {
        return ResponseFeeder.feed(reader, input.method(), input.bytes(), input.isEndOfStream(), segmentation);
    }

    private void checkAgainstPlainReading(final FuzzInput input, final Segmentation segmentation)
    {
        final ResponseVerdict verdict =
            ResponseFeeder.feed(generousReader, input.method(), input.bytes(), true, segmentation);
        final Optional<ResponseVerdict> expected = PlainResponse.decode(input.method(), input.text());

        final Optional<ResponseVerdict> actual = COMPLETE == verdict.state() ? Optional.of(verdict) : Optional.empty();
        same("plain reading and reader", expected, actual);
    }

    private static void checkInvariants(
        final ResponseReader reader, final int capacity, final FuzzInput input, final ResponseVerdict verdict)
    {
        final ReadState state = verdict.state();
        check(verdict.consumed() >= 0, "consumed is negative");
        check(verdict.consumed() <= reader.bytesReceived(), "more consumed than received");
        check(reader.bytesReceived() <= input.bytes().length, "more received than there is");
        check((FAILED == state) == (null != verdict.error()), "failed without a reason, or a reason without failure");
        check((FAILED == state) == (null != verdict.errorDetail()),
            "detail without failure, or failure without detail");
        check(reader.receiveLength() > 0 || INCOMPLETE != state, "no room for what is still to come");
        check(INCOMPLETE != state || !input.isEndOfStream(), "incomplete at the end of the stream");
        check(INCOMPLETE != state || reader.bytesReceived() == input.bytes().length, "incomplete, but bytes left over");
        check(COMPLETE == state || !reader.response().isValid(), "a view of no complete response");
        if (COMPLETE == state)
        {
            checkResponse(reader, capacity);
        }
    }

    private static void checkResponse(final ResponseReader reader, final int capacity)
    {
        final RestResponse response = reader.response();
        check(response.status() >= 200 && response.status() <= 999, "status out of range");
        check(response.headerCount() <= reader.limits().maxHeaders(), "too many headers");
        check(response.bodyOffset() <= reader.limits().maxHeadLength(), "head too large");
        check(response.bodyLength() >= 0, "body of negative length");
        check(response.bodyLength() <= reader.limits().maxBodyLength(), "body too large");
        check(response.bodyOffset() + response.bodyLength() <= capacity, "body behind the buffer");
    }

    private static void check(final boolean isTrue, final String violation)
    {
        if (!isTrue)
        {
            throw new AssertionError(violation);
        }
    }

    private static void same(final String what, final Object expected, final Object actual)
    {
        if (!expected.equals(actual))
        {
            throw new AssertionError(what + " differ: " + expected + " and " + actual);
        }
    }

    private void count(final ResponseVerdict verdict)
    {
        switch (verdict.state())
        {
            case COMPLETE -> completions++;
            case INCOMPLETE -> incompletes++;
            case FAILED -> refusals.merge(verdict.error(), 1L, Long::sum);
        }
    }

    /** How often each verdict came. */
    String report()
    {
        final StringBuilder report = new StringBuilder();
        report.append(line("COMPLETE", completions)).append(line("INCOMPLETE", incompletes));
        for (final ResponseError error : ResponseError.values())
        {
            report.append(line(error.name(), refusals.getOrDefault(error, 0L)));
        }
        report.append(line("read in pieces too", segmentedInputs));
        report.append(line("compared with a plain reading", comparedInputs));

        return report.toString();
    }

    /** Whether every error came up. */
    boolean isEveryErrorSeen()
    {
        return ResponseError.values().length == refusals.size();
    }

    private static String line(final String name, final long count)
    {
        return String.format("%,14d  %s%n", count, name);
    }
}
