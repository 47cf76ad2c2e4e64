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

/** Whether the connection may be used again (RFC 9112 section 9.3). */
final class KeepAliveCases
{
    private static final String NONE = "Content-Length: 0";

    private KeepAliveCases()
    {
    }

    static List<ResponseCase> all()
    {
        return List.of(
            complete("keep-alive in HTTP/1.1", head("Connection: keep-alive", NONE)),
            complete("close", head("Connection: close", NONE)).notReusable(),
            complete("close in other case", head("cONNECTION: cLOSE", NONE)).notReusable(),
            complete("close among other options", head("Connection: x, \t close\t ,y", NONE)).notReusable(),
            complete("close as last option", head("Connection: x,close", NONE)).notReusable(),
            complete("close in the second field", head("Connection: x", "Connection: close", NONE)).notReusable(),
            complete("close in the first field", head("Connection: close", "Connection: keep-alive", NONE))
                .notReusable(),
            complete("close behind keep-alive", head("Connection: keep-alive, close", NONE)).notReusable(),
            complete("close before keep-alive", head("Connection: close, keep-alive", NONE)).notReusable(),
            complete("close with chunks", head("Connection: close", "Transfer-Encoding: chunked") + "0\r\n\r\n")
                .notReusable(),
            complete("nearly close", head("Connection: closed, clos, not-close, \"close\"", NONE)),
            complete("empty Connection", head("Connection:", NONE)),
            complete("commas alone", head("Connection: , ,", NONE)),
            complete("nearly Connection", head("Proxy-Connection: close", "X-onnection: close", NONE)),
            complete("keep-alive in HTTP/1.0",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n"),
            complete("keep-alive in other case in HTTP/1.0",
                "HTTP/1.0 200 OK\r\nConnection: x,KEEP-Alive\r\nContent-Length: 0\r\n\r\n"),
            complete("close and keep-alive in HTTP/1.0",
                "HTTP/1.0 200 OK\r\nConnection: keep-alive, close\r\nContent-Length: 0\r\n\r\n").notReusable(),
            complete("nearly keep-alive in HTTP/1.0",
                "HTTP/1.0 200 OK\r\nConnection: keepalive, keep-alive2\r\nContent-Length: 0\r\n\r\n").notReusable(),
            complete("Keep-Alive field alone in HTTP/1.0",
                "HTTP/1.0 200 OK\r\nKeep-Alive: timeout=5\r\nContent-Length: 0\r\n\r\n").notReusable(),
            complete("204 in HTTP/1.0", "HTTP/1.0 204 No Content\r\n\r\n").status(204).notReusable(),
            complete("204 with keep-alive in HTTP/1.0", "HTTP/1.0 204 No Content\r\nConnection: keep-alive\r\n\r\n")
                .status(204));
    }
}
