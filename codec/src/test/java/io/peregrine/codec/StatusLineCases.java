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
import static io.peregrine.codec.ResponseCase.refused;
import static io.peregrine.codec.ResponseError.BARE_CARRIAGE_RETURN;
import static io.peregrine.codec.ResponseError.BARE_LINE_FEED;
import static io.peregrine.codec.ResponseError.CONTROL_BYTE;
import static io.peregrine.codec.ResponseError.MALFORMED_STATUS_CODE;
import static io.peregrine.codec.ResponseError.MALFORMED_STATUS_LINE;
import static io.peregrine.codec.ResponseError.UNSUPPORTED_HTTP_VERSION;

/** Status lines (RFC 9112 section 4). */
final class StatusLineCases
{
    private static final String REST = "\r\nContent-Length: 0\r\n\r\n";

    private StatusLineCases()
    {
    }

    static List<ResponseCase> all()
    {
        return Stream.of(accepted(), malformed(), wrongVersion(), wrongCode(), lineEnds())
            .flatMap(List::stream)
            .toList();
    }

    private static List<ResponseCase> accepted()
    {
        return List.of(
            complete("reason phrase", "HTTP/1.1 200 OK" + REST),
            complete("no reason phrase", "HTTP/1.1 200 " + REST),
            complete("no reason phrase and no space either", "HTTP/1.1 200" + REST),
            complete("reason phrase of several words, tab and obs-text", "HTTP/1.1 418 I'm a\tpot \u00e9\u00ff" + REST)
                .status(418),
            complete("reason phrase that starts with a space", "HTTP/1.1 200  OK" + REST),
            complete("reason phrase that looks like a status line", "HTTP/1.1 404 HTTP/1.1 200 OK" + REST).status(404),
            complete("lowest final status", "HTTP/1.1 200 x" + REST),
            complete("highest status", "HTTP/1.1 999 x" + REST).status(999),
            complete("status of an unknown class", "HTTP/1.1 678 x" + REST).status(678),
            complete("HTTP/1.0", "HTTP/1.0 200 OK" + REST).notReusable());
    }

    private static List<ResponseCase> malformed()
    {
        return List.of(
            refused("no HTTP at all", MALFORMED_STATUS_LINE, "▸SSH-2.0-OpenSSH_9.2\r\n"),
            refused("first byte twice", MALFORMED_STATUS_LINE, "H▸HTTP/1.1 200 OK" + REST),
            refused("lower-case protocol", MALFORMED_STATUS_LINE, "▸http/1.1 200 OK" + REST),
            refused("blank line first", MALFORMED_STATUS_LINE, "▸\r\nHTTP/1.1 200 OK" + REST),
            refused("space first", MALFORMED_STATUS_LINE, "▸ HTTP/1.1 200 OK" + REST),
            refused("no slash", MALFORMED_STATUS_LINE, "HTTP▸ 1.1 200 OK" + REST),
            refused("HTTPS", MALFORMED_STATUS_LINE, "HTTP▸S/1.1 200 OK" + REST),
            refused("major version that is no digit", MALFORMED_STATUS_LINE, "HTTP/▸x.1 200 OK" + REST),
            refused("major version of two digits", MALFORMED_STATUS_LINE, "HTTP/1▸1.1 200 OK" + REST),
            refused("comma in the version", MALFORMED_STATUS_LINE, "HTTP/1▸,1 200 OK" + REST),
            refused("minor version that is no digit", MALFORMED_STATUS_LINE, "HTTP/1.▸x 200 OK" + REST),
            refused("minor version missing", MALFORMED_STATUS_LINE, "HTTP/1.▸ 200 OK" + REST),
            refused("minor version of two digits", MALFORMED_STATUS_LINE, "HTTP/1.1▸0 200 OK" + REST),
            refused("minor version with a leading zero", MALFORMED_STATUS_LINE, "HTTP/1.0▸1 200 OK" + REST),
            refused("tab after the version", MALFORMED_STATUS_LINE, "HTTP/1.1▸\t200 OK" + REST),
            refused("version alone", MALFORMED_STATUS_LINE, "HTTP/1.1▸" + REST));
    }

    private static List<ResponseCase> wrongVersion()
    {
        return List.of(
            refused("HTTP/2", UNSUPPORTED_HTTP_VERSION, "HTTP/▸2 200 OK" + REST),
            refused("HTTP/2.0", UNSUPPORTED_HTTP_VERSION, "HTTP/▸2.0 200 OK" + REST),
            refused("HTTP/0.9", UNSUPPORTED_HTTP_VERSION, "HTTP/▸0.9 200 OK" + REST),
            refused("HTTP/9.1", UNSUPPORTED_HTTP_VERSION, "HTTP/▸9.1 200 OK" + REST),
            refused("HTTP/1.2", UNSUPPORTED_HTTP_VERSION, "HTTP/1.▸2 200 OK" + REST),
            refused("HTTP/1.9", UNSUPPORTED_HTTP_VERSION, "HTTP/1.▸9 200 OK" + REST));
    }

    private static List<ResponseCase> wrongCode()
    {
        return List.of(
            refused("status below 100", MALFORMED_STATUS_CODE, "HTTP/1.1 ▸099 x" + REST),
            refused("status of two digits", MALFORMED_STATUS_CODE, "HTTP/1.1 20▸ OK" + REST),
            refused("status of two digits and nothing else", MALFORMED_STATUS_CODE, "HTTP/1.1 20▸" + REST),
            refused("status of four digits", MALFORMED_STATUS_CODE, "HTTP/1.1 200▸0 OK" + REST),
            refused("status with a sign", MALFORMED_STATUS_CODE, "HTTP/1.1 ▸+200 OK" + REST),
            refused("status with a letter", MALFORMED_STATUS_CODE, "HTTP/1.1 2▸O0 OK" + REST),
            refused("byte before '0' as first digit", MALFORMED_STATUS_CODE, "HTTP/1.1 ▸/00 OK" + REST),
            refused("byte behind '9' as first digit", MALFORMED_STATUS_CODE, "HTTP/1.1 ▸:00 OK" + REST),
            refused("byte before '0' as second digit", MALFORMED_STATUS_CODE, "HTTP/1.1 2▸/0 OK" + REST),
            refused("byte behind '9' as second digit", MALFORMED_STATUS_CODE, "HTTP/1.1 2▸:0 OK" + REST),
            refused("byte before '0' as third digit", MALFORMED_STATUS_CODE, "HTTP/1.1 20▸/ OK" + REST),
            refused("byte behind '9' as third digit", MALFORMED_STATUS_CODE, "HTTP/1.1 20▸: OK" + REST),
            refused("no status", MALFORMED_STATUS_CODE, "HTTP/1.1 ▸" + REST),
            refused("two spaces before the status", MALFORMED_STATUS_CODE, "HTTP/1.1 ▸ 200 OK" + REST),
            refused("tab after the status", MALFORMED_STATUS_CODE, "HTTP/1.1 200▸\tOK" + REST),
            refused("reason glued to the status", MALFORMED_STATUS_CODE, "HTTP/1.1 200▸OK" + REST));
    }

    private static List<ResponseCase> lineEnds()
    {
        return List.of(
            refused("bare CR after the status", BARE_CARRIAGE_RETURN, "HTTP/1.1 200\r▸x" + REST),
            refused("bare CR in the reason phrase", BARE_CARRIAGE_RETURN, "HTTP/1.1 200 O\r▸K" + REST),
            refused("CR twice after the reason phrase", BARE_CARRIAGE_RETURN, "HTTP/1.1 200 OK\r▸" + REST),
            refused("bare LF after the status", BARE_LINE_FEED, "HTTP/1.1 200▸\nContent-Length: 0\r\n\r\n"),
            refused("bare LF after the reason phrase", BARE_LINE_FEED, "HTTP/1.1 200 OK▸\nContent-Length: 0\r\n\r\n"),
            refused("NUL in the reason phrase", CONTROL_BYTE, "HTTP/1.1 200 O▸\0K" + REST),
            refused("vertical tab in the reason phrase", CONTROL_BYTE, "HTTP/1.1 200 ▸\u000bOK" + REST),
            refused("escape in the reason phrase", CONTROL_BYTE, "HTTP/1.1 200 not so good▸\u001b[31m" + REST),
            refused("DEL in the reason phrase", CONTROL_BYTE, "HTTP/1.1 200 OK▸\u007f" + REST));
    }
}
