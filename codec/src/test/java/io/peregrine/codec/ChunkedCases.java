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

import static io.peregrine.codec.ResponseCase.chunkedHead;
import static io.peregrine.codec.ResponseCase.complete;
import static io.peregrine.codec.ResponseCase.refused;
import static io.peregrine.codec.ResponseCase.truncated;
import static io.peregrine.codec.ResponseError.BARE_CARRIAGE_RETURN;
import static io.peregrine.codec.ResponseError.BARE_LINE_FEED;
import static io.peregrine.codec.ResponseError.BODY_TOO_LARGE;
import static io.peregrine.codec.ResponseError.CHUNK_SIZE_OVERFLOW;
import static io.peregrine.codec.ResponseError.CONTROL_BYTE;
import static io.peregrine.codec.ResponseError.MALFORMED_CHUNK_SIZE;
import static io.peregrine.codec.ResponseError.MISSING_CHUNK_END;
import static io.peregrine.codec.ResponseError.TRUNCATED_BODY;

/** Chunks and their extensions (RFC 9112 section 7.1). */
final class ChunkedCases
{
    private static final String END = "0\r\n\r\n";

    private ChunkedCases()
    {
    }

    static List<ResponseCase> all()
    {
        return Stream.of(chunks(), extensions(), sizes(), overflows(), chunkEnds(), sizeLineEnds(), cutOff())
            .flatMap(List::stream)
            .toList();
    }

    private static ResponseCase decoded(final String name, final String body, final String chunks)
    {
        return complete(name, chunkedHead() + chunks).body(body);
    }

    private static ResponseCase broken(final String name, final ResponseError error, final String chunks)
    {
        return refused(name, error, chunkedHead() + chunks);
    }

    private static List<ResponseCase> chunks()
    {
        return List.of(
            decoded("one chunk", "hello", "5\r\nhello\r\n" + END),
            decoded("several chunks", "hello, world", "5\r\nhello\r\n2\r\n, \r\n5\r\nworld\r\n" + END),
            decoded("no chunk but the last", "", END),
            decoded("last chunk of several zeros", "", "000\r\n\r\n"),
            decoded("size in lower case", "0123456789", "a\r\n0123456789\r\n" + END),
            decoded("size in upper case", "0123456789abcdef", "F\r\n0123456789abcde\r\n1\r\nf\r\n" + END),
            decoded("size of several digits", "x".repeat(0x1aB), "1aB\r\n" + "x".repeat(0x1aB) + "\r\n" + END),
            decoded("size with leading zeros", "hello", "000000000000005\r\nhello\r\n" + END),
            decoded("line ends and chunk look-alikes in the data", "\r\n0\r\n\r\n", "7\r\n\r\n0\r\n\r\n\r\n" + END),
            decoded("many chunks of one byte", "abcdefgh",
                "1\r\na\r\n1\r\nb\r\n1\r\nc\r\n1\r\nd\r\n1\r\ne\r\n1\r\nf\r\n1\r\ng\r\n1\r\nh\r\n" + END),
            decoded("byte behind the message", "ok", "2\r\nok\r\n" + END + "▸x"),
            decoded("blank line behind the message", "ok", "2\r\nok\r\n" + END + "▸\r\n"),
            decoded("response behind the message", "ok", "2\r\nok\r\n" + END + "▸HTTP/1.1 200 OK\r\n\r\n"));
    }

    private static List<ResponseCase> extensions()
    {
        return List.of(
            decoded("extension", "ok", "2;a\r\nok\r\n" + END),
            decoded("extension with a value", "ok", "2;a=b;c=\"d;\t,\"\r\nok\r\n" + END),
            decoded("extension with obs-text", "ok", "2;\u00e9=\u00ff\r\nok\r\n" + END),
            decoded("white space before and within an extension", "ok", "2 \t ; a = b \r\nok\r\n" + END),
            decoded("extension of the last chunk", "ok", "2\r\nok\r\n0;last\r\n\r\n"),
            decoded("extension without a name", "ok", "2;\r\nok\r\n" + END),
            broken("NUL in an extension", CONTROL_BYTE, "2;a▸\0b\r\nok\r\n" + END),
            broken("DEL in an extension", CONTROL_BYTE, "2;▸\u007f\r\nok\r\n" + END));
    }

    private static List<ResponseCase> sizes()
    {
        return List.of(
            broken("size missing", MALFORMED_CHUNK_SIZE, "▸\r\nok\r\n" + END),
            broken("size missing before an extension", MALFORMED_CHUNK_SIZE, "▸;a\r\nok\r\n" + END),
            broken("size missing behind a chunk", MALFORMED_CHUNK_SIZE, "2\r\nok\r\n▸\r\n0\r\n\r\n"),
            broken("size with a sign", MALFORMED_CHUNK_SIZE, "▸+2\r\nok\r\n" + END),
            broken("negative size", MALFORMED_CHUNK_SIZE, "▸-2\r\nok\r\n" + END),
            broken("size with a prefix", MALFORMED_CHUNK_SIZE, "0▸x2\r\nok\r\n" + END),
            broken("size with a letter behind 'f'", MALFORMED_CHUNK_SIZE, "▸g\r\nok\r\n" + END),
            broken("size with a letter behind 'F'", MALFORMED_CHUNK_SIZE, "2▸G\r\nok\r\n" + END),
            broken("size with the byte behind '9'", MALFORMED_CHUNK_SIZE, "▸:\r\nok\r\n" + END),
            broken("size with the byte before '0'", MALFORMED_CHUNK_SIZE, "▸/\r\nok\r\n" + END),
            broken("size with the byte before 'A'", MALFORMED_CHUNK_SIZE, "2▸@\r\nok\r\n" + END),
            broken("size with the byte before 'a'", MALFORMED_CHUNK_SIZE, "2▸`\r\nok\r\n" + END),
            broken("size with a superscript two", MALFORMED_CHUNK_SIZE, "▸\u00b2\r\nok\r\n" + END),
            broken("size with NUL", MALFORMED_CHUNK_SIZE, "2▸\0\r\nok\r\n" + END),
            broken("space before the size", MALFORMED_CHUNK_SIZE, "▸ 2\r\nok\r\n" + END),
            broken("space behind the size", MALFORMED_CHUNK_SIZE, "2 ▸\r\nok\r\n" + END),
            broken("tab behind the size", MALFORMED_CHUNK_SIZE, "2\t▸\r\nok\r\n" + END),
            broken("space within the size", MALFORMED_CHUNK_SIZE, "2 ▸2\r\nok\r\n" + END),
            broken("white space, then LF", MALFORMED_CHUNK_SIZE, "2 ▸\nok\r\n" + END));
    }

    private static List<ResponseCase> overflows()
    {
        return List.of(
            broken("size of 16 digits", CHUNK_SIZE_OVERFLOW, "FFFFFFFFFFFFFFF▸F\r\nok\r\n" + END),
            broken("size of 17 digits, which a long would wrap to 2", CHUNK_SIZE_OVERFLOW,
                "100000000000000▸02\r\nok\r\n" + END),
            broken("size of 16 zeros", CHUNK_SIZE_OVERFLOW, "000000000000000▸0\r\n\r\n"),
            broken("size of 15 digits", BODY_TOO_LARGE, "FFFFFFFFFFFFFFF\r▸\nok\r\n" + END),
            broken("size that an int would wrap to 2", BODY_TOO_LARGE, "100000002\r▸\nok\r\n" + END),
            broken("second size that an int would wrap", BODY_TOO_LARGE, "2\r\nok\r\nFFFFFFFE\r▸\nok\r\n" + END));
    }

    private static List<ResponseCase> chunkEnds()
    {
        return List.of(
            broken("data longer than its size", MISSING_CHUNK_END, "2\r\nok▸!\r\n" + END),
            broken("next size right behind the data", MISSING_CHUNK_END, "2\r\nok▸0\r\n\r\n"),
            broken("LF alone behind the data", MISSING_CHUNK_END, "2\r\nok▸\n0\r\n\r\n"),
            broken("CR alone behind the data", MISSING_CHUNK_END, "2\r\nok\r▸0\r\n\r\n"),
            broken("CR twice behind the data", MISSING_CHUNK_END, "2\r\nok\r▸\r\n0\r\n\r\n"),
            broken("data shorter than its size", MISSING_CHUNK_END, "4\r\nok\r\n▸0\r\n\r\n"));
    }

    private static List<ResponseCase> sizeLineEnds()
    {
        return List.of(
            broken("bare CR behind the size", BARE_CARRIAGE_RETURN, "2\r▸ok\r\n" + END),
            broken("CR twice behind the size", BARE_CARRIAGE_RETURN, "2\r▸\r\nok\r\n" + END),
            broken("bare CR in an extension", BARE_CARRIAGE_RETURN, "2;a\r▸b\r\nok\r\n" + END),
            broken("bare LF behind the size", BARE_LINE_FEED, "2▸\nok\r\n" + END),
            broken("bare LF behind an extension", BARE_LINE_FEED, "2;a▸\nok\r\n" + END),
            broken("bare LF behind the last size", BARE_LINE_FEED, "0▸\n\r\n"));
    }

    private static List<ResponseCase> cutOff()
    {
        return List.of(
            truncated("end before the first chunk", TRUNCATED_BODY, chunkedHead()),
            truncated("end within a size", TRUNCATED_BODY, chunkedHead() + "2"),
            truncated("end within the data", TRUNCATED_BODY, chunkedHead() + "2\r\no"),
            truncated("end behind the data", TRUNCATED_BODY, chunkedHead() + "2\r\nok"),
            truncated("end between chunks", TRUNCATED_BODY, chunkedHead() + "2\r\nok\r\n"),
            truncated("end before the last blank line", TRUNCATED_BODY, chunkedHead() + "2\r\nok\r\n0\r\n"),
            truncated("end within the last blank line", TRUNCATED_BODY, chunkedHead() + "2\r\nok\r\n0\r\n\r"));
    }
}
