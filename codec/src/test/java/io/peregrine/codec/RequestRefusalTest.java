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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import static io.peregrine.codec.EncodedRequest.assertRefused;
import static io.peregrine.codec.EncodedRequest.textOf;
import static io.peregrine.codec.RequestError.BODY_LENGTH_MISMATCH;
import static io.peregrine.codec.RequestError.CONTROL_CHARACTER;
import static io.peregrine.codec.RequestError.FORBIDDEN_HEADER;
import static io.peregrine.codec.RequestError.INVALID_BODY;
import static io.peregrine.codec.RequestError.INVALID_HEADER_NAME;
import static io.peregrine.codec.RequestError.INVALID_HEADER_VALUE;
import static io.peregrine.codec.RequestError.INVALID_QUERY;
import static io.peregrine.codec.RequestError.INVALID_TARGET;
import static io.peregrine.codec.RequestError.INVALID_URL;
import static io.peregrine.codec.RequestError.REQUEST_TOO_LARGE;
import static io.peregrine.codec.RequestError.WRONG_ORDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RequestRefusalTest
{
    private static final int REGION_LENGTH = 4096;
    private static final String[] RESERVED = {"Host", "Content-Length", "Transfer-Encoding", "Connection"};

    private final UnsafeBuffer region = new UnsafeBuffer(new byte[REGION_LENGTH]);
    private final RequestWriter writer = new RequestWriter("h").wrap(region, 0, REGION_LENGTH);

    @AfterEach
    void shouldBeUsableAgain()
    {
        writer.wrap(region, 0, REGION_LENGTH);
        assertEquals("GET /ok HTTP/1.1\r\nHost: h\r\n\r\n", textOf(writer.get("/ok").finish()));
        assertNull(writer.error());
    }

    @Test
    void shouldRefuseControlsAnywhere()
    {
        for (char c = 0; c < 0x80; c++)
        {
            if (c < ' ' || 0x7F == c)
            {
                for (final String padding : new String[]{"", "abcdefg", "abcdefgh", "abcdefghijklm"})
                {
                    final String text = padding + c + padding;
                    assertRefused(CONTROL_CHARACTER, writer.get("/" + text));
                    assertRefused(CONTROL_CHARACTER, writer.getRaw("/" + text));
                    assertRefused(CONTROL_CHARACTER, writer.get(new StringBuilder("/" + text)));
                    assertRefused(CONTROL_CHARACTER, writer.get("/").queryRaw(text, ""));
                    assertRefused(CONTROL_CHARACTER, writer.get("/").queryRaw("", text));
                    assertRefused(CONTROL_CHARACTER, writer.get("/").header(text, "v"));
                    assertThrowsError(CONTROL_CHARACTER, () -> HeaderName.of(text));
                    assertThrowsError(CONTROL_CHARACTER, () -> writer.basePath("/" + text));
                    assertThrowsError(CONTROL_CHARACTER, () -> new RequestWriter("h" + text));
                    assertThrowsError(CONTROL_CHARACTER, () -> writer.defaultHeader(text, "v"));
                    if ('\t' != c)
                    {
                        shouldRefuseInValues(CONTROL_CHARACTER, text);
                        shouldRefuseInByteValues(text);
                        assertThrowsError(CONTROL_CHARACTER, () -> writer.defaultHeader("N", text));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0080", "\u00E9", "\u00FF", "\u0100", "\u010A", "\u0141", "\u20AC", "\uD83D"})
    void shouldRefuseTextOutsideAscii(final String character)
    {
        for (final String padding : new String[]{"", "abcdefg", "abcdefgh", "abcdefghijklm"})
        {
            final String text = padding + character + padding;
            shouldRefuseInValues(INVALID_HEADER_VALUE, text);
            assertRefused(INVALID_TARGET, writer.get("/" + text));
            assertRefused(INVALID_TARGET, writer.get("/").queryRaw("n", text));
            assertRefused(INVALID_HEADER_NAME, writer.get("/").header(text, "v"));
            assertThrowsError(INVALID_HEADER_VALUE, () -> writer.defaultHeader("N", text));
            assertThrowsError(INVALID_HEADER_NAME, () -> writer.defaultHeader(text, "v"));
            assertThrowsError(INVALID_TARGET, () -> writer.basePath("/" + text));
            assertThrowsError(INVALID_URL, () -> new RequestWriter(text));
        }
    }

    @Test
    void shouldRefuseNamesThatAreNoTokens()
    {
        for (final char c : " \"(),/:;<=>?@[\\]{}".toCharArray())
        {
            assertRefused(INVALID_HEADER_NAME, writer.get("/").header("a" + c, "v"));
            assertRefused(INVALID_HEADER_NAME, writer.get("/").header(c + "a", 1));
            assertThrowsError(INVALID_HEADER_NAME, () -> HeaderName.of("a" + c + "b"));
        }
        assertRefused(INVALID_HEADER_NAME, writer.get("/").header("", "v"));
        assertThrowsError(INVALID_HEADER_NAME, () -> HeaderName.of(""));
        assertThrowsError(INVALID_HEADER_NAME, () -> writer.defaultHeader("", "v"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/#", "/a#b", "a", "*", "http://h/", " /", "?a=b"})
    void shouldRefuseMalformedTargets(final String target)
    {
        assertRefused(INVALID_TARGET, writer.get(target));
        assertRefused(INVALID_TARGET, writer.getRaw(target));
        if (!target.equals("*"))
        {
            assertRefused(INVALID_TARGET, writer.options(target));
        }
    }

    @Test
    void shouldRefuseAQueryOrABasePathWithTheAsterisk()
    {
        assertRefused(INVALID_TARGET, writer.options("*").query("a", "b"));
        assertRefused(INVALID_TARGET, writer.options("**"));
        assertRefused(INVALID_TARGET, new RequestWriter("h").basePath("/a").wrap(region, 0, 100).options("*"));
        assertEquals("OPTIONS /* ", textOf(writer.options("/*").finish()).substring(0, 11));
        assertTrue(textOf(writer.options("/*").query("a", "b").finish()).startsWith("OPTIONS /*?a=b "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/a b", "/a?b", "/a#", "*"})
    void shouldRefuseMalformedBasePaths(final String basePath)
    {
        assertThrowsError(INVALID_TARGET, () -> writer.basePath(basePath));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h/", "h?", "u@h", "h ", "h#", "h\\"})
    void shouldRefuseMalformedHosts(final String host)
    {
        assertThrowsError(INVALID_URL, () -> new RequestWriter(host));
    }

    @Test
    void shouldRefuseHeadersThatBelongToTheWriterInAnyCase()
    {
        for (final String reserved : RESERVED)
        {
            final String lowerCase = reserved.toLowerCase(Locale.ROOT);
            for (final String name : new String[]{reserved, lowerCase, reserved.toUpperCase(Locale.ROOT)})
            {
                final HeaderName headerName = HeaderName.of(name);
                assertRefused(FORBIDDEN_HEADER, writer.get("/").header(name, "v"));
                assertRefused(FORBIDDEN_HEADER, writer.get("/").header(name, 1));
                assertRefused(FORBIDDEN_HEADER, writer.get("/").header(name, new byte[1], 0, 1));
                assertRefused(FORBIDDEN_HEADER, writer.get("/").header(name, region, 0, 1));
                assertRefused(FORBIDDEN_HEADER, writer.get("/").header(headerName, "v"));
                assertRefused(FORBIDDEN_HEADER, writer.get("/").header(headerName, 1));
                assertRefused(FORBIDDEN_HEADER, writer.get("/").header(headerName, new byte[1], 0, 1));
                assertRefused(FORBIDDEN_HEADER, writer.get("/").header(headerName, region, 0, 1));
                assertThrowsError(FORBIDDEN_HEADER, () -> writer.defaultHeader(name, "v"));
                assertThrowsError(FORBIDDEN_HEADER, () -> writer.defaultHeader(headerName, "v"));
            }
        }
        assertEquals("HosT", HeaderName.of("HosT").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD83D", "a\uD83Db", "\uDE00", "\uDE00\uD83D", "\uD83D\uD83D\uDE00"})
    void shouldRefuseHalfASurrogatePair(final String text)
    {
        assertRefused(INVALID_QUERY, writer.get("/").query(text, "v"));
        assertRefused(INVALID_QUERY, writer.get("/").query("n", text));
        assertRefused(INVALID_QUERY, writer.get("/").query(text, 1));
        assertRefused(INVALID_BODY, writer.post("/").body(text));
    }

    @Test
    void shouldKeepTheFirstErrorAndIgnoreLaterSteps()
    {
        final HeaderStage stage = writer.post("/").header("bad name", "v");
        assertEquals(INVALID_HEADER_NAME, writer.error());
        stage.header("Host", "x").header("ok", "\r\n").header("big", "x".repeat(2 * REGION_LENGTH));
        final BodyRegion body = stage.beginBody();
        assertEquals(0, body.capacity());
        assertEquals(0, body.offset());
        assertEquals(0, stage.beginBody(10).capacity());
        stage.chunked().chunk(new byte[1]);
        assertRefused(INVALID_HEADER_NAME, body.endBody(7));
        assertEquals(INVALID_HEADER_NAME, writer.error());
        assertRefused(INVALID_HEADER_NAME, stage);
    }

    @Test
    void shouldNotLeakValuesIntoDetails()
    {
        final HeaderStage stage = writer.get("/").header("X-Key", "secret\r\n");
        final HttpException exception = assertThrows(HttpException.class, stage::finish);
        assertEquals(
            "CONTROL_CHARACTER: character 13 at index 6 of the value of header X-Key", exception.getMessage());
        assertFalse(exception.getMessage().contains("secret"));
    }

    @Test
    void shouldNameTheLimitOfTheBuffer()
    {
        final FinalStage stage = writer.post("/").body(new byte[REGION_LENGTH]);
        final HttpException exception = assertThrows(HttpException.class, stage::finish);
        assertEquals(
            "REQUEST_TOO_LARGE: request needs more than 4096 bytes (transmit buffer length)", exception.getMessage());
        assertRefused(REQUEST_TOO_LARGE, new RequestWriter("h").get("/"));
    }

    @Test
    void shouldRefuseABodyOfAnotherLength()
    {
        assertRefused(BODY_LENGTH_MISMATCH, writer.post("/").beginBody(5).endBody(4));
        assertRefused(BODY_LENGTH_MISMATCH, writer.post("/").beginBody(5).endBody(6));
        assertRefused(BODY_LENGTH_MISMATCH, writer.post("/").beginBody(-1).endBody(-1));
        assertRefused(BODY_LENGTH_MISMATCH, writer.post("/").beginBody().endBody(-1));
        assertRefused(REQUEST_TOO_LARGE, writer.post("/").beginBody().endBody(REGION_LENGTH));
    }

    @Test
    void shouldRefuseStepsThatAreNotDue()
    {
        final QueryStage query = writer.get("/");
        query.header("a", "b");
        assertRefused(WRONG_ORDER, query.query("c", "d"));

        final HeaderStage headers = writer.post("/");
        headers.body("x");
        assertRefused(WRONG_ORDER, headers.header("a", "b"));

        final BodyStage body = writer.post("/");
        body.beginBody();
        assertRefused(WRONG_ORDER, body);

        final ChunkStage chunks = writer.post("/").chunked();
        chunks.finish();
        assertRefused(WRONG_ORDER, chunks.chunk(new byte[1]));

        final BodyRegion bodyRegion = writer.post("/").beginBody();
        bodyRegion.endBody(0);
        assertRefused(WRONG_ORDER, bodyRegion.endBody(0));

        assertRefused(WRONG_ORDER, ((QueryStage)writer.getRaw("/")).query("a", 1));
    }

    @Test
    void shouldNotTouchAFinishedRequest()
    {
        final HeaderStage stage = writer.post("/");
        final Request request = stage.finish();
        final String text = textOf(request);
        stage.header("a", "b").body("c");
        assertEquals(WRONG_ORDER, writer.error());
        assertEquals(text, textOf(request));
        assertRefused(WRONG_ORDER, stage);
    }

    @Test
    void shouldLeaveNothingHalfWrittenWhenTheCallersRegionIsOutOfBounds()
    {
        final QueryStage stage = writer.post("/");
        final UnsafeBuffer small = new UnsafeBuffer(new byte[4]);
        assertThrows(IndexOutOfBoundsException.class, () -> stage.header("a", small, 0, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> stage.header("a", small, 0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> stage.header("a", new byte[4], 3, 2));
        assertThrows(IndexOutOfBoundsException.class, () -> stage.body(small, 1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> stage.body(new byte[4], 0, -1));
        assertThrows(NullPointerException.class, () -> stage.header("a", (CharSequence)null));
        assertEquals("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n", textOf(stage.finish()));
        assertThrows(NullPointerException.class, () -> writer.get(null));
    }

    @Test
    void shouldGiveEachReasonAStableIdOfItsOwn()
    {
        final Set<Integer> ids = new HashSet<>();
        for (final RequestError error : RequestError.values())
        {
            assertTrue(ids.add(error.id()), error.name());
            assertEquals(100 + error.ordinal(), error.id(), error.name());
            assertFalse(error.description().isEmpty(), error.name());
        }
    }

    private void shouldRefuseInValues(final RequestError error, final String text)
    {
        assertRefused(error, writer.get("/").header("N", text));
        assertRefused(error, writer.get("/").header(HeaderName.of("N"), text));
        assertRefused(error, writer.get("/").header("N", new StringBuilder(text)));
    }

    private void shouldRefuseInByteValues(final String text)
    {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(CONTROL_CHARACTER, writer.get("/").header("N", bytes, 0, bytes.length));
        assertRefused(CONTROL_CHARACTER, writer.get("/").header(HeaderName.of("N"), bytes, 0, bytes.length));
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        assertRefused(CONTROL_CHARACTER, writer.get("/").header("N", buffer, 0, bytes.length));
        assertRefused(CONTROL_CHARACTER, writer.get("/").header(HeaderName.of("N"), buffer, 0, bytes.length));
    }

    private static void assertThrowsError(final RequestError error, final Runnable action)
    {
        assertEquals(error, assertThrows(HttpException.class, action::run).error());
    }
}
