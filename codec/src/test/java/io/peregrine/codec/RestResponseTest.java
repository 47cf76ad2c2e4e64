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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import java.util.Arrays;
import java.util.List;

import static io.peregrine.codec.ResponseCase.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a complete response tells: status, header look-ups, body; and that it tells nothing once it is stale. */
class RestResponseTest
{
    private static final HeaderName SET_COOKIE = HeaderName.of("Set-Cookie");
    private static final HeaderName REMAINING = HeaderName.of("X-Remaining");
    private static final HeaderName MISSING = HeaderName.of("X-Missing");

    private final ResponseReader reader = new ResponseReader(4096, ResponseLimits.DEFAULT.maxHeadLength(4096));
    private final RestResponse response = reader.response();
    private final AsciiSequenceView view = new AsciiSequenceView();

    @Test
    void shouldTellTheStatusLine()
    {
        givenResponse("HTTP/1.0 404 Not \u00e0 Found\r\nContent-Length: 0\r\n\r\n");

        assertEquals(404, response.status());
        assertEquals(0, response.minorVersion());
        assertEquals("Not \u00e0 Found", response.reason());
    }

    @Test
    void shouldTellAnEmptyReason()
    {
        givenResponse("HTTP/1.1 200 left over\r\nContent-Length: 0\r\n\r\n");
        givenResponse("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n");

        assertEquals("", response.reason());
        assertEquals(1, response.minorVersion());
    }

    @Test
    void shouldFindHeadersWhateverTheirCase()
    {
        givenResponse(head("SET-cookie: a=1", "x-REMAINING: 12", "Content-Length: 0"));

        assertEquals(0, response.findHeader(SET_COOKIE, 0));
        assertTrue(response.header(REMAINING, view));
        assertEquals("12", view.toString());
        assertEquals("12", response.header("X-rEMAINING"));
        assertEquals("0", response.header("content-length"));
    }

    @Test
    void shouldFindTheFirstAndEveryValueOfAName()
    {
        givenResponse(head("Set-Cookie: a=1", "X: y", "set-cookie: b=2", "Content-Length: 0", "SET-COOKIE: c=3"));

        assertEquals("a=1", response.header("Set-Cookie"));
        final StringBuilder values = new StringBuilder();
        int index = response.findHeader(SET_COOKIE, 0);
        while (RestResponse.NOT_FOUND != index)
        {
            response.headerValue(index, view);
            values.append(index).append(' ').append(view).append(' ');
            index = response.findHeader(SET_COOKIE, index + 1);
        }
        assertEquals("0 a=1 2 b=2 4 c=3 ", values.toString());
        assertEquals(RestResponse.NOT_FOUND, response.findHeader(SET_COOKIE, 5));
        assertEquals(RestResponse.NOT_FOUND, response.findHeader(SET_COOKIE, 6));
    }

    @Test
    void shouldLeaveTheViewAloneWhenThereIsNoSuchHeader()
    {
        givenResponse(head("X: y", "Content-Length: 0"));
        view.wrap(new UnsafeBuffer("before".getBytes(ISO_8859_1)), 0, 6);

        assertFalse(response.header(MISSING, view));
        assertEquals("before", view.toString());
        assertNull(response.header("X-Missing"));
        assertEquals(RestResponse.NOT_FOUND, response.findHeader(MISSING, 0));
    }

    @Test
    void shouldNotMixUpNamesOfTheSameLength()
    {
        givenResponse(head("X-Remaininh: 1", "Y-Remaining: 2", "X_Remaining: 3", "X-Remaining2: 4",
            "Content-Length: 0"));

        assertEquals(RestResponse.NOT_FOUND, response.findHeader(REMAINING, 0));
    }

    @Test
    void shouldNotFindHeadersOfTheResponseBefore()
    {
        givenResponse(head("X: y", "Content-Length: 0", "X-Remaining: 12"));
        givenResponse(head("X: y", "Content-Length: 0"));

        assertEquals(RestResponse.NOT_FOUND, response.findHeader(REMAINING, 0));
    }

    @Test
    void shouldSearchAFullTable()
    {
        final int count = ResponseLimits.DEFAULT.maxHeaders();
        final String[] fields = new String[count];
        Arrays.fill(fields, "X: y");
        fields[count - 1] = "Content-Length: 0";
        givenResponse(head(fields));

        assertEquals(RestResponse.NOT_FOUND, response.findHeader(REMAINING, 0));
        assertEquals(count - 1, response.findHeader(HeaderName.of("content-length"), 0));
    }

    @Test
    void shouldShowHeadersInTheOrderReceived()
    {
        givenResponse(head("B:  two \t", "a:", "Content-Length: 0", "C:caf\u00e9"));

        assertEquals(4, response.headerCount());
        assertEquals(List.of("B", "a", "Content-Length", "C"), names());
        assertEquals("two", response.headerValue(0));
        assertEquals("", response.headerValue(1));
        assertEquals("caf\u00e9", response.headerValue(3));
        response.headerName(2, view);
        assertEquals("Content-Length", view.toString());
        response.headerValue(0, view);
        assertEquals("two", view.toString());
        response.headerValue(1, view);
        assertEquals(0, view.length());
    }

    @Test
    void shouldRefuseIndexesOfNoHeader()
    {
        givenResponse(head("X: y", "X: z", "Content-Length: 0"));
        givenResponse(head("Content-Length: 0"));

        for (final int index : new int[]{ -1, 1, 2, Integer.MAX_VALUE, Integer.MIN_VALUE })
        {
            assertEquals("header " + index + " of 1",
                assertThrows(IndexOutOfBoundsException.class, () -> response.headerName(index)).getMessage());
            assertThrows(IndexOutOfBoundsException.class, () -> response.headerValue(index));
            assertThrows(IndexOutOfBoundsException.class, () -> response.headerName(index, view));
            assertThrows(IndexOutOfBoundsException.class, () -> response.headerValue(index, view));
        }
    }

    @Test
    void shouldParseNumbersInPlace()
    {
        assertEquals(0, givenRemaining("0"));
        assertEquals(1200, givenRemaining(" 01200 "));
        assertEquals(Long.MAX_VALUE, givenRemaining("9223372036854775807"));
    }

    @Test
    void shouldTakeWhatIsNoNumberForMissing()
    {
        for (final String value : List.of("", "-1", "+1", "1.5", "1 2", "x", "0x10", "9223372036854775808", "1e3"))
        {
            assertEquals(-7, givenRemaining(value), value);
        }
        assertEquals(-7, response.headerAsLong(MISSING, -7));
    }

    @Test
    void shouldWrapTheBody()
    {
        givenResponse(head("Content-Length: 6") + "\u00c3\u00a9t\u00c3\u00a9!");
        final UnsafeBuffer body = new UnsafeBuffer(0, 0);
        response.body(body);

        assertEquals(6, body.capacity());
        assertEquals(6, response.bodyLength());
        assertEquals((byte)'t', body.getByte(2));
        assertEquals((byte)'t', response.buffer().getByte(response.bodyOffset() + 2));
        assertEquals("\u00e9t\u00e9!", response.bodyAsString());
    }

    @Test
    void shouldReplaceBytesThatAreNoUtf8()
    {
        givenResponse(head("Content-Length: 3") + "a\u00ffb");

        assertEquals("a\ufffdb", response.bodyAsString());
        assertEquals(3, response.bodyAsString().getBytes(UTF_8).length - 2);
    }

    @Test
    void shouldHaveAnEmptyBody()
    {
        givenResponse(head("Content-Length: 0"));
        final UnsafeBuffer body = new UnsafeBuffer(new byte[4]);
        response.body(body);

        assertEquals(0, body.capacity());
        assertEquals("", response.bodyAsString());
    }

    @Test
    void shouldRefuseToLookForAnImpossibleName()
    {
        givenResponse(head("Content-Length: 0"));

        assertThrows(HttpException.class, () -> response.header("X Y"));
        assertThrows(HttpException.class, () -> response.header(""));
    }

    @Test
    void shouldDescribeItselfWithoutItsContent()
    {
        givenResponse(head("X: secret", "Content-Length: 6") + "secret");
        assertEquals("RestResponse{status=200, bodyLength=6}", response.toString());

        response.invalidate();
        assertEquals("RestResponse{stale}", response.toString());
    }

    @Test
    void shouldTellNothingBeforeThereIsAResponse()
    {
        thenEveryAccessorThrows();
    }

    @Test
    void shouldTellNothingOnceStale()
    {
        givenResponse(head("X: y", "Content-Length: 2") + "ok");
        assertTrue(response.isValid());

        response.invalidate();

        thenEveryAccessorThrows();
    }

    @Test
    void shouldTurnStaleWithTheNextExchange()
    {
        givenResponse(head("X: y", "Content-Length: 2") + "ok");

        reader.expect(HttpMethod.GET);

        thenEveryAccessorThrows();
        assertSame(response, reader.response());
    }

    private void thenEveryAccessorThrows()
    {
        final UnsafeBuffer body = new UnsafeBuffer(0, 0);
        final List<Executable> accessors = List.of(
            response::generation,
            response::status,
            response::minorVersion,
            response::reason,
            response::headerCount,
            () -> response.findHeader(REMAINING, 0),
            () -> response.header(REMAINING, view),
            () -> response.header("X"),
            () -> response.headerAsLong(REMAINING, 0),
            () -> response.headerName(0),
            () -> response.headerName(0, view),
            () -> response.headerValue(0),
            () -> response.headerValue(0, view),
            response::buffer,
            response::bodyOffset,
            response::bodyLength,
            () -> response.body(body),
            response::bodyAsString);

        assertFalse(response.isValid());
        for (final Executable accessor : accessors)
        {
            final String message = assertThrows(IllegalStateException.class, accessor).getMessage();
            assertTrue(message.contains("stale"), message);
        }
    }

    private long givenRemaining(final String value)
    {
        givenResponse(head("X-Remaining: " + value, "X-Remaining: 99", "Content-Length: 0"));
        return response.headerAsLong(REMAINING, -7);
    }

    private void givenResponse(final String text)
    {
        reader.expect(HttpMethod.GET);
        reader.read(new UnsafeBuffer(text.getBytes(ISO_8859_1)), 0, text.length());
        assertEquals(ReadState.COMPLETE, reader.state());
    }

    private List<String> names()
    {
        return List.of(response.headerName(0), response.headerName(1), response.headerName(2), response.headerName(3));
    }
}
