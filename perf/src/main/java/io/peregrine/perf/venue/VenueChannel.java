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

import java.io.IOException;
import java.nio.ByteBuffer;

/** A client's byte stream, as the venue reads and writes it, without waiting. */
interface VenueChannel
{
    /** Number of bytes read, 0 when none are there, -1 when the stream has ended. */
    int read(ByteBuffer destination) throws IOException;

    /** Number of bytes taken. */
    int write(ByteBuffer source) throws IOException;

    /** Whether bytes were taken that the socket has not: writing, even nothing, goes on with them. */
    boolean isBlocked();

    /** Whether a read would give something although nothing comes from the socket. */
    boolean hasReadAhead();

    /** Ends the output, once it is not blocked. */
    void shutdownOutput() throws IOException;
}
