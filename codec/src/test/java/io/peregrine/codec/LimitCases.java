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

import java.util.List;
import java.util.stream.Stream;

import static io.peregrine.codec.ResponseCase.chunkedHead;
import static io.peregrine.codec.ResponseCase.complete;
import static io.peregrine.codec.ResponseCase.head;
import static io.peregrine.codec.ResponseCase.refused;
import static io.peregrine.codec.ResponseCase.untilClose;
import static io.peregrine.codec.ResponseError.BODY_TOO_LARGE;
import static io.peregrine.codec.ResponseError.CHUNK_EXTENSIONS_TOO_LARGE;
import static io.peregrine.codec.ResponseError.CONTROL_BYTE;
import static io.peregrine.codec.ResponseError.HEAD_TOO_LARGE;
import static io.peregrine.codec.ResponseError.RECEIVE_BUFFER_TOO_SMALL;
import static io.peregrine.codec.ResponseError.TOO_MANY_HEADERS;
import static io.peregrine.codec.ResponseError.TRAILERS_TOO_LARGE;

/** Each limit: what just meets it passes, one more fails. */
final class LimitCases
{
    private static final String END = "0\r\n\r\n";
    /** 39 bytes. */
    private static final String HEAD_OF_LENGTH_25 = head("Content-Length: 25");

    private LimitCases()
    {
    }

    static List<ResponseCase> all()
    {
        return Stream.of(heads(), bodies(), buffers(), extensions(), trailers()).flatMap(List::stream).toList();
    }

    private static List<ResponseCase> heads()
    {
        return List.of(
            complete("head that just fits", head("Content-Length: 0")).within(limits -> limits.maxHeadLength(38)),
            refused("head without its last byte", HEAD_TOO_LARGE,
                head("Content-Length: 0").replace("\r\n\r\n", "\r\n\r▸\n"))
                .within(limits -> limits.maxHeadLength(37)),
            refused("status line that is too long", HEAD_TOO_LARGE, "HTTP/1.1 200 long▸ reason\r\n\r\n")
                .within(limits -> limits.maxHeadLength(17)),
            refused("fault right behind the limit", HEAD_TOO_LARGE, "HTTP/1.1 200 long▸\0reason\r\n\r\n")
                .within(limits -> limits.maxHeadLength(17)),
            refused("fault right before the limit", CONTROL_BYTE, "HTTP/1.1 200 lon▸\0 reason\r\n\r\n")
                .within(limits -> limits.maxHeadLength(17)),
            complete("each head has the whole limit",
                "HTTP/1.1 100 Continue\r\nX: 12345678\r\n\r\n" + head("Content-Length: 0"))
                .within(limits -> limits.maxHeadLength(38)),
            refused("interim head that is too long", HEAD_TOO_LARGE,
                "HTTP/1.1 100 Continue\r\nX: 12345678\r\n\r▸\n" + head("Content-Length: 0"))
                .within(limits -> limits.maxHeadLength(37)),
            complete("as many fields as allowed", head("X: y", "X: y", "Content-Length: 0"))
                .within(limits -> limits.maxHeaders(3)),
            refused("one field more", TOO_MANY_HEADERS, head("X: y", "X: y", "X: y", "Content-Length: 0\r▸\n"))
                .within(limits -> limits.maxHeaders(3)),
            complete("fields are counted for each head",
                "HTTP/1.1 100 Continue\r\nX: y\r\nX: y\r\n\r\n" + head("X: y", "Content-Length: 0"))
                .within(limits -> limits.maxHeaders(2)));
    }

    private static List<ResponseCase> bodies()
    {
        return List.of(
            complete("length that is allowed", head("Content-Length: 5") + "hello").body("hello")
                .within(limits -> limits.maxBodyLength(5)),
            refused("length of one more", BODY_TOO_LARGE, head("Content-Length: 6") + "▸hello!")
                .within(limits -> limits.maxBodyLength(5)),
            complete("chunks that are allowed", chunkedHead() + "3\r\nhel\r\n2\r\nlo\r\n" + END).body("hello")
                .within(limits -> limits.maxBodyLength(5)),
            refused("chunks of one more", BODY_TOO_LARGE, chunkedHead() + "3\r\nhel\r\n3\r▸\nlo!\r\n" + END)
                .within(limits -> limits.maxBodyLength(5)),
            untilClose("body until close that is allowed", head() + "hello").body("hello")
                .within(limits -> limits.maxBodyLength(5)),
            refused("body until close of one more", BODY_TOO_LARGE, head() + "hello▸!")
                .within(limits -> limits.maxBodyLength(5)),
            complete("no body is allowed", head("Content-Length: 0")).within(limits -> limits.maxBodyLength(0)),
            refused("body when none is allowed", BODY_TOO_LARGE, head("Content-Length: 1") + "▸x")
                .within(limits -> limits.maxBodyLength(0)));
    }

    private static List<ResponseCase> buffers()
    {
        return List.of(
            complete("length that fills the buffer", HEAD_OF_LENGTH_25 + "x".repeat(25)).body("x".repeat(25))
                .capacity(64),
            refused("length of one more than the buffer", RECEIVE_BUFFER_TOO_SMALL,
                HEAD_OF_LENGTH_25 + "▸" + "x".repeat(25))
                .capacity(63),
            complete("buffer and limit are the same", HEAD_OF_LENGTH_25 + "x".repeat(25)).body("x".repeat(25))
                .capacity(64).within(limits -> limits.maxBodyLength(25)),
            refused("limit is named when buffer and limit are the same", BODY_TOO_LARGE,
                head("Content-Length: 26") + "▸" + "x".repeat(26))
                .capacity(64).within(limits -> limits.maxBodyLength(25)),
            complete("chunks that fill the buffer",
                chunkedHead() + "a;extension\r\n0123456789\r\n7\r\nabcdefg\r\n" + END).body("0123456789abcdefg")
                .capacity(64),
            refused("chunks of one more than the buffer", RECEIVE_BUFFER_TOO_SMALL,
                chunkedHead() + "a\r\n0123456789\r\n8\r▸\nabcdefgh\r\n" + END).capacity(64),
            untilClose("body until close that fills the buffer", head() + "x".repeat(45)).body("x".repeat(45))
                .capacity(64),
            refused("body until close of one more than the buffer", RECEIVE_BUFFER_TOO_SMALL,
                head() + "x".repeat(45) + "▸x").capacity(64),
            complete("chunks with more around them than the buffer holds",
                chunkedHead() + ("1;" + "e".repeat(40) + "\r\nx\r\n").repeat(9) + END).body("x".repeat(9)).capacity(64),
            complete("trailers longer than the buffer",
                chunkedHead() + "2\r\nok\r\n0\r\n" + "Trailer: 0123456789\r\n".repeat(20) + "\r\n").body("ok")
                .capacity(64));
    }

    private static List<ResponseCase> extensions()
    {
        return List.of(
            complete("extension that is allowed", chunkedHead() + "2;abc\r\nok\r\n" + END).body("ok")
                .within(limits -> limits.maxChunkExtensionLength(4)),
            refused("extension of one more", CHUNK_EXTENSIONS_TOO_LARGE, chunkedHead() + "2;abc▸d\r\nok\r\n" + END)
                .within(limits -> limits.maxChunkExtensionLength(4)),
            complete("extensions of several chunks that are allowed", chunkedHead() + "1;a\r\no\r\n1;b\r\nk\r\n" + END)
                .body("ok").within(limits -> limits.maxChunkExtensionLength(4)),
            refused("extensions of several chunks, one more", CHUNK_EXTENSIONS_TOO_LARGE,
                chunkedHead() + "1;a\r\no\r\n1;b▸c\r\nk\r\n" + END).within(limits -> limits.maxChunkExtensionLength(4)),
            refused("extension when none is allowed", CHUNK_EXTENSIONS_TOO_LARGE, chunkedHead() + "2▸;\r\nok\r\n" + END)
                .within(limits -> limits.maxChunkExtensionLength(0)),
            complete("no extension when none is allowed", chunkedHead() + "2\r\nok\r\n" + END).body("ok")
                .within(limits -> limits.maxChunkExtensionLength(0)),
            complete("white space counts too", chunkedHead() + "2 \t;\r\nok\r\n" + END).body("ok")
                .within(limits -> limits.maxChunkExtensionLength(3)),
            refused("white space counts too, one more", CHUNK_EXTENSIONS_TOO_LARGE,
                chunkedHead() + "2 \t ▸;\r\nok\r\n" + END).within(limits -> limits.maxChunkExtensionLength(3)),
            refused("fault where the limit is", CONTROL_BYTE, chunkedHead() + "2;abc▸\0\r\nok\r\n" + END)
                .within(limits -> limits.maxChunkExtensionLength(4)));
    }

    private static List<ResponseCase> trailers()
    {
        final String lastChunk = chunkedHead() + "0\r\n";
        return List.of(
            complete("trailers that are allowed", lastChunk + "X: y\r\n\r\n")
                .within(limits -> limits.maxTrailerLength(6)),
            refused("trailers of one more", TRAILERS_TOO_LARGE, lastChunk + "X: y\r\n\r▸\n")
                .within(limits -> limits.maxTrailerLength(5)),
            complete("no trailers when none are allowed", lastChunk + "\r\n")
                .within(limits -> limits.maxTrailerLength(0)),
            refused("trailers when none are allowed", TRAILERS_TOO_LARGE, lastChunk + "X:▸ y\r\n\r\n")
                .within(limits -> limits.maxTrailerLength(0)),
            refused("fault right before the limit of trailers", CONTROL_BYTE, lastChunk + "X:▸\0\r\n\r\n")
                .within(limits -> limits.maxTrailerLength(1)));
    }
}
