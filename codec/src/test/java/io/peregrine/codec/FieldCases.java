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
import static io.peregrine.codec.ResponseError.BARE_CARRIAGE_RETURN;
import static io.peregrine.codec.ResponseError.BARE_LINE_FEED;
import static io.peregrine.codec.ResponseError.CLOSED_BEFORE_RESPONSE;
import static io.peregrine.codec.ResponseError.CONTROL_BYTE;
import static io.peregrine.codec.ResponseError.MALFORMED_HEADER_NAME;
import static io.peregrine.codec.ResponseError.OBSOLETE_LINE_FOLDING;
import static io.peregrine.codec.ResponseError.SPACE_BEFORE_COLON;
import static io.peregrine.codec.ResponseError.TRUNCATED_HEAD;

/** Header sections (RFC 9112 section 5). */
final class FieldCases
{
    private FieldCases()
    {
    }

    static List<ResponseCase> all()
    {
        return Stream.of(accepted(), names(), folding(), lineEnds(), controls(), cutOff())
            .flatMap(List::stream)
            .toList();
    }

    private static List<ResponseCase> accepted()
    {
        return List.of(
            complete("empty value", head("X:", "Content-Length: 0")),
            complete("value of white space alone", head("X: \t ", "Content-Length: 0")),
            complete("no space before the value", head("X:y", "Content-Length:0")),
            complete("white space around the value", head("X: \t y \t", "Content-Length:\t 0 \t")),
            complete("white space within the value", head("X: a \t b", "Content-Length: 0")),
            complete("colons in the value", head("X: a:b:c", "Content-Length: 0")),
            complete("obs-text in the value", head("X: caf\u00e9 \u0080\u00ff", "Content-Length: 0")),
            complete("every token character in the name", head("!#$%&'*+-.^_`|~09azAZ: y", "Content-Length: 0")),
            complete("name of one character", head("x: y", "Content-Length: 0")),
            complete("repeated name",
                head("Set-Cookie: a=1", "set-cookie: b=2", "SET-COOKIE: c=3", "Content-Length: 0")),
            complete("long name and long value",
                head("X-" + "Long".repeat(20) + ": " + "y ".repeat(60), "Content-Length: 0")));
    }

    private static List<ResponseCase> names()
    {
        return List.of(
            refused("empty name", MALFORMED_HEADER_NAME, head("▸: y")),
            refused("line without a colon", MALFORMED_HEADER_NAME, head("X▸")),
            refused("bracket in the name", MALFORMED_HEADER_NAME, head("X▸(1): y")),
            refused("quote starts the name", MALFORMED_HEADER_NAME, head("▸\"X\": y")),
            refused("comma in the name", MALFORMED_HEADER_NAME, head("Content-Length▸,: 0")),
            refused("obs-text in the name", MALFORMED_HEADER_NAME, head("X▸\u00e9: y")),
            refused("NUL in the name", MALFORMED_HEADER_NAME, head("X▸\0: y")),
            refused("NUL starts the name", MALFORMED_HEADER_NAME, head("▸\0X: y")),
            refused("DEL in the name", MALFORMED_HEADER_NAME, head("X▸\u007f: y")),
            refused("LF within the name", MALFORMED_HEADER_NAME, head("X▸\nY: y")),
            refused("space before the colon", SPACE_BEFORE_COLON, head("Content-Length▸ : 0")),
            refused("tab before the colon", SPACE_BEFORE_COLON, head("Transfer-Encoding▸\t: chunked")),
            refused("space within the name", SPACE_BEFORE_COLON, head("X▸ Y: y")));
    }

    private static List<ResponseCase> folding()
    {
        return List.of(
            refused("folded by a space", OBSOLETE_LINE_FOLDING, head("X: y", "▸ z")),
            refused("folded by a tab", OBSOLETE_LINE_FOLDING, head("X: y", "▸\tz")),
            refused("folded Transfer-Encoding", OBSOLETE_LINE_FOLDING, head("Transfer-Encoding: chunked", "▸ , gzip")),
            refused("space before the first field", OBSOLETE_LINE_FOLDING, head("▸ X: y")),
            refused("line of white space", OBSOLETE_LINE_FOLDING, head("X: y", "▸  ")));
    }

    private static List<ResponseCase> lineEnds()
    {
        return List.of(
            refused("bare CR in a value", BARE_CARRIAGE_RETURN, head("X: a\r▸Content-Length: 0")),
            refused("CR twice after a value", BARE_CARRIAGE_RETURN, head("X: a\r▸")),
            refused("bare CR instead of a value", BARE_CARRIAGE_RETURN, head("X:\r▸ y")),
            refused("bare CR instead of a line", BARE_CARRIAGE_RETURN, head("X: y", "\r▸Content-Length: 0")),
            refused("CR twice before the end of the head", BARE_CARRIAGE_RETURN, head("X: y", "\r▸")),
            refused("bare LF after a value", BARE_LINE_FEED, head("X: a▸\nContent-Length: 0")),
            refused("bare LF instead of a value", BARE_LINE_FEED, head("X:▸\nContent-Length: 0")),
            refused("bare LF as blank line", BARE_LINE_FEED, head("Content-Length: 0", "▸\n")));
    }

    private static List<ResponseCase> controls()
    {
        return List.of(
            refused("NUL in a value", CONTROL_BYTE, head("X: a▸\0b")),
            refused("NUL before a value", CONTROL_BYTE, head("X: ▸\0b")),
            refused("backspace in a value", CONTROL_BYTE, head("X: a▸\bb")),
            refused("vertical tab in a value", CONTROL_BYTE, head("X: 12345678▸\u000b12345678")),
            refused("form feed in a value", CONTROL_BYTE, head("X: 1234567890▸\f")),
            refused("last control before space", CONTROL_BYTE,
                head("X: \u00ff\u00ff\u00ff▸\u001f\u00ff\u00ff\u00ff\u00ff")),
            refused("DEL in a value", CONTROL_BYTE, head("X: \u0080\u0080▸\u007f")),
            refused("NUL behind a tab", CONTROL_BYTE, head("X: a\tb\t▸\0bcdefghi")),
            refused("NUL in Content-Length", CONTROL_BYTE, head("Content-Length: 0▸\0")));
    }

    private static List<ResponseCase> cutOff()
    {
        return List.of(
            truncated("nothing came", CLOSED_BEFORE_RESPONSE, ""),
            truncated("end within the status line", TRUNCATED_HEAD, "HTTP/1.1 20"),
            truncated("end after the status line", TRUNCATED_HEAD, "HTTP/1.1 200 OK\r\n"),
            truncated("end within a field", TRUNCATED_HEAD, "HTTP/1.1 200 OK\r\nContent-Len"),
            truncated("end before the blank line", TRUNCATED_HEAD, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"),
            truncated("end within the blank line", TRUNCATED_HEAD, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r"));
    }
}
