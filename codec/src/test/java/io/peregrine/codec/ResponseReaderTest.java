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
import org.junit.jupiter.api.Timeout;

import java.nio.ByteBuffer;

import static io.peregrine.codec.ReadState.COMPLETE;
import static io.peregrine.codec.ReadState.FAILED;
import static io.peregrine.codec.ReadState.INCOMPLETE;
import static io.peregrine.codec.ResponseCase.chunkedHead;
import static io.peregrine.codec.ResponseCase.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A reader's life across exchanges, and its buffer. What single responses mean is in {@link ResponseCorpus}. */
class ResponseReaderTest
{
    private static final int CAPACITY = 1024;
    private static final ResponseLimits LIMITS = ResponseLimits.DEFAULT.maxHeadLength(CAPACITY);

    private final ResponseReader reader = new ResponseReader(CAPACITY, LIMITS);

    @Test
    void shouldAwaitAResponseFromTheStart()
    {
        assertEquals(INCOMPLETE, reader.state());
        assertNull(reader.error());
        assertNull(reader.errorDetail());
        assertFalse(reader.isReusable());
        assertFalse(reader.response().isValid());
        assertEquals(0, reader.bytesReceived());
        assertEquals(0, reader.bytesConsumed());
        assertSame(LIMITS, reader.limits());
        assertEquals(COMPLETE, peerSends(head("Content-Length: 0")));
    }

    @Test
    void shouldReadOneExchangeAfterAnother()
    {
        for (int i = 0; i < 3; i++)
        {
            reader.expect(HttpMethod.GET);
            peerSends(head("X-First: 1", "Content-Length: 5"));
            assertEquals(COMPLETE, peerSends("hello"));
            thenBodyIs("hello");

            reader.expect(HttpMethod.HEAD);
            assertEquals(COMPLETE, peerSends(head("Content-Length: 5")));
            thenBodyIs("");

            reader.expect(HttpMethod.POST);
            peerSends("HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n");
            assertEquals(COMPLETE, peerSends(chunkedHead() + "2;x\r\nok\r\n0\r\nX: y\r\n\r\n"));
            thenBodyIs("ok");
            assertEquals(1, reader.response().headerCount());
            assertFalse(reader.isReusable());

            reader.expect(HttpMethod.GET);
            assertEquals(COMPLETE, peerSends(head("Content-Length: 0")));
            assertTrue(reader.isReusable());
        }
    }

    @Test
    void shouldStartAfreshAfterAFailure()
    {
        assertEquals(FAILED, peerSends("nonsense"));
        assertEquals(ResponseError.MALFORMED_STATUS_LINE, reader.error());

        reader.expect(HttpMethod.GET);

        assertEquals(INCOMPLETE, reader.state());
        assertNull(reader.error());
        assertNull(reader.errorDetail());
        assertEquals(COMPLETE, peerSends(head("Content-Length: 2") + "ok"));
        thenBodyIs("ok");
    }

    @Test
    void shouldStartAfreshInTheMiddleOfAnything()
    {
        final String response = "HTTP/1.1 100 x\r\n\r\n" + chunkedHead() + "2;x\r\nok\r\n0\r\nX: y\r\n\r\n";
        for (int length = 0; length <= response.length(); length++)
        {
            reader.expect(HttpMethod.GET);
            peerSends(response.substring(0, length));

            reader.expect(HttpMethod.GET);
            assertEquals(COMPLETE, peerSends(response));
            thenBodyIs("ok");
            assertTrue(reader.isReusable());
            assertEquals(response.length(), reader.bytesConsumed());
        }
    }

    @Test
    void shouldForgetTheEndOfTheStreamBefore()
    {
        peerSends(head());
        assertEquals(COMPLETE, reader.onEndOfStream());
        assertFalse(reader.isReusable());

        reader.expect(HttpMethod.GET);
        peerSends(head("Content-Length: 0"));

        assertTrue(reader.isReusable());
    }

    @Test
    void shouldCountResponses()
    {
        peerSends(head("Content-Length: 0"));
        final long generation = reader.response().generation();

        reader.expect(HttpMethod.GET);
        peerSends(head("Content-Length: 0"));

        assertEquals(generation + 1, reader.response().generation());
    }

    @Test
    void shouldNotBeReusableOnceMoreBytesCome()
    {
        peerSends(head("Content-Length: 2") + "ok");
        assertTrue(reader.isReusable());

        reader.receiveRegion().put((byte)'H');
        assertEquals(COMPLETE, reader.onReceived(1));

        assertFalse(reader.isReusable());
        thenBodyIs("ok");
    }

    @Test
    void shouldNotBeReusableWhenChunksAreFollowedByBytes()
    {
        peerSends(chunkedHead() + "2\r\nok\r\n0\r\n\r\nx");

        assertEquals(reader.bytesReceived() - 1, reader.bytesConsumed());
        assertFalse(reader.isReusable());
        thenBodyIs("ok");
    }

    @Test
    void shouldStayFailedWhateverComesNext()
    {
        peerSends("nonsense");
        reader.receiveRegion().put(head("Content-Length: 0").getBytes(ISO_8859_1));

        assertEquals(FAILED, reader.onReceived(38));
        assertEquals(FAILED, reader.onEndOfStream());
        assertEquals(ResponseError.MALFORMED_STATUS_LINE, reader.error());
        assertEquals(0, reader.bytesConsumed());
        assertEquals("nonsense".length() + 38, reader.bytesReceived());
        assertThrows(IllegalStateException.class, () -> reader.response().status());
    }

    @Test
    void shouldTakeNothingMoreOnceSettled()
    {
        peerSends(head("Content-Length: 0"));
        final UnsafeBuffer more = new UnsafeBuffer(new byte[10]);

        assertEquals(0, reader.read(more, 0, 10));
        assertTrue(reader.isReusable());
    }

    @Test
    void shouldReadFromWithinABuffer()
    {
        final byte[] response = (head("Content-Length: 2") + "ok").getBytes(ISO_8859_1);
        final UnsafeBuffer source = new UnsafeBuffer(new byte[response.length + 7]);
        source.putBytes(5, response);

        assertEquals(response.length, reader.read(source, 5, response.length));
        thenBodyIs("ok");
    }

    @Test
    void shouldReceiveIntoItsOwnRegion()
    {
        final byte[] response = (head("Content-Length: 2") + "ok").getBytes(ISO_8859_1);
        for (int i = 0; i < response.length; i++)
        {
            assertEquals(i, reader.receiveOffset());
            final ByteBuffer region = reader.receiveRegion();
            assertEquals(reader.receiveLength(), region.remaining());
            assertEquals(reader.receiveOffset(), region.position());
            region.put(response[i]);
            assertEquals(i == response.length - 1 ? COMPLETE : INCOMPLETE, reader.onReceived(1));
        }

        thenBodyIs("ok");
    }

    @Test
    void shouldRefuseLengthsThatCannotBe()
    {
        assertThrows(IllegalArgumentException.class, () -> reader.onReceived(-1));
        assertThrows(IllegalArgumentException.class, () -> reader.onReceived(reader.receiveLength() + 1));
        assertEquals(INCOMPLETE, reader.onReceived(0));
        assertEquals(0, reader.bytesReceived());
    }

    @Test
    void shouldTakeAllThatFits()
    {
        final int length = reader.receiveLength();
        assertTrue(length > CAPACITY);

        assertEquals(FAILED, reader.onReceived(length));
        assertEquals(0, reader.receiveLength());
        assertEquals(0, reader.receiveRegion().remaining());
    }

    @Test
    void shouldAlwaysHaveRoomWhileIncomplete()
    {
        final String head = chunkedHead();
        final int roomForBody = CAPACITY - head.length();
        peerSends(head + Integer.toHexString(roomForBody) + "\r\n" + "x".repeat(roomForBody));
        for (final char c : ("\r\n0;" + "x".repeat(300) + "\r\n" + "X: y\r\n".repeat(100) + "\r").toCharArray())
        {
            assertEquals(INCOMPLETE, reader.state());
            assertTrue(reader.receiveLength() > 0);
            peerSends(String.valueOf(c));
        }

        assertEquals(COMPLETE, peerSends("\n"));
        thenBodyIs("x".repeat(roomForBody));
        assertTrue(reader.isReusable());
    }

    @Test
    void shouldRefuseABufferThatIsSmallerThanTheLongestHead()
    {
        final IllegalArgumentException ex = assertThrows(
            IllegalArgumentException.class, () -> new ResponseReader(CAPACITY - 1, LIMITS));

        assertEquals("capacity 1023 is less than maxHeadLength 1024", ex.getMessage());
    }

    @Test
    @Timeout(10)
    void shouldWorkWithTheLargestLimits()
    {
        final ResponseReader generous = new ResponseReader(CAPACITY, LIMITS
            .maxBodyLength(Integer.MAX_VALUE)
            .maxInterimResponses(Integer.MAX_VALUE)
            .maxChunkExtensionLength(Integer.MAX_VALUE)
            .maxTrailerLength(Integer.MAX_VALUE));
        final String response = "HTTP/1.1 100 x\r\n\r\n" + chunkedHead() + "2 ;x\r\nok\r\n0;y\r\nX: y\r\n\r\n";

        final ResponseVerdict verdict = ResponseFeeder.feed(
            generous, HttpMethod.GET, response.getBytes(ISO_8859_1), false, Segmentation.WHOLE);

        assertEquals(COMPLETE, verdict.state());
        assertEquals("ok", verdict.body());
    }

    @Test
    void shouldEndInterimResponsesWhateverTheirNumber()
    {
        final ResponseReader patient = new ResponseReader(CAPACITY, LIMITS.maxInterimResponses(5000));
        final String interim = "HTTP/1.1 102 Processing\r\n\r\n";

        final ResponseVerdict enough = ResponseFeeder.feed(patient, HttpMethod.GET,
            (interim.repeat(5000) + head("Content-Length: 0")).getBytes(ISO_8859_1), false,
            Segmentation.piecesOf(1000));
        final ResponseVerdict tooMany = ResponseFeeder.feed(patient, HttpMethod.GET,
            interim.repeat(9000).getBytes(ISO_8859_1), false, Segmentation.piecesOf(1000));

        assertTrue(enough.isReusable());
        assertEquals(ResponseError.TOO_MANY_INTERIM_RESPONSES, tooMany.error());
        assertEquals(5001L * interim.length(), tooMany.consumed());
    }

    private ReadState peerSends(final String text)
    {
        reader.read(new UnsafeBuffer(text.getBytes(ISO_8859_1)), 0, text.length());
        return reader.state();
    }

    private void thenBodyIs(final String body)
    {
        assertEquals(COMPLETE, reader.state());
        assertEquals(body, reader.response().bodyAsString());
    }
}
