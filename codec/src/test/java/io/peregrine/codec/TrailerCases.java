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

import static io.peregrine.codec.ResponseCase.chunkedHead;
import static io.peregrine.codec.ResponseCase.complete;
import static io.peregrine.codec.ResponseCase.refused;
import static io.peregrine.codec.ResponseError.BARE_CARRIAGE_RETURN;
import static io.peregrine.codec.ResponseError.BARE_LINE_FEED;
import static io.peregrine.codec.ResponseError.CONTROL_BYTE;
import static io.peregrine.codec.ResponseError.MALFORMED_HEADER_NAME;
import static io.peregrine.codec.ResponseError.OBSOLETE_LINE_FOLDING;
import static io.peregrine.codec.ResponseError.SPACE_BEFORE_COLON;

/** Trailer sections (RFC 9112 section 7.1.2): checked like fields of a head, then dropped. */
final class TrailerCases
{
    private TrailerCases()
    {
    }

    static List<ResponseCase> all()
    {
        return List.of(
            decoded("trailer", "X: y\r\n\r\n"),
            decoded("trailers", "X: y\r\nZ:\r\nChecksum: \t 0123456789abcdef \r\n\r\n"),
            decoded("trailers that would change the framing", "Content-Length: 9\r\nTransfer-Encoding: gzip\r\n\r\n"),
            decoded("trailer that would close the connection", "Connection: close\r\n\r\n"),
            decoded("byte behind the trailers", "X: y\r\n\r\n▸x"),
            broken("folded trailer", OBSOLETE_LINE_FOLDING, "X: y\r\n▸ z\r\n\r\n"),
            broken("space first", OBSOLETE_LINE_FOLDING, "▸ \r\n\r\n"),
            broken("space before the colon of a trailer", SPACE_BEFORE_COLON, "X▸ : y\r\n\r\n"),
            broken("trailer without a colon", MALFORMED_HEADER_NAME, "X▸\r\n\r\n"),
            broken("next response instead of a trailer", MALFORMED_HEADER_NAME, "HTTP▸/1.1 200 OK\r\n\r\n"),
            broken("NUL in a trailer", CONTROL_BYTE, "X: y▸\0\r\n\r\n"),
            broken("bare CR in a trailer", BARE_CARRIAGE_RETURN, "X: y\r▸z\r\n\r\n"),
            broken("bare CR as last line", BARE_CARRIAGE_RETURN, "X: y\r\n\r▸X: y\r\n\r\n"),
            broken("bare LF behind a trailer", BARE_LINE_FEED, "X: y▸\n\r\n"),
            broken("bare LF as last line", BARE_LINE_FEED, "▸\n"));
    }

    private static ResponseCase decoded(final String name, final String trailers)
    {
        return complete("trailers: " + name, chunkedHead() + "2\r\nok\r\n0\r\n" + trailers).body("ok");
    }

    private static ResponseCase broken(final String name, final ResponseError error, final String trailers)
    {
        return refused("trailers: " + name, error, chunkedHead() + "2\r\nok\r\n0\r\n" + trailers);
    }
}
