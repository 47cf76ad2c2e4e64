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
package io.peregrine.perf.venue;

/** What the venue says to one request, before it becomes bytes; reused for every request of a simulator. */
final class Answer
{
    /** A count or a time that is not to be said. */
    static final int ABSENT = -1;

    private static final int BODY_LENGTH_LIMIT = 512;

    private final AsciiText body = new AsciiText(BODY_LENGTH_LIMIT);
    private HttpStatus status;
    private byte[] allow;
    private int usedWeight;
    private int orderCount;
    private int retryAfterSeconds;

    /** Starts an answer of 200 and nothing else. */
    void clear()
    {
        status = HttpStatus.OK;
        allow = null;
        usedWeight = ABSENT;
        orderCount = ABSENT;
        retryAfterSeconds = ABSENT;
        body.clear();
    }

    void refuse(final VenueError error)
    {
        status = error.status();
        body.clear().append(error.json());
    }

    AsciiText body()
    {
        return body;
    }

    HttpStatus status()
    {
        return status;
    }

    void status(final HttpStatus value)
    {
        status = value;
    }

    /** The value of the Allow field, or null. */
    byte[] allow()
    {
        return allow;
    }

    void allow(final byte[] value)
    {
        allow = value;
    }

    int usedWeight()
    {
        return usedWeight;
    }

    void usedWeight(final int value)
    {
        usedWeight = value;
    }

    int orderCount()
    {
        return orderCount;
    }

    void orderCount(final int value)
    {
        orderCount = value;
    }

    int retryAfterSeconds()
    {
        return retryAfterSeconds;
    }

    void retryAfterSeconds(final int value)
    {
        retryAfterSeconds = value;
    }
}
