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

import java.util.ArrayList;
import java.util.List;

import static io.peregrine.codec.ResponseCase.complete;
import static io.peregrine.codec.ResponseCase.head;
import static io.peregrine.codec.ResponseCase.refused;
import static io.peregrine.codec.ResponseError.CHUNKED_NOT_LAST;
import static io.peregrine.codec.ResponseError.CHUNKED_REPEATED;
import static io.peregrine.codec.ResponseError.CONTENT_LENGTH_WITH_TRANSFER_ENCODING;
import static io.peregrine.codec.ResponseError.MALFORMED_TRANSFER_ENCODING;
import static io.peregrine.codec.ResponseError.TRANSFER_ENCODING_IN_HTTP_1_0;
import static io.peregrine.codec.ResponseError.UNKNOWN_TRANSFER_CODING;

/** The Transfer-Encoding field (RFC 9112 section 6.1); a faulty one is refused at its line feed. */
final class TransferEncodingCases
{
    private static final String CHUNKS = "2\r\nok\r\n0\r\n\r\n";

    private TransferEncodingCases()
    {
    }

    static List<ResponseCase> all()
    {
        final List<ResponseCase> cases = new ArrayList<>(accepted());
        cases.addAll(withContentLength());
        refuse(cases, UNKNOWN_TRANSFER_CODING, "gzip", "identity", "gzip, chunked", "xchunked", "chunkedx", "chunke",
            "chunked;q=1", "\"chunked\"", "chunked chunked", "chunked\u00ff", ";", ", x");
        refuse(cases, CHUNKED_NOT_LAST, "chunked, gzip", "chunked,,x", "chunked,identity");
        refuse(cases, CHUNKED_REPEATED, "chunked, chunked", "chunked,CHUNKED", "chunked, , chunked, gzip");
        refuse(cases, MALFORMED_TRANSFER_ENCODING, "", ",", " , ,\t");

        return cases;
    }

    private static void refuse(final List<ResponseCase> cases, final ResponseError error, final String... values)
    {
        for (final String value : values)
        {
            cases.add(refused("Transfer-Encoding '" + value + "'", error,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: " + value + "\r▸\n\r\n" + CHUNKS));
        }
    }

    private static List<ResponseCase> accepted()
    {
        return List.of(
            complete("chunked", head("Transfer-Encoding: chunked") + CHUNKS).body("ok"),
            complete("chunked in other case", head("TRANSFER-encoding: ChunKED") + CHUNKS).body("ok"),
            complete("empty elements around chunked", head("Transfer-Encoding: , \t chunked \t,,") + CHUNKS).body("ok"),
            refused("chunked in two fields", CHUNKED_REPEATED,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r▸\n\r\n" + CHUNKS),
            refused("another coding in a field behind chunked", CHUNKED_NOT_LAST,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r▸\n\r\n" + CHUNKS),
            refused("field that names no coding behind chunked", MALFORMED_TRANSFER_ENCODING,
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding:\r▸\n\r\n" + CHUNKS),
            refused("chunked in HTTP/1.0", TRANSFER_ENCODING_IN_HTTP_1_0,
                "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n▸" + CHUNKS),
            refused("chunked in HTTP/1.0 with keep-alive", TRANSFER_ENCODING_IN_HTTP_1_0,
                "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n▸" + CHUNKS));
    }

    private static List<ResponseCase> withContentLength()
    {
        final String both = "Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n▸" + CHUNKS;
        return List.of(
            refused("Content-Length behind Transfer-Encoding", CONTENT_LENGTH_WITH_TRANSFER_ENCODING,
                "HTTP/1.1 200 OK\r\n" + both),
            refused("Content-Length before Transfer-Encoding", CONTENT_LENGTH_WITH_TRANSFER_ENCODING,
                head("Content-Length: 2", "Transfer-Encoding: chunked") + "▸" + CHUNKS),
            refused("Content-Length of zero with Transfer-Encoding", CONTENT_LENGTH_WITH_TRANSFER_ENCODING,
                head("Content-Length: 0", "Transfer-Encoding: chunked") + "▸" + CHUNKS),
            refused("both in HTTP/1.0", CONTENT_LENGTH_WITH_TRANSFER_ENCODING, "HTTP/1.0 200 OK\r\n" + both),
            refused("both in answer to HEAD", CONTENT_LENGTH_WITH_TRANSFER_ENCODING, "HTTP/1.1 200 OK\r\n" + both)
                .to(HttpMethod.HEAD),
            refused("both with 204", CONTENT_LENGTH_WITH_TRANSFER_ENCODING, "HTTP/1.1 204 No Content\r\n" + both),
            refused("both with 304", CONTENT_LENGTH_WITH_TRANSFER_ENCODING, "HTTP/1.1 304 Not Modified\r\n" + both),
            refused("both in an interim response", CONTENT_LENGTH_WITH_TRANSFER_ENCODING,
                "HTTP/1.1 103 Early Hints\r\n" + both));
    }
}
