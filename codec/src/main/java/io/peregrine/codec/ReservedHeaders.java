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

/**
 * The headers that frame or route a request. Only the writer sets them: a second opinion about them on the wire is how
 * request smuggling starts (RFC 9112 section 11.2).
 */
final class ReservedHeaders
{
    private static final String HOST = "host";
    private static final String CONNECTION = "connection";
    private static final String CONTENT_LENGTH = "content-length";
    private static final String TRANSFER_ENCODING = "transfer-encoding";

    private ReservedHeaders()
    {
    }

    /** Whether the bytes are a reserved name, in any case; the length rules out nearly every other name at once. */
    static boolean isReserved(final byte[] bytes, final int offset, final int length)
    {
        return switch (length)
        {
            case 4 -> equalsIgnoreCase(HOST, bytes, offset);
            case 10 -> equalsIgnoreCase(CONNECTION, bytes, offset);
            case 14 -> equalsIgnoreCase(CONTENT_LENGTH, bytes, offset);
            case 17 -> equalsIgnoreCase(TRANSFER_ENCODING, bytes, offset);
            default -> false;
        };
    }

    private static boolean equalsIgnoreCase(final String lowerCaseName, final byte[] bytes, final int offset)
    {
        for (int i = 0; i < lowerCaseName.length(); i++)
        {
            if (lowerCaseName.charAt(i) != HttpCharacters.toLowerCase(bytes[offset + i]))
            {
                return false;
            }
        }
        return true;
    }
}
