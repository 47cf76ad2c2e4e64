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

import static io.peregrine.codec.ResponseCase.complete;
import static io.peregrine.codec.ResponseCase.head;
import static io.peregrine.codec.ResponseCase.refused;
import static io.peregrine.codec.ResponseCase.truncated;
import static io.peregrine.codec.ResponseError.BODY_TOO_LARGE;
import static io.peregrine.codec.ResponseError.CONFLICTING_CONTENT_LENGTH;
import static io.peregrine.codec.ResponseError.CONTENT_LENGTH_OVERFLOW;
import static io.peregrine.codec.ResponseError.MALFORMED_CONTENT_LENGTH;
import static io.peregrine.codec.ResponseError.TRUNCATED_BODY;

/** Bodies of announced length (RFC 9112 section 6.3); a faulty field is refused at its line feed. */
final class ContentLengthCases
{
    private ContentLengthCases()
    {
    }

    static List<ResponseCase> all()
    {
        return Stream.of(accepted(), malformed(), overflowing(), conflicting()).flatMap(List::stream).toList();
    }

    private static List<ResponseCase> accepted()
    {
        return List.of(
            complete("body of a length", head("Content-Length: 5") + "hello").body("hello"),
            complete("empty body", head("Content-Length: 0")),
            complete("binary body", head("Content-Length: 6") + "\0\r\n\r\n\u00ff").body("\0\r\n\r\n\u00ff"),
            complete("leading zeros", head("Content-Length: 0005") + "hello").body("hello"),
            complete("more zeros than a number has digits", head("Content-Length: " + "0".repeat(40) + "5") + "hello")
                .body("hello"),
            complete("name in other case", head("cONTENT-lENGTH: 5") + "hello").body("hello"),
            complete("repeated with the same value", head("Content-Length: 5", "Content-Length: 5") + "hello")
                .body("hello"),
            complete("repeated with other digits for the same value",
                head("Content-Length: 5", "content-length: 05") + "hello")
                .body("hello"),
            complete("nearly the name", head("Content-Length: 5", "Content-Lengt: 6", "XContent-Length: 7") + "hello")
                .body("hello"),
            complete("bytes behind the body", head("Content-Length: 5") + "hello▸!").body("hello"),
            complete("response behind the body", head("Content-Length: 2") + "ok▸" + head("Content-Length: 0"))
                .body("ok"),
            truncated("body cut off", TRUNCATED_BODY, head("Content-Length: 5") + "hell"),
            truncated("body missing", TRUNCATED_BODY, head("Content-Length: 5")));
    }

    private static List<ResponseCase> malformed()
    {
        return Stream.of("", "+5", "-5", "-0", "5a", "a5", "0x5", "5 5", "5,5", "5, 5", "5.0", "5;", "\"5\"", "\u00b2",
            "5/", "5:",
            "99999999999999999999x")
            .map(value -> refused("Content-Length '" + value + "'", MALFORMED_CONTENT_LENGTH,
                head("Content-Length: " + value + "\r▸\n").replace("\n\r\n", "\n") + "hello"))
            .toList();
    }

    private static List<ResponseCase> overflowing()
    {
        return List.of(
            refused("largest length there can be", BODY_TOO_LARGE,
                head("Content-Length: 9223372036854775807") + "▸hello"),
            refused("length that an int would wrap to 5", BODY_TOO_LARGE,
                head("Content-Length: 4294967301") + "▸hello"),
            overflow("2^63", "9223372036854775808"),
            overflow("2^63 + 2", "9223372036854775810"),
            overflow("2^64 + 5, which a long would wrap to 5", "18446744073709551621"),
            overflow("2^65 + 5, which a long would wrap to 5", "36893488147419103237"),
            overflow("20 nines", "9".repeat(20)),
            overflow("60 digits", "1".repeat(60)));
    }

    private static ResponseCase overflow(final String name, final String value)
    {
        return refused("Content-Length of " + name, CONTENT_LENGTH_OVERFLOW,
            "HTTP/1.1 200 OK\r\nContent-Length: " + value + "\r▸\n\r\nhello");
    }

    private static List<ResponseCase> conflicting()
    {
        final String start = "HTTP/1.1 200 OK\r\nContent-Length: ";
        return List.of(
            refused("second length is larger", CONFLICTING_CONTENT_LENGTH,
                start + "5\r\nContent-Length: 6\r▸\n\r\nhello!"),
            refused("second length is smaller", CONFLICTING_CONTENT_LENGTH,
                start + "5\r\nContent-Length: 4\r▸\n\r\nhello"),
            refused("second length is zero", CONFLICTING_CONTENT_LENGTH,
                start + "5\r\nContent-Length: 0\r▸\n\r\nhello"),
            refused("first length is zero", CONFLICTING_CONTENT_LENGTH,
                start + "0\r\nX: y\r\nContent-Length: 5\r▸\n\r\nhello"),
            refused("third length differs", CONFLICTING_CONTENT_LENGTH,
                start + "5\r\nContent-Length: 5\r\nContent-Length: 6\r▸\n\r\nhello!"));
    }
}
