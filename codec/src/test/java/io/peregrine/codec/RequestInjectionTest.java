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

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

import static io.peregrine.codec.EncodedRequest.assertGuardsIntact;
import static io.peregrine.codec.EncodedRequest.guardedBytes;
import static io.peregrine.codec.EncodedRequest.textOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Whatever is put in, a finished request has exactly the lines that were asked for.
 */
class RequestInjectionTest
{
    private static final int REGION_LENGTH = 2048;
    private static final int ROUNDS = 50_000;
    private static final int MAX_TEXT_LENGTH = 40;
    /** Low bytes that look like controls, halves of surrogate pairs, and what separates the parts of a head. */
    private static final String HARMFUL = "\r\n\0\t\u007F :#?&=%/\u0080\u00E9\u00FF\u010A\u010D\u20AC\uD83D\uDE00";

    @Test
    void shouldNeverProduceALineThatWasNotAskedFor()
    {
        final long firstSeed = System.nanoTime();
        int finished = 0;
        for (long seed = firstSeed; seed < firstSeed + ROUNDS; seed++)
        {
            try
            {
                finished += isFinishedAsAskedFor(new Random(seed)) ? 1 : 0;
            }
            catch (final RuntimeException | AssertionError ex)
            {
                throw new AssertionError("seed " + seed, ex);
            }
        }
        assertTrue(finished > ROUNDS / 20 && finished < ROUNDS, finished + " finished, first seed " + firstSeed);
    }

    private static boolean isFinishedAsAskedFor(final Random random)
    {
        final String path = text(random);
        final String queryName = text(random);
        final String queryValue = text(random);
        final String name = text(random);
        final String value = text(random);
        final String body = text(random);
        final byte[] valueBytes = text(random).getBytes(StandardCharsets.ISO_8859_1);

        final byte[] bytes = guardedBytes(REGION_LENGTH);
        final RequestWriter writer = EncodedRequest.wrap(new RequestWriter("h"), bytes);
        final FinalStage stage = writer.post("/" + path)
            .query(queryName, queryValue)
            .queryRaw("r", path)
            .header("N" + name, value)
            .header("Bytes", new UnsafeBuffer(valueBytes), 0, valueBytes.length)
            .body(body);

        final boolean isRefused = null != writer.error();
        if (isRefused)
        {
            EncodedRequest.assertRefused(writer.error(), stage);
        }
        else
        {
            final String text = textOf(stage.finish());
            final int endOfHead = text.indexOf("\r\n\r\n");
            final byte[] bodyBytes = body.getBytes(StandardCharsets.UTF_8);
            final List<String> lines = List.of(text.substring(0, endOfHead).split("\r\n", -1));
            assertEquals(
                List.of(
                    "Host: h",
                    "N" + name + ": " + value,
                    "Bytes: " + new String(valueBytes, StandardCharsets.ISO_8859_1),
                    "Content-Length: " + bodyBytes.length),
                lines.subList(1, lines.size()));
            assertEquals(new String(bodyBytes, StandardCharsets.ISO_8859_1), text.substring(endOfHead + 4));
            thenTargetIs(lines.getFirst(), path, queryName, queryValue);
        }
        assertGuardsIntact(bytes);
        return !isRefused;
    }

    private static void thenTargetIs(
        final String requestLine, final String path, final String queryName, final String queryValue)
    {
        final String[] parts = requestLine.split(" ", -1);
        assertEquals(3, parts.length, requestLine);
        assertEquals("POST", parts[0]);
        assertEquals("HTTP/1.1", parts[2]);
        final String start = "/" + path + (path.contains("?") ? "&" : "?");
        final String end = "&r=" + path;
        assertEquals(start, parts[1].substring(0, start.length()));
        assertEquals(end, parts[1].substring(parts[1].length() - end.length()));
        final String[] pair = parts[1].substring(start.length(), parts[1].length() - end.length()).split("=", -1);
        assertEquals(2, pair.length);
        assertEquals(queryName, URLDecoder.decode(pair[0], StandardCharsets.UTF_8));
        assertEquals(queryValue, URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }

    /** Mostly harmless, so that many requests are finished, with what might do harm among it. */
    private static String text(final Random random)
    {
        final boolean isHarmless = random.nextInt(8) > 0;
        final int length = random.nextInt(MAX_TEXT_LENGTH);
        final StringBuilder text = new StringBuilder();
        while (text.length() < length)
        {
            text.append(isHarmless || random.nextInt(12) > 0 ?
                (char)('a' + random.nextInt(26)) :
                HARMFUL.charAt(random.nextInt(HARMFUL.length())));
        }
        return text.toString();
    }
}
