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
import io.peregrine.engine.EngineCounters;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.ResponseHandler;
import io.peregrine.perf.fault.OrderLedger;
import io.peregrine.pool.ClientPool;
import io.peregrine.pool.ClientSlot;

/** Keeps orders under way on half of the slots of a pool, from the engine's own thread. */
final class InThreadFaultFlow implements FaultFlow, ResponseHandler
{
    private final ClientPool pool;
    private final FaultVerdicts verdicts;
    private final int maxUnderWay;
    private int sent;

    InThreadFaultFlow(final ClientPool pool, final OrderLedger ledger)
    {
        this.pool = pool;
        verdicts = new FaultVerdicts(ledger);
        // The others are idle, so that what happens to idle connections is seen too.
        maxUnderWay = Math.max(1, pool.size() / 2);
    }

    @Override
    public int sent()
    {
        return sent;
    }

    @Override
    public long misdelivered()
    {
        return verdicts.misdelivered();
    }

    @Override
    public long crossed()
    {
        return verdicts.crossed();
    }

    @Override
    public EngineCounters counters()
    {
        return pool.engine().counters();
    }

    @Override
    public void sendUntil(final int total, final long stopNs)
    {
        while (sent < total && System.nanoTime() - stopNs < 0)
        {
            ClientSlot slot;
            while (sent < total && sent - verdicts.decided() < maxUnderWay && null != (slot = pool.tryAcquire()))
            {
                send(slot);
            }
            pool.doWork();
        }
    }

    @Override
    public void finish()
    {
        while (verdicts.decided() < sent)
        {
            pool.doWork();
        }
    }

    @Override
    public void close()
    {
        pool.close();
        pool.engine().close();
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        verdicts.onResponse((int)correlationId, response);
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        verdicts.onFailure((int)correlationId, failure);
    }

    private void send(final ClientSlot slot)
    {
        final int id = sent++;
        final Request request = slot.writer().post(verdicts.path(id)).body(FaultVerdicts.BODY).finish();
        slot.send(request, id, this);
    }
}
