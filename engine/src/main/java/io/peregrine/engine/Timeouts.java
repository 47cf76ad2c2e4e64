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
package io.peregrine.engine;

import java.util.concurrent.TimeUnit;

/**
 * How long each phase may take, in nanoseconds on the engine's clock. Each becomes an absolute deadline when its phase
 * begins; {@link #requestNs()} is over all phases of an exchange, so that a server that answers drop by drop cannot
 * outlive it.
 *
 * @param resolveNs   looking up the addresses of a name.
 * @param connectNs   connecting the socket of one attempt.
 * @param handshakeNs the TLS handshake of one attempt.
 * @param writeNs     from send until the kernel has taken the whole request.
 * @param firstByteNs from then until the first byte of the answer.
 * @param requestNs   from send to the complete answer, unless the send names a deadline of its own.
 */
public record Timeouts(
    long resolveNs, long connectNs, long handshakeNs, long writeNs, long firstByteNs, long requestNs)
{
    /** 5 s to resolve, 3 s to connect, 5 s to shake hands; 10 s to write, for the first byte, and for the whole. */
    public static final Timeouts DEFAULT = new Timeouts(
        TimeUnit.SECONDS.toNanos(5),
        TimeUnit.SECONDS.toNanos(3),
        TimeUnit.SECONDS.toNanos(5),
        TimeUnit.SECONDS.toNanos(10),
        TimeUnit.SECONDS.toNanos(10),
        TimeUnit.SECONDS.toNanos(10));

    /**
     * Validates the times.
     *
     * @throws IllegalArgumentException when one is not positive.
     */
    public Timeouts
    {
        requirePositive(resolveNs, "resolveTimeout");
        requirePositive(connectNs, "connectTimeout");
        requirePositive(handshakeNs, "handshakeTimeout");
        requirePositive(writeNs, "writeTimeout");
        requirePositive(firstByteNs, "firstByteTimeout");
        requirePositive(requestNs, "requestTimeout");
    }

    private static void requirePositive(final long timeoutNs, final String name)
    {
        if (timeoutNs <= 0)
        {
            throw new IllegalArgumentException(name + " must be positive, not " + timeoutNs + " ns");
        }
    }
}
