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

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/**
 * What the tests of the request side share: a region between guard bytes, and the text of a request.
 */
final class EncodedRequest
{
    static final int GUARD_LENGTH = 64;
    private static final byte GUARD = (byte)0xA5;

    private EncodedRequest()
    {
    }

    static byte[] guardedBytes(final int regionLength)
    {
        final byte[] bytes = new byte[regionLength + 2 * GUARD_LENGTH];
        Arrays.fill(bytes, GUARD);
        return bytes;
    }

    static RequestWriter wrap(final RequestWriter writer, final byte[] guardedBytes)
    {
        return writer.wrap(new UnsafeBuffer(guardedBytes), GUARD_LENGTH, guardedBytes.length - 2 * GUARD_LENGTH);
    }

    static void assertGuardsIntact(final byte[] guardedBytes)
    {
        for (int i = 0; i < GUARD_LENGTH; i++)
        {
            assertEquals(GUARD, guardedBytes[i], "before the region");
            assertEquals(GUARD, guardedBytes[guardedBytes.length - 1 - i], "behind the region");
        }
    }

    static String textOf(final Request request)
    {
        final byte[] bytes = new byte[request.length()];
        request.buffer().getBytes(request.offset(), bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    static void assertRefused(final RequestError expected, final FinalStage stage)
    {
        final HttpException exception = assertThrows(HttpException.class, stage::finish);
        assertEquals(expected, exception.error(), exception.getMessage());
    }
}
