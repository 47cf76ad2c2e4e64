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
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;

/** The client's end of an {@link AnswerChannel}: puts parts together, and shows each verdict to a handler. */
final class AnswerReader
{
    private final AnswerChannel channel;
    private final MessageHandler onMessage = this::onMessage;
    private final RestResponse response;
    private final RestResponse awaitedResponse;
    private final RequestTimes times = new RequestTimes();
    private final AwaitedVerdict awaited = new AwaitedVerdict();

    /** For an answer that comes in parts, and for one that is awaited. */
    private final UnsafeBuffer assembly;

    private AnswerHandler handler;
    private boolean isPolling;
    private int verdicts;
    private long outstanding;

    AnswerReader(final AnswerChannel channel, final AnswerLimits limits)
    {
        this.channel = channel;
        response = limits.newView();
        awaitedResponse = limits.newView();
        assembly = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(limits.maxMessageLength(), BitUtil.CACHE_LINE_LENGTH));
    }

    void onOffered()
    {
        outstanding++;
    }

    long outstanding()
    {
        return outstanding;
    }

    /** Of the verdict taken last. */
    RequestTimes times()
    {
        return times;
    }

    void checkNotPolling()
    {
        if (isPolling)
        {
            throw new IllegalStateException("a handler must neither poll nor wait: it runs within a poll");
        }
    }

    int poll(final AnswerHandler handler, final int limit)
    {
        begin(handler);
        try
        {
            channel.read(onMessage, limit);
        }
        finally
        {
            end();
        }

        return verdicts;
    }

    /** When the engine has ended: what the ring has, then what was held, then what was never taken. */
    int pollLast(
        final AnswerHandler handler,
        final int limit,
        final PoolState state,
        final OfferLane first,
        final OfferLane last)
    {
        begin(handler);
        try
        {
            channel.read(onMessage, limit);
            if (0 == verdicts && channel.isDrained())
            {
                channel.readHeld(onMessage, limit);
                failUntaken(first, state, limit);
                failUntaken(last, state, limit);
            }
        }
        finally
        {
            end();
        }

        return verdicts;
    }

    /** The next verdict on a request is kept instead of shown. */
    AwaitedVerdict await(final long correlationId)
    {
        awaited.await(correlationId);
        return awaited;
    }

    private void begin(final AnswerHandler handler)
    {
        checkNotPolling();
        awaitedResponse.invalidate();
        this.handler = handler;
        verdicts = 0;
        isPolling = true;
    }

    private void end()
    {
        isPolling = false;
        response.invalidate();
        handler = null;
    }

    private void failUntaken(final OfferLane lane, final PoolState state, final int limit)
    {
        int slot;
        while (verdicts < limit && (slot = lane.nextUntaken()) >= 0)
        {
            final long correlationId = lane.takeBack(slot, times);
            onFailure(correlationId, ExchangeFailure.notSent(
                state.terminationError(), state.terminationError().description()));
        }
    }

    private void onMessage(final int kind, final MutableDirectBuffer buffer, final int index, final int length)
    {
        if (AnswerMessage.PART != kind)
        {
            onVerdict(buffer, index, length);
            return;
        }

        final int place = buffer.getInt(index + AnswerMessage.PLACE_OFFSET);
        final int partLength = length - AnswerMessage.PART_OFFSET;
        assembly.putBytes(place, buffer, index + AnswerMessage.PART_OFFSET, partLength);
        if (place + partLength == buffer.getInt(index + AnswerMessage.WHOLE_LENGTH_OFFSET))
        {
            onVerdict(assembly, 0, place + partLength);
        }
    }

    private void onVerdict(final DirectBuffer buffer, final int offset, final int length)
    {
        final long correlationId = AnswerMessage.correlationId(buffer, offset);
        final int snapshotOffset = offset + AnswerMessage.SNAPSHOT_OFFSET;
        AnswerMessage.times(buffer, offset, times);
        if (AnswerMessage.FAILURE == AnswerMessage.kind(buffer, offset))
        {
            onFailure(correlationId, FailureSnapshot.decode(buffer, snapshotOffset));
        }
        else if (awaited.isFor(correlationId))
        {
            keep(buffer, offset, length);
        }
        else
        {
            onTaken();
            ResponseSnapshot.wrap(response, buffer, snapshotOffset);
            handler.onResponse(correlationId, response, times);
        }
    }

    private void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        onTaken();
        if (awaited.isFor(correlationId))
        {
            awaited.onFailure(failure);
        }
        else
        {
            handler.onFailure(correlationId, failure, times);
        }
    }

    /** Copies an answer out of the ring, to outlive the poll. */
    private void keep(final DirectBuffer buffer, final int offset, final int length)
    {
        onTaken();
        if (buffer != assembly)
        {
            assembly.putBytes(0, buffer, offset, length);
        }

        ResponseSnapshot.wrap(awaitedResponse, assembly, AnswerMessage.SNAPSHOT_OFFSET);
        awaited.onResponse(awaitedResponse);
    }

    private void onTaken()
    {
        verdicts++;
        outstanding--;
    }
}
