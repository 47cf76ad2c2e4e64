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
import static io.peregrine.codec.ResponseCase.head;
import static io.peregrine.codec.ResponseCase.refused;
import static io.peregrine.codec.ResponseCase.truncated;
import static io.peregrine.codec.ResponseError.BARE_LINE_FEED;
import static io.peregrine.codec.ResponseError.MALFORMED_CONTENT_LENGTH;
import static io.peregrine.codec.ResponseError.MALFORMED_STATUS_LINE;
import static io.peregrine.codec.ResponseError.TOO_MANY_INTERIM_RESPONSES;
import static io.peregrine.codec.ResponseError.TRUNCATED_HEAD;
import static io.peregrine.codec.ResponseError.UNEXPECTED_SWITCHING_PROTOCOLS;

/** Interim responses (RFC 9110 section 15.2): skipped, in limited number. */
final class InterimCases
{
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n";
    private static final String FINAL = head("Content-Length: 2") + "ok";

    private InterimCases()
    {
    }

    static List<ResponseCase> all()
    {
        return List.of(
            complete("100", CONTINUE + "\r\n" + FINAL).body("ok"),
            complete("100 without a reason phrase", "HTTP/1.1 100\r\n\r\n" + FINAL).body("ok"),
            complete("several of them", CONTINUE + "\r\nHTTP/1.1 102 x\r\n\r\nHTTP/1.1 199 x\r\n\r\n" + FINAL)
                .body("ok"),
            complete("103 with fields", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\nX: y\r\n\r\n" + FINAL).body("ok"),
            complete("100 before an answer to HEAD", CONTINUE + "\r\n" + head("Content-Length: 2")).to(HttpMethod.HEAD),
            complete("100 before chunks",
                CONTINUE + "\r\n" + head("Transfer-Encoding: chunked") + "2\r\nok\r\n0\r\n\r\n").body("ok"),
            complete("100 before 204", CONTINUE + "\r\nHTTP/1.1 204 x\r\n\r\n").status(204),
            complete("length of an interim response is forgotten", CONTINUE + "Content-Length: 0\r\n\r\n" + FINAL)
                .body("ok"),
            complete("100 with a body leaves open what follows", CONTINUE + "Content-Length: 3\r\n\r\n" + FINAL)
                .body("ok").notReusable(),
            complete("100 with chunked leaves open what follows",
                CONTINUE + "Transfer-Encoding: chunked\r\n\r\n" + FINAL).body("ok").notReusable(),
            complete("100 that asks for close", CONTINUE + "Connection: close\r\n\r\n" + FINAL).body("ok")
                .notReusable(),
            complete("close is remembered over another one",
                CONTINUE + "Connection: close\r\n\r\n" + CONTINUE + "\r\n" + FINAL).body("ok").notReusable(),
            complete("100 in HTTP/1.0", "HTTP/1.0 100 Continue\r\n\r\n" + FINAL).body("ok").notReusable(),
            complete("as many as allowed", (CONTINUE + "\r\n").repeat(2) + FINAL)
                .within(limits -> limits.maxInterimResponses(2)).body("ok"),
            refused("one more than allowed", TOO_MANY_INTERIM_RESPONSES, (CONTINUE + "\r\n").repeat(3) + "▸" + FINAL)
                .within(limits -> limits.maxInterimResponses(2)),
            refused("one when none is allowed", TOO_MANY_INTERIM_RESPONSES, CONTINUE + "\r\n▸" + FINAL)
                .within(limits -> limits.maxInterimResponses(0)),
            refused("101", UNEXPECTED_SWITCHING_PROTOCOLS,
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n▸" + FINAL),
            refused("101 behind 100", UNEXPECTED_SWITCHING_PROTOCOLS, CONTINUE + "\r\nHTTP/1.1 101 x\r\n\r\n▸" + FINAL),
            refused("101 when no interim response is allowed", UNEXPECTED_SWITCHING_PROTOCOLS,
                "HTTP/1.1 101 x\r\n\r\n▸" + FINAL).within(limits -> limits.maxInterimResponses(0)),
            refused("broken interim response", MALFORMED_CONTENT_LENGTH,
                CONTINUE + "Content-Length: x\r▸\n\r\n" + FINAL),
            refused("broken response behind 100", BARE_LINE_FEED, CONTINUE + "\r\nHTTP/1.1 200 OK▸\n\r\n"),
            refused("body behind 100", MALFORMED_STATUS_LINE, CONTINUE + "Content-Length: 5\r\n\r\n▸hello" + FINAL),
            truncated("end behind 100", TRUNCATED_HEAD, CONTINUE + "\r\n"),
            truncated("end within the response behind 100", TRUNCATED_HEAD, CONTINUE + "\r\nHTTP/1.1 200 OK\r\n"));
    }
}
