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

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Ids and names of errors end up in logs, counters and callers: they may be added to, but never change. */
class ResponseErrorTest
{
    private static final String STABLE = """
        200 MALFORMED_STATUS_LINE
        201 UNSUPPORTED_HTTP_VERSION
        202 MALFORMED_STATUS_CODE
        203 BARE_CARRIAGE_RETURN
        204 BARE_LINE_FEED
        205 CONTROL_BYTE
        206 MALFORMED_HEADER_NAME
        207 SPACE_BEFORE_COLON
        208 OBSOLETE_LINE_FOLDING
        209 HEAD_TOO_LARGE
        210 TOO_MANY_HEADERS
        211 TOO_MANY_INTERIM_RESPONSES
        212 UNEXPECTED_SWITCHING_PROTOCOLS
        220 MALFORMED_CONTENT_LENGTH
        221 CONTENT_LENGTH_OVERFLOW
        222 CONFLICTING_CONTENT_LENGTH
        223 CONTENT_LENGTH_WITH_TRANSFER_ENCODING
        224 MALFORMED_TRANSFER_ENCODING
        225 UNKNOWN_TRANSFER_CODING
        226 CHUNKED_NOT_LAST
        227 CHUNKED_REPEATED
        228 TRANSFER_ENCODING_IN_HTTP_1_0
        230 MALFORMED_CHUNK_SIZE
        231 CHUNK_SIZE_OVERFLOW
        232 MISSING_CHUNK_END
        233 CHUNK_EXTENSIONS_TOO_LARGE
        234 TRAILERS_TOO_LARGE
        240 BODY_TOO_LARGE
        241 RECEIVE_BUFFER_TOO_SMALL
        250 CLOSED_BEFORE_RESPONSE
        251 TRUNCATED_HEAD
        252 TRUNCATED_BODY
        """;

    @Test
    void shouldKeepIdsAndNames()
    {
        assertEquals(STABLE, Arrays.stream(ResponseError.values())
            .map(error -> error.id() + " " + error.name() + "\n")
            .collect(Collectors.joining()));
    }

    @Test
    void shouldTellErrorsApart()
    {
        final Set<Object> seen = new HashSet<>();
        for (final ResponseError error : ResponseError.values())
        {
            assertTrue(error.id() >= 200 && error.id() < 300, error::name);
            assertTrue(seen.add(error.id()), error::name);
            assertFalse(error.description().isEmpty());
            assertTrue(seen.add(error.description()), error::name);
        }
    }
}
