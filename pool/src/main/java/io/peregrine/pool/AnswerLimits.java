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

import io.peregrine.codec.HeaderName;
import io.peregrine.codec.ResponseSnapshot;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionConfig;
import io.peregrine.engine.FailureSnapshot;
import io.peregrine.pool.ring.AnswerRing;
import org.agrona.BitUtil;
import org.agrona.ExpandableRingBuffer;

import java.util.List;

/** What bounds the answers on their way to a client, and the memory that they take. */
final class AnswerLimits
{
    /** A record of the held queue has a header, and is aligned; parts have a header each as well. */
    private static final int RECORD_OVERHEAD = 64;

    private final int ringLength;
    private final LargeAnswerPolicy largeAnswerPolicy;
    private final List<HeaderName> capturedHeaders;
    private final int maxHeaders;
    private final int maxMessageLength;
    private final int maxHeldLength;

    /** Throws IllegalArgumentException when a limit is too small to work with, or memory would exceed what can be. */
    AnswerLimits(
        final int ringLength,
        final LargeAnswerPolicy largeAnswerPolicy,
        final List<HeaderName> capturedHeaders,
        final ConnectionConfig config,
        final int connections,
        final int requests)
    {
        this.ringLength = ringLength;
        this.largeAnswerPolicy = largeAnswerPolicy;
        this.capturedHeaders = capturedHeaders;
        maxHeaders = config.responseLimits().maxHeaders();
        maxMessageLength = AnswerMessage.SNAPSHOT_OFFSET + Math.max(
            ResponseSnapshot.maxLength(config.receiveBufferLength(), maxHeaders), FailureSnapshot.MAX_LENGTH);
        if (failureLength() > AnswerRing.maxMessageLength(ringLength))
        {
            throw new IllegalArgumentException("answerRingLength must be at least " +
                BitUtil.findNextPositivePowerOfTwo(failureLength() * AnswerRing.MESSAGES_IN_RING) +
                ", not " + ringLength);
        }

        maxHeldLength = maxHeldLength(connections, requests);
    }

    int ringLength()
    {
        return ringLength;
    }

    /** Longest message before it is cut into parts. */
    int maxMessageLength()
    {
        return maxMessageLength;
    }

    int maxPartLength()
    {
        return AnswerRing.maxMessageLength(ringLength);
    }

    int maxHeldLength()
    {
        return maxHeldLength;
    }

    boolean areLargeAnswersTaken()
    {
        return LargeAnswerPolicy.IN_PARTS == largeAnswerPolicy;
    }

    ResponseSnapshot newSnapshot()
    {
        return null == capturedHeaders ?
            ResponseSnapshot.ofAllHeaders(maxHeaders) : ResponseSnapshot.ofHeaders(maxHeaders, capturedHeaders);
    }

    RestResponse newView()
    {
        return ResponseSnapshot.newView(maxHeaders);
    }

    /** The answers of all connections, and a failure for each request; twice, since the queue grows by doubling. */
    private int maxHeldLength(final int connections, final int requests)
    {
        final long parts = 1 + maxMessageLength / (maxPartLength() - AnswerMessage.PART_OFFSET);
        final long answers = connections * (maxMessageLength + parts * RECORD_OVERHEAD);
        final long failures = (long)requests * (failureLength() + RECORD_OVERHEAD);
        final long length = 2 * (answers + failures + maxMessageLength);
        if (length > ExpandableRingBuffer.MAX_CAPACITY)
        {
            throw new IllegalArgumentException("up to " + length + " bytes of answers may be held for a client, more " +
                "than " + ExpandableRingBuffer.MAX_CAPACITY + ": lower connections or receiveBufferLength");
        }

        return BitUtil.findNextPositivePowerOfTwo((int)length);
    }

    private static int failureLength()
    {
        return AnswerMessage.SNAPSHOT_OFFSET + FailureSnapshot.MAX_LENGTH;
    }
}
