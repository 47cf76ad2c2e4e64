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

import static io.peregrine.codec.HttpMethod.HEAD;
import static io.peregrine.codec.HttpMethod.POST;
import static io.peregrine.codec.ResponseCase.complete;
import static io.peregrine.codec.ResponseCase.head;
import static io.peregrine.codec.ResponseCase.untilClose;

/** Which responses have no body, and which ones end with the stream (RFC 9112 section 6.3). */
final class BodyPresenceCases
{
    private static final String NO_CONTENT = "HTTP/1.1 204 No Content\r\n";
    private static final String NOT_MODIFIED = "HTTP/1.1 304 Not Modified\r\n";

    private BodyPresenceCases()
    {
    }

    static List<ResponseCase> all()
    {
        return List.of(
            complete("HEAD with Content-Length", head("Content-Length: 5")).to(HEAD),
            complete("HEAD with a length beyond all limits", head("Content-Length: 9223372036854775807")).to(HEAD),
            complete("HEAD with chunked", head("Transfer-Encoding: chunked")).to(HEAD),
            complete("HEAD without a length", head()).to(HEAD),
            complete("HEAD with a body nevertheless", head("Content-Length: 5") + "▸hello").to(HEAD),
            complete("HEAD with 404", "HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\n").to(HEAD).status(404),
            complete("204", NO_CONTENT + "\r\n").status(204),
            complete("204 with a length of zero", NO_CONTENT + "Content-Length: 0\r\n\r\n").status(204),
            complete("204 with a length leaves open what follows", NO_CONTENT + "Content-Length: 5\r\n\r\n")
                .status(204).notReusable(),
            complete("204 with chunked leaves open what follows", NO_CONTENT + "Transfer-Encoding: chunked\r\n\r\n")
                .status(204).notReusable(),
            complete("204 with a body nevertheless", NO_CONTENT + "Content-Length: 5\r\n\r\n▸hello").status(204),
            complete("204 in answer to POST", NO_CONTENT + "\r\n").to(POST).status(204),
            complete("304", NOT_MODIFIED + "\r\n").status(304),
            complete("304 with the length of what was not sent", NOT_MODIFIED + "Content-Length: 5\r\n\r\n")
                .status(304),
            complete("304 with chunked", NOT_MODIFIED + "Transfer-Encoding: chunked\r\n\r\n").status(304),
            complete("304 with a body nevertheless", NOT_MODIFIED + "Content-Length: 5\r\n\r\n▸hello").status(304),
            complete("205 is framed like any other", "HTTP/1.1 205 Reset Content\r\nContent-Length: 2\r\n\r\nok")
                .status(205).body("ok"),
            complete("203 is framed like any other", "HTTP/1.1 203 x\r\nContent-Length: 2\r\n\r\nok")
                .status(203).body("ok"),
            complete("303 is framed like any other", "HTTP/1.1 303 x\r\nContent-Length: 2\r\n\r\nok")
                .status(303).body("ok"),
            untilClose("body until the stream ends", head("X: y") + "hello").body("hello"),
            untilClose("no field at all", head() + "hello").body("hello"),
            untilClose("empty body until the stream ends", head()),
            untilClose("body until the stream ends in HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhello").body("hello"),
            untilClose("keep-alive does not help without a length",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nhello").body("hello"),
            untilClose("body that looks like a response", head() + head("Content-Length: 0"))
                .body(head("Content-Length: 0")));
    }
}
