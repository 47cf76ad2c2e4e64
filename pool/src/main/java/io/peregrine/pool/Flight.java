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

import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.HttpConnection;
import io.peregrine.engine.Phase;
import io.peregrine.engine.ResponseHandler;

/** A request that a connection has taken, until its verdict is handed to the client. One for each connection. */
final class Flight implements ResponseHandler
{
    private final RequestDispatcher dispatcher;
    private final RequestTimes times = new RequestTimes();

    private RequestLane lane;
    private HttpConnection connection;
    private int slot;
    private int length;
    private long correlationId;
    private long offeredNs;
    private long takenNs;
    private long writtenNs;
    private boolean isUnderWay;
    private boolean isSlotHeld;

    Flight(final RequestDispatcher dispatcher)
    {
        this.dispatcher = dispatcher;
    }

    boolean isUnderWay()
    {
        return isUnderWay;
    }

    void send(final RequestLane lane, final int slot, final ClientSlot connectionSlot)
    {
        this.lane = lane;
        this.slot = slot;
        connection = connectionSlot.connection();
        correlationId = lane.correlationId(slot);
        length = lane.request(slot).length();
        offeredNs = lane.offeredNs(slot);
        takenNs = RequestTimes.NEVER;
        writtenNs = RequestTimes.NEVER;
        isUnderWay = true;
        isSlotHeld = true;
        lane.session().onSent();
        connectionSlot.send(lane.request(slot), correlationId, lane.deadlineNs(slot), this);
        if (isUnderWay)
        {
            takenNs = connection.sendNs();
            freeSlotIfWritten();
        }
    }

    /** Whether the kernel has not taken the whole request yet, so that its slot is needed. */
    boolean isSlotHeld()
    {
        return isSlotHeld;
    }

    /** Gives the slot back once the kernel has all of the request; false until then. */
    boolean freeSlotIfWritten()
    {
        if (isSlotHeld && connection.bytesWritten() == length)
        {
            writtenNs = dispatcher.nanoTime();
            freeSlot();
        }

        return !isSlotHeld;
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        end(connection.firstByteNs(), connection.lastReadNs());
        final AnswerChannel answers = lane.session().answers();
        if (!answers.isWithinLimits(response))
        {
            handOn(tooLarge(response));
        }
        else if (lane.session().isLeaving())
        {
            dispatcher.onAnswerDiscarded();
        }
        else
        {
            answers.onResponse(correlationId, response, times);
        }
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        if (!isUnderWay)
        {
            // Abandoned before, by an engine that ends.
            return;
        }

        if (Phase.ACQUIRE != failure.phase())
        {
            takenNs = connection.sendNs();
        }

        end(failure.bytesRead() > 0 ? connection.firstByteNs() : RequestTimes.NEVER, dispatcher.nanoTime());
        handOn(failure);
    }

    /** The last resort of an engine that ends, for an exchange that its connection has not ended. */
    void abandon(final ConnectionError error)
    {
        onFailure(correlationId, ExchangeFailure.onConnection(error, error.description(), connection));
    }

    private void handOn(final ExchangeFailure failure)
    {
        if (lane.session().isLeaving())
        {
            dispatcher.onAnswerDiscarded();
        }
        else
        {
            lane.session().answers().onFailure(correlationId, failure, times);
        }
    }

    private void end(final long firstByteNs, final long completeNs)
    {
        isUnderWay = false;
        if (isSlotHeld && connection.bytesWritten() == length)
        {
            // The last of it was written by the very duty cycle that read the answer.
            writtenNs = completeNs;
        }

        times.set(offeredNs, takenNs, writtenNs, firstByteNs, completeNs);
        if (isSlotHeld)
        {
            freeSlot();
        }

        lane.session().onEnded();
        dispatcher.onFlightEnded(this);
    }

    private void freeSlot()
    {
        isSlotHeld = false;
        lane.slots().free(slot);
    }

    private ExchangeFailure tooLarge(final RestResponse response)
    {
        return ExchangeFailure.onConnection(ConnectionError.ANSWER_TOO_LARGE,
            "an answer with status " + response.status() + " and " + response.bodyLength() +
            " bytes of body exceeds an eighth of answerRingLength", connection);
    }
}
