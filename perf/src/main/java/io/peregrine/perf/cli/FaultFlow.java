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
package io.peregrine.perf.cli;

import io.peregrine.codec.Request;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.ResponseHandler;
import io.peregrine.perf.fault.OrderLedger;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientSlot;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Keeps orders under way on most slots of a pool, and writes down what becomes of each. */
final class FaultFlow implements ResponseHandler
{
    private static final int ID_LENGTH = 8;
    private static final int REQUEST_TIMEOUT_STATUS = 408;
    private static final int PATH_PREFIX_LENGTH = "/order/".length();

    private final ClientPool pool;
    private final OrderLedger ledger;
    private final byte[] path = "/order/00000000".getBytes(US_ASCII);
    private final UnsafeBuffer pathView = new UnsafeBuffer(path);
    private final int maxUnderWay;

    private int sent;
    private int decided;
    private long misdelivered;
    private long crossed;

    FaultFlow(final ClientPool pool, final OrderLedger ledger)
    {
        this.pool = pool;
        this.ledger = ledger;
        // The others are idle, so that what happens to idle connections is seen too.
        maxUnderWay = Math.max(1, pool.size() / 2);
    }

    int sent()
    {
        return sent;
    }

    /** Answers that belong to another order, or to none. */
    long misdelivered()
    {
        return misdelivered;
    }

    /** Orders that a 408 for an idle connection crossed on the way. */
    long crossed()
    {
        return crossed;
    }

    void sendUntil(final int total, final long stopNs)
    {
        while (sent < total && System.nanoTime() - stopNs < 0)
        {
            ClientSlot slot;
            while (sent < total && sent - decided < maxUnderWay && null != (slot = pool.tryAcquire()))
            {
                send(slot);
            }
            pool.doWork();
        }
    }

    /** Waits for what is under way; each has a deadline. */
    void finish()
    {
        while (decided < sent)
        {
            pool.doWork();
        }
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        decided++;
        if (REQUEST_TIMEOUT_STATUS == response.status())
        {
            // It crossed the order on the way: the server sends it to idle connections only.
            crossed++;
            ledger.onUnknown((int)correlationId);
            return;
        }

        ledger.onAnswered((int)correlationId);
        if (!isAnswerTo(correlationId, response))
        {
            misdelivered++;
        }
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        decided++;
        if (Delivery.NOT_SENT == failure.delivery())
        {
            ledger.onNotSent((int)correlationId);
        }
        else
        {
            ledger.onUnknown((int)correlationId);
        }
    }

    private void send(final ClientSlot slot)
    {
        final int id = sent++;
        pathView.putNaturalPaddedIntAscii(PATH_PREFIX_LENGTH, ID_LENGTH, id);
        final Request request = slot.writer()
            .post(new String(path, US_ASCII))
            .body("{\"side\":\"BUY\",\"quantity\":\"0.5\",\"price\":\"101.25\"}")
            .finish();
        slot.send(request, id, this);
    }

    private static boolean isAnswerTo(final long id, final RestResponse response)
    {
        final DirectBuffer body = response.buffer();
        long answeredId = 0;
        for (int i = 0; i < response.bodyLength(); i++)
        {
            answeredId = 10 * answeredId + body.getByte(response.bodyOffset() + i) - '0';
        }

        return ID_LENGTH == response.bodyLength() && id == answeredId;
    }
}
