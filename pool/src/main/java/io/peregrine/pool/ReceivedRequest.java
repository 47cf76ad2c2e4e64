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

import java.nio.ByteBuffer;

/**
 * What the venue of a warm-up has to know of a request, which is in a buffer from its start to its position. Requests
 * are framed as the writer of this library frames them: one line of the head, if any, tells the length of the body, or
 * that it comes in chunks, since a caller cannot add another.
 */
final class ReceivedRequest
{
    private static final String LINE_END = "\r\n";
    private static final String HEAD_END = "\r\n\r\n";
    private static final String CONTENT_LENGTH = "\r\nContent-Length: ";
    private static final String CHUNKED = "\r\nTransfer-Encoding: chunked";
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";
    private static final int LENGTH_BEHIND_TARGET = " HTTP/1.1".length();
    private static final int NOT_FOUND = -1;

    private ReceivedRequest()
    {
    }

    /** Whether the end of the request has come. */
    static boolean isComplete(final ByteBuffer received)
    {
        final int length = received.position();
        final int headEnd = indexOf(received, HEAD_END, length);
        if (NOT_FOUND == headEnd)
        {
            return false;
        }

        if (NOT_FOUND != indexOf(received, CHUNKED, headEnd))
        {
            return hasText(received, length - LAST_CHUNK.length(), LAST_CHUNK);
        }

        final int lengthIndex = indexOf(received, CONTENT_LENGTH, headEnd);
        return NOT_FOUND == lengthIndex ||
            length - headEnd - HEAD_END.length() >= number(received, lengthIndex + CONTENT_LENGTH.length());
    }

    /** The answer that the target of a complete request asks for; null when it is no request of a warm-up. */
    static WarmUpAnswer wantedAnswer(final ByteBuffer received)
    {
        final int lineEnd = indexOf(received, LINE_END, received.position());
        final int codeIndex = lineEnd - LENGTH_BEHIND_TARGET - 1;
        return codeIndex < 0 || NOT_FOUND == indexOf(received, WarmUpAnswer.PATH_START, lineEnd) ? null :
            WarmUpAnswer.of(received.get(codeIndex));
    }

    private static int indexOf(final ByteBuffer received, final String text, final int limit)
    {
        for (int i = 0; i < limit; i++)
        {
            if (hasText(received, i, text))
            {
                return i;
            }
        }

        return NOT_FOUND;
    }

    private static boolean hasText(final ByteBuffer received, final int index, final String text)
    {
        if (index < 0 || index + text.length() > received.position())
        {
            return false;
        }

        int matching = 0;
        while (matching < text.length() && text.charAt(matching) == received.get(index + matching))
        {
            matching++;
        }

        return text.length() == matching;
    }

    /** No larger than what a request can never reach. */
    private static int number(final ByteBuffer received, final int index)
    {
        int number = 0;
        for (int i = index; received.get(i) >= '0' && received.get(i) <= '9'; i++)
        {
            number = Math.min(10 * number + received.get(i) - '0', WarmUpVenue.MAX_REQUEST_LENGTH);
        }

        return number;
    }
}
