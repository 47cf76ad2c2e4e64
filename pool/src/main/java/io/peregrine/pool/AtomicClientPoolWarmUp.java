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

import io.peregrine.codec.FinalStage;
import io.peregrine.engine.ExchangeException;

import java.util.function.Consumer;

/** Exchanges through an {@link AtomicClientPool}: waiting for every other one, and by offering and polling. */
final class AtomicClientPoolWarmUp implements WarmUp.Door
{
    private static final int PRIORITY_INTERVAL = 8;
    private static final int POLL_LIMIT = 10;

    private final AtomicClientPool pool;
    private final PoolClient client;
    private final Consumer<PoolClient> rehearsal;
    private final WarmUpRequests requests = new WarmUpRequests();
    private final WarmUpHandler[] handlers = WarmUpHandler.several();
    private final long requestTimeoutNs;

    /** Not when the last exchange may have ended its connection. */
    private boolean isConnectionReady = true;

    AtomicClientPoolWarmUp(final AtomicClientPool pool, final Consumer<PoolClient> rehearsal)
    {
        this.pool = pool;
        this.rehearsal = rehearsal;
        client = newClient(pool);
        requestTimeoutNs = pool.context().pool().connectionConfig().timeouts().requestNs();
    }

    @Override
    public void exchange(final int index)
    {
        if (0 == index % WarmUp.IDLE_INTERVAL)
        {
            beIdle();
        }

        final WarmUpAnswer answer = WarmUpAnswer.of(index);
        final boolean isPriority = index % PRIORITY_INTERVAL < 2;
        final FinalStage request =
            requests.write(isPriority ? client.priorityWriter() : client.writer(), index, answer);
        final WarmUpHandler handler = handlers[index / 2 % handlers.length];
        final boolean isAnswered =
            0 == index % 2 ? exchange(request, answer, handler) : offer(request, answer, handler);
        isConnectionReady = isAnswered && WarmUpAnswer.CLOSING != answer;
        if (!pool.isOpen())
        {
            throw new IllegalStateException("the engine has failed");
        }
    }

    /** Without a connection the user's code may fail, if its policy is not to wait for one. */
    @Override
    public boolean prepareRehearsal(final boolean isIdleBefore)
    {
        if (isConnectionReady && isIdleBefore)
        {
            beIdle();
        }

        return isConnectionReady;
    }

    @Override
    public void rehearse()
    {
        client.isInvoking(true);
        rehearsal.accept(client);
        client.isInvoking(false);
        if (client.isClosed())
        {
            throw new IllegalStateException("the rehearsal closed the client");
        }
        if (client.outstanding() > 0)
        {
            throw new IllegalStateException("the rehearsal did not wait for the outcome of its order");
        }
    }

    @Override
    public void close()
    {
        client.close();
        pool.close();
    }

    /** The pool is closed when it has no room for a client: there is no door then that would close it. */
    private static PoolClient newClient(final AtomicClientPool pool)
    {
        try
        {
            return pool.newClient();
        }
        catch (final RuntimeException | OutOfMemoryError ex)
        {
            pool.close();
            throw ex;
        }
    }

    /** False when there was no answer. */
    private boolean exchange(final FinalStage request, final WarmUpAnswer answer, final WarmUpHandler handler)
    {
        try
        {
            handler.look(client.exchange(request, timeoutNs(answer), handler));
            return true;
        }
        catch (final ExchangeException ignore)
        {
            // Some have to fail.
            return false;
        }
    }

    /** False when there was no answer. */
    private boolean offer(final FinalStage request, final WarmUpAnswer answer, final WarmUpHandler handler)
    {
        handler.reset();
        if (WarmUpAnswer.SILENT == answer)
        {
            client.offer(request, timeoutNs(answer), pool.context().noConnectionPolicy());
        }
        else
        {
            client.offer(request);
        }
        while (client.outstanding() > 0)
        {
            poll(handler);
        }

        return handler.isAnswered();
    }

    private void beIdle()
    {
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < WarmUp.SHORT_TIMEOUT_NS)
        {
            poll(handlers[0]);
        }
    }

    private void poll(final WarmUpHandler handler)
    {
        pool.invokeIfOwn();
        client.poll(handler, POLL_LIMIT);
    }

    private long timeoutNs(final WarmUpAnswer answer)
    {
        return WarmUpAnswer.SILENT == answer ? WarmUp.SHORT_TIMEOUT_NS : requestTimeoutNs;
    }
}
