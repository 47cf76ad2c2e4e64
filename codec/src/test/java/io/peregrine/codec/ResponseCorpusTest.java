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

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.peregrine.codec.ReadState.COMPLETE;
import static io.peregrine.codec.ReadState.FAILED;
import static io.peregrine.codec.ReadState.INCOMPLETE;
import static io.peregrine.codec.ResponseError.CLOSED_BEFORE_RESPONSE;
import static io.peregrine.codec.ResponseError.TRUNCATED_BODY;
import static io.peregrine.codec.ResponseError.TRUNCATED_HEAD;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Every response of the corpus comes out as it says, wherever the stream is cut, and however early it ends. */
class ResponseCorpusTest
{
    private static final int CORPUS_SIZE_MIN = 120;
    private static final Pattern INTERIM_HEAD = Pattern.compile("HTTP/1\\.[01] 1(?s:.*?)\\n\\r?\\n");
    private static final Pattern HEAD_END = Pattern.compile("\\n\\r?\\n");

    static List<ResponseCase> corpus()
    {
        return ResponseCorpus.all();
    }

    @Test
    void shouldCoverEveryError()
    {
        final Set<ResponseError> errors = EnumSet.allOf(ResponseError.class);
        final Set<String> names = new HashSet<>();
        for (final ResponseCase response : corpus())
        {
            errors.remove(response.error());
            assertTrue(names.add(response.name()), () -> "two cases are called " + response.name());
        }

        assertEquals(EnumSet.noneOf(ResponseError.class), errors);
        assertTrue(names.size() >= CORPUS_SIZE_MIN, () -> names.size() + " cases");
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldComeOutAsExpected(final ResponseCase response)
    {
        thenVerdictIsAsExpected(response, feed(response, response.newReader(), Segmentation.WHOLE));
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldNotDependOnTheLengthOfPieces(final ResponseCase response)
    {
        final ResponseReader reader = response.newReader();
        final ResponseVerdict whole = feed(response, reader, Segmentation.WHOLE);

        for (int length = 1; length <= response.bytes().length; length++)
        {
            final int pieceLength = length;
            assertEquals(whole, feed(response, reader, Segmentation.piecesOf(length)),
                () -> "in pieces of " + pieceLength);
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldNotDependOnWhereTheReadStops(final ResponseCase response)
    {
        final ResponseReader reader = response.newReader();
        final ResponseVerdict whole = feed(response, reader, Segmentation.WHOLE);

        for (int offset = 1; offset < response.bytes().length; offset++)
        {
            final int cutOffset = offset;
            assertEquals(whole, feed(response, reader, Segmentation.cutAt(offset)), () -> "cut at " + cutOffset);
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldDecideAtTheByteItNames(final ResponseCase response)
    {
        if (response.isEndOfStream())
        {
            return;
        }

        final ResponseReader reader = response.newReader();
        final ResponseVerdict whole = feed(response, reader, Segmentation.WHOLE);
        final int length = response.bytes().length;
        final int decisiveLength = response.isComplete() ? 0 : 1;
        final int enoughLength = Math.min(length, response.consumed() + decisiveLength);

        assertEquals(INCOMPLETE, feedPrefix(response, reader, response.consumed() - 1, false).state());
        assertFalse(reader.isReusable());
        for (int i = enoughLength; i <= length; i++)
        {
            final ResponseVerdict verdict = feedPrefix(response, reader, i, false);
            assertEquals(whole.state(), verdict.state());
            assertEquals(whole.error(), verdict.error());
            assertEquals(whole.consumed(), verdict.consumed());
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldFailWhenTheStreamEndsEarly(final ResponseCase response)
    {
        if (!response.isComplete())
        {
            return;
        }

        final ResponseReader reader = response.newReader();
        final int headLength = headLength(response);
        for (int length = 0; length < response.consumed(); length++)
        {
            final int prefixLength = length;
            final ResponseVerdict verdict = feedPrefix(response, reader, length, true);
            if (response.isEndOfStream() && length >= headLength)
            {
                assertEquals(COMPLETE, verdict.state(), () -> "after " + prefixLength);
                assertEquals(response.body().substring(0, length - headLength), verdict.body());
                assertFalse(verdict.isReusable());
            }
            else
            {
                final ResponseError truncation = length < headLength ? TRUNCATED_HEAD : TRUNCATED_BODY;
                assertEquals(FAILED, verdict.state(), () -> "after " + prefixLength);
                final ResponseError expected = 0 == length ? CLOSED_BEFORE_RESPONSE : truncation;
                assertEquals(expected, verdict.error(), () -> "after " + prefixLength);
                assertEquals(length, verdict.consumed());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("corpus")
    void shouldNotBeReusableOnceTheStreamEnded(final ResponseCase response)
    {
        final ResponseReader reader = response.newReader();
        final ResponseVerdict before = feed(response, reader, Segmentation.WHOLE);

        assertEquals(before.state(), reader.onEndOfStream());

        assertEquals(before.error(), reader.error());
        assertFalse(reader.isReusable());
    }

    private static void thenVerdictIsAsExpected(final ResponseCase response, final ResponseVerdict verdict)
    {
        assertEquals(response.error(), verdict.error(), () -> verdict.errorDetail());
        assertEquals(response.consumed(), verdict.consumed());
        assertEquals(response.isReusable(), verdict.isReusable(), "reusable");
        if (response.isComplete())
        {
            assertEquals(COMPLETE, verdict.state());
            assertEquals(response.status(), verdict.status());
            assertEquals(response.body(), verdict.body());
            assertNull(verdict.errorDetail());
        }
        else
        {
            assertEquals(FAILED, verdict.state());
            assertTrue(verdict.errorDetail().startsWith(response.error().description()), verdict.errorDetail());
            assertTrue(verdict.errorDetail().endsWith(" at byte " + response.consumed()), verdict.errorDetail());
        }
    }

    private static ResponseVerdict feed(
        final ResponseCase response, final ResponseReader reader, final Segmentation segmentation)
    {
        return ResponseFeeder.feed(
            reader, response.method(), response.bytes(), response.isEndOfStream(), segmentation);
    }

    private static ResponseVerdict feedPrefix(
        final ResponseCase response, final ResponseReader reader, final int length, final boolean isEndOfStream)
    {
        return ResponseFeeder.feed(
            reader, response.method(), response.bytes(), length, isEndOfStream, Segmentation.WHOLE);
    }

    /** Length of all heads, found in the plainest way. */
    private static int headLength(final ResponseCase response)
    {
        final String text = new String(response.bytes(), ISO_8859_1);
        final Matcher interim = INTERIM_HEAD.matcher(text);
        int offset = 0;
        while (interim.region(offset, text.length()).lookingAt())
        {
            offset = interim.end();
        }

        final Matcher end = HEAD_END.matcher(text);
        assertTrue(end.find(offset));

        return end.end();
    }
}
