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

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** What holds for every response, tried with generated ones; a failure names the seed of its response. */
class ResponsePropertyTest
{
    private static final int RESPONSES = 20_000;
    private static final long SEED = Long.getLong("peregrine.test.seed", 20_260_101L);
    private static final int CAPACITY = 32 * 1024;

    private final ResponseReader reader = new ResponseReader(CAPACITY, ResponseLimits.DEFAULT);

    @Test
    void shouldReadWhatWasGenerated()
    {
        forEachSeed(seed ->
        {
            final SplittableRandom random = new SplittableRandom(seed);
            final GeneratedResponse response = new ResponseGenerator(random).next();

            assertEquals(response.verdict(), feed(response, Segmentation.WHOLE));
            assertEquals(response.verdict(), feed(response, Segmentation.random(random)));
        });
    }

    @Test
    void shouldReadTheSameAsThePlainReading()
    {
        forEachSeed(seed ->
        {
            final GeneratedResponse response = new ResponseGenerator(new SplittableRandom(seed)).next();

            assertEquals(
                Optional.of(response.verdict()), PlainResponse.decode(response.method(), response.text()));
        });
    }

    @Test
    void shouldGiveOneVerdictOnBrokenResponsesHoweverTheyAreCut()
    {
        forEachSeed(seed ->
        {
            final SplittableRandom random = new SplittableRandom(seed);
            final GeneratedResponse response = new ResponseGenerator(random).next();
            final byte[] stream = new ResponseMutator(random)
                .start(response.text().getBytes(ISO_8859_1))
                .mutate(random.nextInt(1, 4))
                .toBytes();

            assertEquals(
                feed(response.method(), stream, Segmentation.random(random)),
                feed(response.method(), stream, Segmentation.random(random)));
        });
    }

    @Test
    void shouldReadResponsesBackToBack()
    {
        forEachSeed(seed ->
        {
            final ResponseGenerator generator = new ResponseGenerator(new SplittableRandom(seed));
            final GeneratedResponse first = generator.next();
            if (first.isUntilClose())
            {
                return;
            }

            final byte[] stream = (first.text() + generator.next().text()).getBytes(ISO_8859_1);
            final ResponseVerdict verdict = feed(first.method(), stream, Segmentation.WHOLE);

            assertEquals(first.text().length(), verdict.consumed());
            assertEquals(first.body(), verdict.body());
            assertEquals(false, reader.isReusable());
        });
    }

    private ResponseVerdict feed(final GeneratedResponse response, final Segmentation segmentation)
    {
        return feed(response.method(), response.text().getBytes(ISO_8859_1), segmentation);
    }

    private ResponseVerdict feed(final HttpMethod method, final byte[] stream, final Segmentation segmentation)
    {
        return ResponseFeeder.feed(reader, method, stream, true, segmentation);
    }

    private static void forEachSeed(final LongConsumer property)
    {
        for (long seed = SEED; seed < SEED + RESPONSES; seed++)
        {
            try
            {
                property.accept(seed);
            }
            catch (final RuntimeException | AssertionError ex)
            {
                throw new AssertionError("seed " + seed + ": " + ex.getMessage(), ex);
            }
        }
    }
}
