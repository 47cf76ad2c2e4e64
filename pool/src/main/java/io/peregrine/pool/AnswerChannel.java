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

import io.peregrine.codec.ResponseSnapshot;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.FailureSnapshot;
import io.peregrine.pool.ring.AnswerRing;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableRingBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The way of verdicts from the engine to one client: a ring, and behind it a queue of the engine's own that holds what
 * the ring has no room for. The queue is empty unless the client does not poll; then the engine takes no more of its
 * requests, which bounds the queue by what was under way at that time.
 * <p>
 * Once the engine has ended for good the queue is the client's, which then empties it itself.
 */
final class AnswerChannel
{
    private static final int INITIAL_HELD_LENGTH = 0;

    private final AnswerRing ring;
    private final ExpandableRingBuffer held;
    private final ExpandableRingBuffer.MessageConsumer toRing = this::toRing;
    private final AnswerLimits limits;
    private final ResponseSnapshot snapshot;
    private final UnsafeBuffer scratch;
    private final UnsafeBuffer part;
    private final PoolCounters counters;

    /** The buffers serve all channels of an engine: one for a whole message, one for a part of one. */
    AnswerChannel(
        final AnswerLimits limits, final UnsafeBuffer scratch, final UnsafeBuffer part, final PoolCounters counters)
    {
        this.limits = limits;
        this.scratch = scratch;
        this.part = part;
        this.counters = counters;
        snapshot = limits.newSnapshot();
        ring = new AnswerRing(limits.ringLength());
        held = new ExpandableRingBuffer(INITIAL_HELD_LENGTH, limits.maxHeldLength(), true);
    }

    /** Whether something is held: then the client's requests are not to be taken. */
    boolean isStalled()
    {
        return !held.isEmpty();
    }

    /** Whether an answer is short enough to be handed on. */
    boolean isWithinLimits(final RestResponse response)
    {
        return limits.areLargeAnswersTaken() || messageLength(response) <= ring.maxMessageLength();
    }

    /** Hands on an answer. */
    void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
    {
        final int length = messageLength(response);
        if (held.isEmpty() && length <= ring.maxMessageLength())
        {
            final int index = ring.claim(length);
            if (AnswerRing.INSUFFICIENT_CAPACITY != index)
            {
                encode(ring.buffer(), index, correlationId, response, times);
                ring.commit(AnswerMessage.RESPONSE, length);
                return;
            }
        }

        encode(scratch, 0, correlationId, response, times);
        publish(length);
    }

    /** Hands on a failure. */
    void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
    {
        AnswerMessage.encode(scratch, 0, AnswerMessage.FAILURE, correlationId, times);
        publish(AnswerMessage.SNAPSHOT_OFFSET +
            FailureSnapshot.encode(failure, scratch, AnswerMessage.SNAPSHOT_OFFSET));
    }

    /** Moves what is held to the ring, as far as there is room; returns how much, in bytes. */
    int flush()
    {
        return held.consume(toRing, Integer.MAX_VALUE);
    }

    /** For the client: reads what has come. */
    void read(final MessageHandler handler, final int limit)
    {
        ring.read(handler, limit);
    }

    /** For the client: whether there is nothing to read. */
    boolean isDrained()
    {
        return ring.isEmpty();
    }

    /** For the client, when the engine has ended: reads what was held. */
    int readHeld(final MessageHandler handler, final int limit)
    {
        return held.consume(
            (buffer, offset, length, headOffset) ->
            {
                handler.onMessage(AnswerMessage.kind(buffer, offset), buffer, offset, length);
                return true;
            },
            limit);
    }

    private int messageLength(final RestResponse response)
    {
        return AnswerMessage.SNAPSHOT_OFFSET + snapshot.measure(response);
    }

    /** The first line of the message comes last: the client spins on it. */
    private void encode(
        final MutableDirectBuffer target,
        final int offset,
        final long correlationId,
        final RestResponse response,
        final RequestTimes times)
    {
        snapshot.encode(response, target, offset + AnswerMessage.SNAPSHOT_OFFSET);
        AnswerMessage.encode(target, offset, AnswerMessage.RESPONSE, correlationId, times);
    }

    /** Hands on what is in the scratch memory, whole or in parts. */
    private void publish(final int length)
    {
        if (length <= ring.maxMessageLength())
        {
            append(scratch, length);
            return;
        }

        final int room = ring.maxMessageLength() - AnswerMessage.PART_OFFSET;
        for (int place = 0; place < length; place += room)
        {
            final int partLength = Math.min(room, length - place);
            part.putInt(AnswerMessage.KIND_OFFSET, AnswerMessage.PART);
            part.putInt(AnswerMessage.WHOLE_LENGTH_OFFSET, length);
            part.putInt(AnswerMessage.PLACE_OFFSET, place);
            part.putBytes(AnswerMessage.PART_OFFSET, scratch, place, partLength);
            append(part, AnswerMessage.PART_OFFSET + partLength);
        }
    }

    private void append(final DirectBuffer message, final int length)
    {
        if (held.isEmpty())
        {
            if (ring.write(AnswerMessage.kind(message, 0), message, 0, length))
            {
                return;
            }

            counters.increment(PoolCounter.STALLS);
        }

        counters.increment(PoolCounter.ANSWERS_HELD);
        if (!held.append(message, 0, length))
        {
            throw new IllegalStateException("more is held than can have been under way: " + held.size() + " bytes");
        }
    }

    private boolean toRing(final MutableDirectBuffer buffer, final int offset, final int length, final int headOffset)
    {
        return ring.write(AnswerMessage.kind(buffer, offset), buffer, offset, length);
    }
}
