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
package io.peregrine.pool;

import com.sun.net.httpserver.HttpServer;
import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.RequestError;
import io.peregrine.codec.ResponseError;
import io.peregrine.engine.ConnectionError;
import io.peregrine.tls.TlsError;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What the documents show and list is what the code does. */
class DocumentsTest
{
    private static final Path SOURCES = Path.of("src/test/java/io/peregrine/pool");

    @Test
    void shouldShowTheExamplesThatAreCompiled() throws IOException
    {
        String readme = Files.readString(Path.of("../README.md"));
        for (final String name : List.of("ReadmeExample.java", "ReadmeRingExample.java"))
        {
            final String source = Files.readString(SOURCES.resolve(name));
            final String example = between(source, "// example starts\n", "        // example ends");
            assertEquals(example.stripTrailing().stripIndent(), between(readme, "```java\n", "```").strip());
            readme = readme.substring(readme.indexOf("```java\n") + 1);
        }
    }

    @Test
    void shouldSendTheOrderOfTheExample() throws IOException
    {
        final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/order", (exchange) ->
        {
            final byte[] answer = ("key " + exchange.getRequestHeaders().getFirst("X-API-KEY") + ", " +
                exchange.getRequestBody().readAllBytes().length + " bytes").getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try
        {
            final String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
            assertEquals("200 key secret, 52 bytes", ReadmeExample.sendOrder(url, "secret"));
            assertEquals("200 key secret, 52 bytes", ReadmeRingExample.sendOrder(url, "secret"));
        }
        finally
        {
            server.stop(0);
        }
    }

    @Test
    void shouldSayThatNothingWasSentWhenNobodyListens() throws IOException
    {
        final int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            port = socket.getLocalPort();
        }

        assertEquals("CONNECT_FAILED NOT_SENT", ReadmeExample.sendOrder("http://127.0.0.1:" + port, "secret"));
    }

    @Test
    void shouldListEveryErrorCode() throws IOException
    {
        final String errors = Files.readString(Path.of("../docs/errors.md"));
        final Stream<ErrorCode> codes = Stream.of(
            RequestError.values(), ResponseError.values(), ConnectionError.values(), TlsError.values())
            .flatMap(Stream::of);
        codes.forEach((code) ->
            assertTrue(errors.contains("| " + code.id() + " | `" + code.name() + "` |"), code.name()));
    }

    private static String between(final String text, final String start, final String end)
    {
        final int offset = text.indexOf(start) + start.length();
        return text.substring(offset, text.indexOf(end, offset));
    }
}
