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
package io.peregrine.perf.floor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Finds the end of a message from the blank line and Content-Length, and understands nothing else. */
final class MessageLength
{
    /** The end of the message has not come yet. */
    static final int INCOMPLETE = 0;

    /** Content-Length is no number. */
    static final int MALFORMED = -1;

    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final int BLANK_LINE = 0x0D0A0D0A;
    private static final int CASE_BIT = 0x20;
    private static final int MAX_BODY_LENGTH = 1 << 24;

    private MessageLength()
    {
    }

    /** The length of the first message, head and body, between 0 and the limit; or a negative or zero constant. */
    static int of(final ByteBuffer buffer, final int limit)
    {
        int bodyLength = 0;
        int lineOffset = 0;
        for (int i = 0; i < limit; i++)
        {
            if (buffer.get(i) == '\n')
            {
                if (i - lineOffset <= 1)
                {
                    final int length = i + 1 + bodyLength;
                    return length <= limit ? length : INCOMPLETE;
                }

                if (isContentLength(buffer, lineOffset, i))
                {
                    bodyLength = decimal(buffer, lineOffset + CONTENT_LENGTH.length, i);
                    if (bodyLength < 0)
                    {
                        return MALFORMED;
                    }
                }

                lineOffset = i + 1;
            }
        }

        return INCOMPLETE;
    }

    /** The length of the head that ends with the first blank line of a complete message. */
    static int headLength(final ByteBuffer buffer)
    {
        int offset = 0;
        while (buffer.getInt(offset) != BLANK_LINE)
        {
            offset++;
        }

        return offset + Integer.BYTES;
    }

    private static boolean isContentLength(final ByteBuffer buffer, final int offset, final int limit)
    {
        if (limit - offset <= CONTENT_LENGTH.length)
        {
            return false;
        }

        for (int i = 0; i < CONTENT_LENGTH.length; i++)
        {
            if ((buffer.get(offset + i) | CASE_BIT) != (CONTENT_LENGTH[i] | CASE_BIT))
            {
                return false;
            }
        }

        return true;
    }

    /** The number between blanks, to the line end; or a negative number. */
    private static int decimal(final ByteBuffer buffer, final int offset, final int limit)
    {
        int value = MALFORMED;
        for (int i = offset; i < limit; i++)
        {
            final byte b = buffer.get(i);
            if (b >= '0' && b <= '9' && value <= MAX_BODY_LENGTH)
            {
                value = Math.max(0, value) * 10 + b - '0';
            }
            else if (b != ' ' && b != '\r')
            {
                return MALFORMED;
            }
        }

        return value;
    }
}
