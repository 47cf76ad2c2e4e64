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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import static io.peregrine.codec.EncodedRequest.textOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

class RequestWriterTest
{
    private static final int REGION_LENGTH = 64 * 1024;
    private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");
    private static final HeaderName SIGNATURE = HeaderName.of("X-Signature");
    private static final String HOST_LINE = "Host: venue.example\r\n";

    private final UnsafeBuffer region = new UnsafeBuffer(ByteBuffer.allocateDirect(REGION_LENGTH));
    private RequestWriter writer;

    @BeforeEach
    void setUp()
    {
        writer = new RequestWriter("venue.example").wrap(region, 0, REGION_LENGTH);
    }

    @Test
    void shouldWriteTheReferenceOrder()
    {
        writer.defaultHeader("X-API-Key", "key").defaultHeader("Content-Type", "application/json");
        final UnsafeBuffer signature = bufferOf("..0123456789abcdef..");
        final UnsafeBuffer order = bufferOf("--{\"side\":\"BUY\"}--");

        final Request request = writer.post("/api/v3/order")
            .header(TIMESTAMP, 1_790_000_000_123L)
            .header(SIGNATURE, signature, 2, 16)
            .body(order, 2, 14)
            .finish();

        assertEquals(
            "POST /api/v3/order HTTP/1.1\r\n" +
            HOST_LINE +
            "X-API-Key: key\r\n" +
            "Content-Type: application/json\r\n" +
            "X-Timestamp: 1790000000123\r\n" +
            "X-Signature: 0123456789abcdef\r\n" +
            "Content-Length: 14\r\n" +
            "\r\n" +
            "{\"side\":\"BUY\"}",
            textOf(request));
        assertSame(HttpMethod.POST, request.method());
    }

    @ParameterizedTest
    @EnumSource(HttpMethod.class)
    void shouldWriteContentLengthWhereTheMethodExpectsContent(final HttpMethod method)
    {
        final String expected = method + " /a HTTP/1.1\r\n" + HOST_LINE +
            (method.isContentExpected() ? "Content-Length: 0\r\n\r\n" : "\r\n");
        assertEquals(expected, textOf(writer.request(method, "/a").finish()));
        assertEquals(expected, textOf(writer.requestRaw(method, "/a").finish()));
        assertEquals(expected, textOf(start(method, "/a").finish()));
        assertEquals(expected, textOf(startRaw(method, "/a").finish()));
    }

    @ParameterizedTest
    @EnumSource(HttpMethod.class)
    void shouldAllowABodyOnEveryMethod(final HttpMethod method)
    {
        assertEquals(
            method + " / HTTP/1.1\r\n" + HOST_LINE + "Content-Length: 2\r\n\r\nhi",
            textOf(writer.request(method, "").body("hi").finish()));
        assertEquals(
            method + " / HTTP/1.1\r\n" + HOST_LINE + "Content-Length: 0\r\n\r\n",
            textOf(writer.request(method, "").body(new byte[0]).finish()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 10, 99, 100, 101, 999, 1000, 9999, 10_000, 40_000})
    void shouldWriteTheSameBytesForEveryKindOfBody(final int length)
    {
        final String body = "0123456789".repeat(length / 10 + 1).substring(0, length);
        final byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
        final String expected = "PUT /x HTTP/1.1\r\n" + HOST_LINE + "A: b\r\nContent-Length: " + length +
            "\r\n\r\n" + body;

        assertEquals(expected, textOf(put().body(bytes).finish()));
        assertEquals(expected, textOf(put().body(bytes, 0, length).finish()));
        assertEquals(expected, textOf(put().body(new UnsafeBuffer(bytes), 0, length).finish()));
        assertEquals(expected, textOf(put().body(body).finish()));
        assertEquals(expected, textOf(putInPlace(put().beginBody(length), bytes)));

        for (final int previousLength : new int[]{0, 10, 100, 1000, 10_000, length, length})
        {
            putInPlace(put().beginBody(), new byte[previousLength]);
            assertEquals(expected, textOf(putInPlace(put().beginBody(), bytes)), "after " + previousLength);
        }
    }

    @Test
    void shouldLeaveABodyWhereItWasWrittenInSteadyState()
    {
        putInPlace(put().beginBody(), new byte[100]);
        final BodyRegion body = put().beginBody();
        body.buffer().putByte(body.offset(), (byte)'!');
        final int offset = body.offset();
        final Request request = body.endBody(999).finish();

        assertEquals(request.length() - 999, offset);
        assertEquals('!', request.buffer().getByte(offset));
    }

    @Test
    void shouldEncodeATextBodyAsUtf8()
    {
        final String body = "a\u00E9\u20AC\uD83D\uDE00\r\n\u0000";
        final String bytes = new String(body.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals(
            "POST / HTTP/1.1\r\n" + HOST_LINE + "Content-Length: 13\r\n\r\n" + bytes,
            textOf(writer.post("/").body(body).finish()));
    }

    @Test
    void shouldWriteChunks()
    {
        final byte[] content = "0123456789abcdef!".getBytes(StandardCharsets.US_ASCII);
        final Request request = writer.post("/").header("A", "b").chunked()
            .chunk(content)
            .chunk(content, 3, 0)
            .chunk(content, 16, 1)
            .chunk(new UnsafeBuffer(content), 0, 16)
            .finish();

        assertEquals(
            "POST / HTTP/1.1\r\n" + HOST_LINE + "A: b\r\nTransfer-Encoding: chunked\r\n\r\n" +
            "11\r\n0123456789abcdef!\r\n1\r\n!\r\n10\r\n0123456789abcdef\r\n0\r\n\r\n",
            textOf(request));
        assertEquals(
            "GET / HTTP/1.1\r\n" + HOST_LINE + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            textOf(writer.get("/").chunked().finish()));
    }

    @ParameterizedTest
    @CsvSource({
        "'',      '',          /",
        "'',      /,           /",
        "'',      /a?b=c,      /a?b=c",
        "'',      /a%20b;c|~,  /a%20b;c|~",
        "/,       /a,          /a",
        "/api,    '',          /api",
        "/api//,  /,           /api/",
        "/api/v3, /order,      /api/v3/order",
        "///,     '',          /",
        "/a/?,    ,            ",
    })
    void shouldJoinBasePathAndPath(final String basePath, final String path, final String target)
    {
        if (null == target)
        {
            assertThrows(HttpException.class, () -> writer.basePath(basePath));
            return;
        }
        writer.basePath("/replaced").basePath(basePath);
        assertEquals(target, targetOf(writer.get(path).finish()));
        assertEquals(target, targetOf(writer.getRaw(path).finish()));
        assertEquals(target, targetOf(writer.get(new StringBuilder(path)).finish()));
    }

    @Test
    void shouldPercentEncodeTheQuery()
    {
        assertEquals(
            "/q?azAZ09-._~=azAZ09-._~&a%20b=c%2Bd%26%3D%2F%3F%23%25&%0D%0A=%00%7F&%C3%A9=%E2%82%AC%F0%9F%98%80&x=",
            targetOf(writer.get("/q")
                .query("azAZ09-._~", "azAZ09-._~")
                .query("a b", "c+d&=/?#%")
                .query("\r\n", "\u0000\u007F")
                .query("\u00E9", "\u20AC\uD83D\uDE00")
                .query("x", "")
                .finish()));
        assertEquals(
            "/q?n=-9223372036854775808&m=9223372036854775807&z=0",
            targetOf(writer.get("/q")
                .query("n", Long.MIN_VALUE).query("m", Long.MAX_VALUE).query("z", 0).finish()));
    }

    @Test
    void shouldContinueAQueryThatThePathBegan()
    {
        assertEquals("/q?a=b&c=d&e=f", targetOf(writer.get("/q?a=b").query("c", "d").queryRaw("e", "f").finish()));
        assertEquals("/?a%20=%2F", targetOf(writer.get("").queryRaw("a%20", "%2F").finish()));
    }

    @Test
    void shouldNotConfuseALineInPlaceWithAnother()
    {
        final String path = "/q";
        assertEquals("/q?a=1", targetOf(writer.get(path).query("a", 1).finish()));
        assertEquals("/q", targetOf(writer.get(path).finish()));
        assertEquals("/q", targetOf(writer.get(path).finish()));
        assertEquals("/q?b=2", targetOf(writer.get(path).query("b", 2).finish()));
        assertEquals("DELETE /q ", textOf(writer.delete(path).finish()).substring(0, 10));
        writer.basePath("/base");
        assertEquals("/base/q", targetOf(writer.delete(path).finish()));
        final StringBuilder mutable = new StringBuilder("/one");
        assertEquals("/base/one", targetOf(writer.delete(mutable).finish()));
        mutable.replace(1, 4, "two");
        assertEquals("/base/two", targetOf(writer.delete(mutable).finish()));
    }

    @Test
    void shouldGrowForLongLinesAndHeads()
    {
        final String text = "x".repeat(5000);
        final Request request = writer.defaultHeader("D", text).get("/" + text).query(text, text)
            .header("H", text).header(HeaderName.of(text), text).finish();
        assertEquals(
            "GET /" + text + "?" + text + "=" + text + " HTTP/1.1\r\n" + HOST_LINE + "D: " + text + "\r\nH: " + text +
            "\r\n" + text + ": " + text + "\r\n\r\n",
            textOf(request));
        assertEquals(
            "GET / HTTP/1.1\r\n" + HOST_LINE + "D: " + text + "\r\n\r\n", textOf(writer.get("/").finish()));
    }

    @Test
    void shouldWriteEveryKindOfHeader()
    {
        final byte[] value = "..v\tw\u00FF..".getBytes(StandardCharsets.ISO_8859_1);
        final Request request = writer.get("/")
            .header("a", "text with\ttab")
            .header(TIMESTAMP, "a longer text\twith tab and more than a word")
            .header(new StringBuilder("sb"), new AsciiSequenceView(bufferOf("view"), 0, 4))
            .header("n", -42)
            .header(TIMESTAMP, Long.MIN_VALUE)
            .header("b", value, 2, 4)
            .header(SIGNATURE, value, 2, 4)
            .header("d", new UnsafeBuffer(value), 2, 4)
            .header(SIGNATURE, new UnsafeBuffer(value), 2, 0)
            .header("empty", "")
            .finish();

        assertEquals(
            "GET / HTTP/1.1\r\n" + HOST_LINE + "a: text with\ttab\r\n" +
            "X-Timestamp: a longer text\twith tab and more than a word\r\nsb: view\r\nn: -42\r\n" +
            "X-Timestamp: -9223372036854775808\r\n" +
            "b: v\tw\u00FF\r\nX-Signature: v\tw\u00FF\r\nd: v\tw\u00FF\r\nX-Signature: \r\nempty: \r\n\r\n",
            textOf(request));
    }

    @ParameterizedTest
    @CsvSource({
        "http://h.example/x, h.example",
        "http://h.example:80, h.example",
        "http://h_h:8080, h_h:8080",
        "https://h:443, h",
        "https://h:80, h:80",
        "http://[::1]:8080/, [::1]:8080",
        "http://[::1], [::1]",
    })
    void shouldWriteHostWithPortOnlyIfNotDefault(final String url, final String host)
    {
        final Request request = new RequestWriter(HttpUrl.parse(url)).wrap(region, 0, 1024).get("/").finish();
        assertEquals("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n", textOf(request));
    }

    @Test
    void shouldWriteTheAsteriskForOptions()
    {
        assertEquals("*", targetOf(writer.options("*").finish()));
        assertEquals("*", targetOf(writer.optionsRaw("*").header("a", "b").finish()));
    }

    @Test
    void shouldWriteWithinARegionOfALargerBuffer()
    {
        final Request request = writer.wrap(region, 100, 200).get("/").finish();
        assertEquals(0, request.offset());
        assertEquals("GET ", region.getStringWithoutLengthAscii(100, 4));
        assertEquals(200, request.buffer().capacity());
    }

    @Test
    void shouldDetectAStaleRequest()
    {
        final Request request = writer.post("/secret").finish();
        assertEquals("Request{method=POST, length=" + request.length() + "}", request.toString());
        writer.get("/");
        assertEquals("Request{stale}", request.toString());
        assertThrows(IllegalStateException.class, request::buffer);
        assertThrows(IllegalStateException.class, request::offset);
        assertThrows(IllegalStateException.class, request::length);
        assertThrows(IllegalStateException.class, request::method);

        final Request next = writer.get("/").finish();
        writer.wrap(region, 0, 10);
        assertThrows(IllegalStateException.class, next::length);
    }

    @Test
    void shouldAbandonAnUnfinishedRequest()
    {
        final BodyRegion body = writer.post("/a").header("x", "y").beginBody();
        body.buffer().putByte(body.offset(), (byte)'?');
        assertEquals("GET / HTTP/1.1\r\n" + HOST_LINE + "\r\n", textOf(writer.get("/").finish()));
        assertFalse(textOf(writer.post("/b").chunked().finish()).contains("x: y"));
    }

    private HeaderStage put()
    {
        return writer.put("/x").header("A", "b");
    }

    private static Request putInPlace(final BodyRegion region, final byte[] bytes)
    {
        region.buffer().putBytes(region.offset(), bytes);
        return region.endBody(bytes.length).finish();
    }

    private QueryStage start(final HttpMethod method, final String path)
    {
        return switch (method)
        {
            case GET -> writer.get(path);
            case HEAD -> writer.head(path);
            case POST -> writer.post(path);
            case PUT -> writer.put(path);
            case DELETE -> writer.delete(path);
            case PATCH -> writer.patch(path);
            case OPTIONS -> writer.options(path);
        };
    }

    private HeaderStage startRaw(final HttpMethod method, final String path)
    {
        return switch (method)
        {
            case GET -> writer.getRaw(path);
            case HEAD -> writer.headRaw(path);
            case POST -> writer.postRaw(path);
            case PUT -> writer.putRaw(path);
            case DELETE -> writer.deleteRaw(path);
            case PATCH -> writer.patchRaw(path);
            case OPTIONS -> writer.optionsRaw(path);
        };
    }

    private static String targetOf(final Request request)
    {
        return textOf(request).split(" ", 3)[1];
    }

    private static UnsafeBuffer bufferOf(final String text)
    {
        return new UnsafeBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
