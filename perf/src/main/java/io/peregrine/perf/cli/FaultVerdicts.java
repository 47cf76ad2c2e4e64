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

import io.peregrine.codec.RestResponse;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.perf.fault.OrderLedger;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Writes down what became of each order. Belongs to one thread; the ledger may be shared. */
final class FaultVerdicts
{
    static final String BODY = "{\"side\":\"BUY\",\"quantity\":\"0.5\",\"price\":\"101.25\"}";

    private static final int ID_LENGTH = 8;
    private static final int REQUEST_TIMEOUT_STATUS = 408;
    private static final int PATH_PREFIX_LENGTH = "/order/".length();

    private final OrderLedger ledger;
    private final byte[] path = "/order/00000000".getBytes(US_ASCII);
    private final UnsafeBuffer pathView = new UnsafeBuffer(path);

    private int decided;
    private long misdelivered;
    private long crossed;

    FaultVerdicts(final OrderLedger ledger)
    {
        this.ledger = ledger;
    }

    int decided()
    {
        return decided;
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

    /** Path that names an order. */
    String path(final int id)
    {
        pathView.putNaturalPaddedIntAscii(PATH_PREFIX_LENGTH, ID_LENGTH, id);
        return new String(path, US_ASCII);
    }

    void onResponse(final int id, final RestResponse response)
    {
        decided++;
        if (REQUEST_TIMEOUT_STATUS == response.status())
        {
            // It crossed the order on the way: the server sends it to idle connections only.
            crossed++;
            ledger.onUnknown(id);
            return;
        }

        ledger.onAnswered(id);
        if (!isAnswerTo(id, response))
        {
            misdelivered++;
        }
    }

    void onFailure(final int id, final ExchangeFailure failure)
    {
        decided++;
        if (Delivery.NOT_SENT == failure.delivery())
        {
            ledger.onNotSent(id);
        }
        else
        {
            ledger.onUnknown(id);
        }
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
