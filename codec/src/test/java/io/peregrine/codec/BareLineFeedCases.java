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

import static io.peregrine.codec.ResponseCase.complete;
import static io.peregrine.codec.ResponseCase.refused;
import static io.peregrine.codec.ResponseError.BARE_CARRIAGE_RETURN;
import static io.peregrine.codec.ResponseError.BARE_LINE_FEED;
import static io.peregrine.codec.ResponseError.CONFLICTING_CONTENT_LENGTH;
import static io.peregrine.codec.ResponseError.CONTROL_BYTE;
import static io.peregrine.codec.ResponseError.MALFORMED_HEADER_NAME;
import static io.peregrine.codec.ResponseError.MALFORMED_STATUS_CODE;
import static io.peregrine.codec.ResponseError.MISSING_CHUNK_END;
import static io.peregrine.codec.ResponseError.OBSOLETE_LINE_FOLDING;

/** With the one leniency there is: lines of the head may end in LF alone; the rest stays strict. */
final class BareLineFeedCases
{
    private static final String CHUNKED = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n";

    private BareLineFeedCases()
    {
    }

    static List<ResponseCase> all()
    {
        return List.of(
            allowed("everywhere in the head", "HTTP/1.1 200 OK\nX: y\nContent-Length: 2\n\nok").body("ok"),
            allowed("after the status line alone", "HTTP/1.1 200 OK\nContent-Length: 2\r\n\r\nok").body("ok"),
            allowed("after a status line without reason", "HTTP/1.1 200\nContent-Length: 2\r\n\r\nok").body("ok"),
            allowed("after a field alone", "HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nok").body("ok"),
            allowed("as blank line alone", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nok").body("ok"),
            allowed("after an empty value", "HTTP/1.1 200 OK\r\nX:\nContent-Length: 2\n\nok").body("ok"),
            allowed("after white space", "HTTP/1.1 200 OK\r\nX: y \t\nContent-Length: 2 \n\nok").body("ok"),
            allowed("nowhere", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").body("ok"),
            allowed("in an interim response", "HTTP/1.1 100 x\n\nHTTP/1.1 200 OK\nContent-Length: 2\n\nok").body("ok"),
            allowed("before chunks", CHUNKED + "2\r\nok\r\n0\r\n\r\n").body("ok"),
            stillRefused("bare CR in the status line", BARE_CARRIAGE_RETURN, "HTTP/1.1 200 OK\r▸X: y\n\n"),
            stillRefused("bare CR in a value", BARE_CARRIAGE_RETURN, "HTTP/1.1 200 OK\nX: y\r▸Z: z\n\n"),
            stillRefused("bare CR as blank line", BARE_CARRIAGE_RETURN, "HTTP/1.1 200 OK\nX: y\n\r▸X"),
            stillRefused("NUL in a value", CONTROL_BYTE, "HTTP/1.1 200 OK\nX: y▸\0\n\n"),
            stillRefused("DEL in a value", CONTROL_BYTE, "HTTP/1.1 200 OK\nX: ▸\u007f\n\n"),
            stillRefused("NUL in the reason phrase", CONTROL_BYTE, "HTTP/1.1 200 O▸\0K\n\n"),
            stillRefused("NUL behind the status", MALFORMED_STATUS_CODE, "HTTP/1.1 200▸\0\n\n"),
            stillRefused("NUL instead of a line", MALFORMED_HEADER_NAME, "HTTP/1.1 200 OK\n▸\0\n"),
            stillRefused("line without a colon", MALFORMED_HEADER_NAME, "HTTP/1.1 200 OK\nX▸\n\n"),
            stillRefused("folding", OBSOLETE_LINE_FOLDING, "HTTP/1.1 200 OK\nX: y\n▸ z\n\n"),
            stillRefused("conflicting lengths", CONFLICTING_CONTENT_LENGTH,
                "HTTP/1.1 200 OK\nContent-Length: 1\nContent-Length: 2▸\n\n"),
            stillRefused("LF behind a chunk size", BARE_LINE_FEED, CHUNKED + "2▸\nok\r\n0\r\n\r\n"),
            stillRefused("LF behind an extension", BARE_LINE_FEED, CHUNKED + "2;a▸\nok\r\n0\r\n\r\n"),
            stillRefused("LF behind chunk data", MISSING_CHUNK_END, CHUNKED + "2\r\nok▸\n0\r\n\r\n"),
            stillRefused("LF behind a trailer", BARE_LINE_FEED, CHUNKED + "0\r\nX: y▸\n\r\n"),
            stillRefused("LF as end of the trailers", BARE_LINE_FEED, CHUNKED + "0\r\n▸\n"));
    }

    private static ResponseCase allowed(final String name, final String text)
    {
        return complete("bare LF allowed: " + name, text).allowingBareLineFeed();
    }

    private static ResponseCase stillRefused(final String name, final ResponseError error, final String text)
    {
        return refused("bare LF allowed: " + name, error, text).allowingBareLineFeed();
    }
}
