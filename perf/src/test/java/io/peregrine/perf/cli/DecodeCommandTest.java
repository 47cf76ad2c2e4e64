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
package io.peregrine.perf.cli;

import io.peregrine.codec.ResponseLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DecodeCommandTest
{
    private static final String OK_HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED_HEAD = OK_HEAD + "Transfer-Encoding: chunked\r\n\r\n";

    static Stream<Vector> vectors()
    {
        return Stream.of(
            new Vector("GET", OK_HEAD + "Content-Length: 2\r\n\r\nhi", 200, "hi", null, true, 40),
            new Vector("GET", OK_HEAD + "Content-Length: 2\r\n\r\nhi+", 200, "hi", null, false, 40),
            new Vector("GET", OK_HEAD + "Connection: close\r\nContent-Length: 0\r\n\r\n", 200, "", null, false, 57),
            new Vector("HEAD", OK_HEAD + "Content-Length: 5\r\n\r\n", 200, "", null, true, 38),
            new Vector("GET", "HTTP/1.1 204 \r\n\r\n", 204, "", null, true, 17),
            new Vector("GET", CHUNKED_HEAD + "2\r\nhi\r\n0\r\n\r\n", 200, "hi", null, true, 59),
            new Vector("GET", CHUNKED_HEAD + "0\r\n\r\n0\r\n\r\n", 200, "", null, false, 52),
            new Vector("GET", OK_HEAD + "\r\nuntil the end", 200, "until the end", null, false, 32),
            new Vector(
                "GET", "HTTP/1.1 100 \r\n\r\nHTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", 404, "", null, true, 53),
            new Vector("GET", OK_HEAD + "Content-Length: 2\r\n\r\nh", null, "", "TRUNCATED_BODY", false, 39),
            new Vector("GET", OK_HEAD + "Content-Le", null, "", "TRUNCATED_HEAD", false, 27),
            new Vector("GET", "", null, "", "CLOSED_BEFORE_RESPONSE", false, 0),
            new Vector("GET", "HTTP/2.0 200 OK\r\n\r\n", null, "", "UNSUPPORTED_HTTP_VERSION", false, null),
            new Vector("GET", OK_HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", null, "",
                "CONFLICTING_CONTENT_LENGTH", false, null),
            new Vector("GET", OK_HEAD + "A : b\r\n\r\n", null, "", "SPACE_BEFORE_COLON", false, null),
            new Vector("GET", CHUNKED_HEAD + "x\r\n", null, "", "MALFORMED_CHUNK_SIZE", false, null));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldDecodeTheSameAtEverySplit(final Vector vector)
    {
        final CommandRun whole = decode(vector.line());
        assertEquals(0, whole.exitCode(), whole.err());
        thenIs(vector, whole.objects().getFirst());

        for (int splitLength = 1; splitLength <= vector.stream().length(); splitLength++)
        {
            final CommandRun split = decode(vector.line(), "--split", String.valueOf(splitLength));
            assertEquals(whole.out(), split.out(), "split every " + splitLength);
        }
    }

    @Test
    void shouldPrintAllFieldsInOrder()
    {
        final CommandRun run = decode(line("a", "GET", OK_HEAD + "A: \u00e9\"\r\nB:\r\nContent-Length: 1\r\n\r\nx"));

        assertEquals(
            "{\"name\":\"a\",\"status\":200,\"headers\":[[\"A\",\"\\u00E9\\\"\"],[\"B\",\"\"]," +
                "[\"Content-Length\",\"1\"]],\"body_b64\":\"eA==\",\"complete\":true,\"error\":null," +
                "\"reusable\":true,\"consumed\":50}\n",
            run.out());
    }

    @Test
    void shouldTakeTheDefaultsOfWhatIsLeftOut()
    {
        final CommandRun run = decode("{\"more\":{\"x\":[1]},\"bytes_b64\":\"\"}\n");

        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("{\"name\":null,\"status\":null,\"headers\":[],\"body_b64\":\"\","), run.out());
    }

    @Test
    void shouldSkipLinesThatCannotBeReadAndSaySo()
    {
        final String good = line("good", "GET", "HTTP/1.1 204 \r\n\r\n");
        final CommandRun run = decode(
            good +
                "nonsense\n" +
                "\n" +
                "{\"name\":\"a\"}\n" +
                "{\"bytes_b64\":\"*\"}\n" +
                "{\"bytes_b64\":\"\",\"method\":\"BREW\"}\n" +
                "{\"bytes_b64\":\"\"} {}\n" +
                "{\"bytes_b64\":\"\",\"name\":7}\n" +
                "{\"bytes_b64\":\"\",\n" +
                "[]\n" +
                good);

        assertEquals(1, run.exitCode());
        assertEquals(List.of("good", "good"), run.objects().stream().map((object) -> object.get("name")).toList());
        final List<String> complaints = run.err().lines().toList();
        assertEquals(8, complaints.size(), run.err());
        assertTrue(complaints.get(0).startsWith("peregrine decode: line 2: "), run.err());
        assertEquals("peregrine decode: line 4: bytes_b64 is missing", complaints.get(1));
        assertEquals("peregrine decode: line 5: bytes_b64 is not Base64", complaints.get(2));
        assertEquals("peregrine decode: line 6: unknown method BREW", complaints.get(3));
        assertEquals("peregrine decode: line 10: not a JSON object", complaints.get(7));
    }

    @Test
    void shouldLeaveTheSizeToTheDefaultLimits()
    {
        final String body = "x".repeat(ResponseLimits.MAX_BODY_LENGTH_DEFAULT);
        final String longestHead = paddedHead(ResponseLimits.MAX_HEAD_LENGTH_DEFAULT, body.length());
        final CommandRun run = decode(
            line("longest", "GET", longestHead + body) +
                line("body", "GET", OK_HEAD + "Content-Length: " + (body.length() + 1) + "\r\n\r\n" + body + "x") +
                line("stream", "GET", OK_HEAD + "\r\n" + body + "x") +
                line("head", "GET", paddedHead(ResponseLimits.MAX_HEAD_LENGTH_DEFAULT + 1, 0)),
            "--split", "4099");

        assertEquals(0, run.exitCode(), run.err());
        final List<Object> errors = run.objects().stream().map((object) -> String.valueOf(object.get("error")))
            .map(Object.class::cast).toList();
        assertEquals(List.of("null", "BODY_TOO_LARGE", "BODY_TOO_LARGE", "HEAD_TOO_LARGE"), errors);
    }

    private static String paddedHead(final int length, final int bodyLength)
    {
        final String start = OK_HEAD + "Content-Length: " + bodyLength + "\r\nPadding: ";
        return start + "p".repeat(length - start.length() - 4) + "\r\n\r\n";
    }

    private static void thenIs(final Vector vector, final Map<String, Object> object)
    {
        final Map<String, Object> expected = new LinkedHashMap<>(object);
        expected.put("status", null == vector.status() ? null : vector.status().longValue());
        expected.put("body_b64", base64(vector.body()));
        expected.put("complete", null != vector.status());
        expected.put("error", vector.error());
        expected.put("reusable", vector.isReusable());
        if (null != vector.consumed())
        {
            expected.put("consumed", vector.consumed().longValue());
        }

        assertEquals(expected, object);
    }

    private static CommandRun decode(final String input, final String... options)
    {
        final String[] args = Stream.concat(Stream.of("decode", "--batch"), Stream.of(options)).toArray(String[]::new);
        final InputStream previous = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try
        {
            return CommandRun.of(args);
        }
        finally
        {
            System.setIn(previous);
        }
    }

    private static String line(final String name, final String method, final String stream)
    {
        return "{\"name\":\"" + name + "\",\"method\":\"" + method + "\",\"bytes_b64\":\"" + base64(stream) + "\"}\n";
    }

    private static String base64(final String text)
    {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private record Vector(
        String method,
        String stream,
        Integer status,
        String body,
        String error,
        boolean isReusable,
        Integer consumed)
    {
        String line()
        {
            return DecodeCommandTest.line("vector", method, stream);
        }
    }
}
