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

import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

import static io.peregrine.codec.ResponseCase.chunkedHead;
import static io.peregrine.codec.ResponseCase.head;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** A refusal says which limit was passed, and where; it repeats nothing that the peer sent. */
class ErrorDetailTest
{
    private static final int CAPACITY = 100;
    private static final ResponseLimits LIMITS = new ResponseLimits(80, 2, 40, 1, 3, 4, false);

    @Test
    void shouldNameTheLimitThatWasPassed()
    {
        thenDetailIs("head is too large: maxHeadLength is 80 at byte 80", head("X: " + "y".repeat(80)));
        thenDetailIs("too many headers: maxHeaders is 2 at byte 32", head("X: y", "X: y", "X:"));
        thenDetailIs("too many interim responses: maxInterimResponses is 1 at byte 36",
            "HTTP/1.1 100 x\r\n\r\n".repeat(2));
        thenDetailIs("chunk extensions are too large: maxChunkExtensionLength is 3 at byte 51",
            chunkedHead() + "1;abc\r\n");
        thenDetailIs("trailer section is too large: maxTrailerLength is 4 at byte 56",
            chunkedHead() + "0\r\nX: y\r\n\r\n");
        thenDetailIs("body is too large: maxBodyLength is 40 at byte 39", head("Content-Length: 41"));
        thenDetailIs("response does not fit the receive buffer: receive buffer length is 100, head takes 61 at byte 61",
            head("X: 78901234567890123", "Content-Length: 40"));
    }

    @Test
    void shouldNameThePlaceOfAnyOtherFault()
    {
        thenDetailIs("malformed status line at byte 0", "secret");
        thenDetailIs("control byte in text at byte 26", head("X: secret\0"));
    }

    private static void thenDetailIs(final String detail, final String text)
    {
        final ResponseReader reader = new ResponseReader(CAPACITY, LIMITS);
        reader.read(new UnsafeBuffer(text.getBytes(ISO_8859_1)), 0, text.length());

        assertEquals(detail, reader.errorDetail());
    }
}
