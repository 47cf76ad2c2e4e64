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

import io.peregrine.codec.Request;
import io.peregrine.engine.ExchangeException;

import java.util.function.Consumer;

/** Exchanges through a {@link ClientPool}: waiting for every other one, and through handlers. */
final class ClientPoolWarmUp implements WarmUp.Door
{
    private static final int IDLE_CYCLES = 32;

    private final ClientPool pool;
    private final Consumer<ClientPool> rehearsal;
    private final WarmUpRequests requests = new WarmUpRequests();
    private final WarmUpHandler[] handlers = WarmUpHandler.several();

    ClientPoolWarmUp(final ClientPool pool, final Consumer<ClientPool> rehearsal)
    {
        this.pool = pool;
        this.rehearsal = rehearsal;
    }

    @Override
    public void exchange(final int index)
    {
        if (0 == index % WarmUp.IDLE_INTERVAL)
        {
            beIdle();
        }

        final WarmUpAnswer answer = WarmUpAnswer.of(index);
        final ClientSlot slot = pool.acquire(pool.engine().nanoTime() + WarmUp.TIME_LIMIT_NS);
        if (null == slot)
        {
            throw new IllegalStateException("no connection");
        }

        final Request request = requests.write(slot.writer(), index, answer).finish();
        final WarmUpHandler handler = handlers[index / 2 % handlers.length];
        if (0 == index % 2)
        {
            exchange(slot, request, answer, handler);
        }
        else
        {
            send(slot, request, answer, handler);
        }
    }

    @Override
    public boolean prepareRehearsal(final boolean isIdleBefore)
    {
        if (isIdleBefore)
        {
            beIdle();
        }

        // Those that the venue has ended come back; the user's code is to find one, as it will.
        while (0 == pool.available())
        {
            pool.doWork();
        }

        return true;
    }

    @Override
    public void rehearse()
    {
        rehearsal.accept(pool);
        for (int i = 0; i < pool.size(); i++)
        {
            if (pool.slot(i).connection().isClosed())
            {
                throw new IllegalStateException("the rehearsal closed the pool, or a connection");
            }
            if (pool.slot(i).isAcquired())
            {
                throw new IllegalStateException("the rehearsal kept a slot");
            }
        }
        if (pool.isWaitedFor())
        {
            throw new IllegalStateException("the rehearsal still waits for a slot");
        }
    }

    @Override
    public void close()
    {
        pool.close();
    }

    private void exchange(
        final ClientSlot slot, final Request request, final WarmUpAnswer answer, final WarmUpHandler handler)
    {
        try (slot)
        {
            handler.look(WarmUpAnswer.SILENT == answer ?
                slot.exchange(request, pool.engine().nanoTime() + WarmUp.SHORT_TIMEOUT_NS) : slot.exchange(request));
        }
        catch (final ExchangeException ignore)
        {
            // Some have to fail.
        }
    }

    private void send(
        final ClientSlot slot, final Request request, final WarmUpAnswer answer, final WarmUpHandler handler)
    {
        handler.reset();
        if (WarmUpAnswer.SILENT == answer)
        {
            slot.send(request, 1, pool.engine().nanoTime() + WarmUp.SHORT_TIMEOUT_NS, handler);
        }
        else
        {
            slot.send(request, handler);
        }
        while (!handler.isDone())
        {
            pool.doWork();
        }
    }

    /** Long enough for a send to look first whether the connection is still there, as the first order will. */
    private void beIdle()
    {
        for (int i = 0; i < IDLE_CYCLES; i++)
        {
            pool.doWork();
        }
    }
}
