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

import io.peregrine.codec.ErrorCode;

import static io.peregrine.engine.ConnectionError.ACQUIRE_TIMEOUT;

/** Who waits for a slot, in the order of asking. Of fixed capacity; nothing is allocated after construction. */
final class WaitQueue
{
    private final AcquireHandler[] handlers;
    private final long[] correlationIds;
    private final long[] deadlinesNs;
    private int size;

    /** No deadline is earlier; it may be that of one who has left. */
    private long earliestDeadlineNs;

    WaitQueue(final int capacity)
    {
        handlers = new AcquireHandler[capacity];
        correlationIds = new long[capacity];
        deadlinesNs = new long[capacity];
    }

    boolean isEmpty()
    {
        return 0 == size;
    }

    boolean isFull()
    {
        return size == handlers.length;
    }

    void add(final AcquireHandler handler, final long correlationId, final long deadlineNs)
    {
        handlers[size] = handler;
        correlationIds[size] = correlationId;
        deadlinesNs[size] = deadlineNs;
        if (0 == size++ || deadlineNs - earliestDeadlineNs < 0)
        {
            earliestDeadlineNs = deadlineNs;
        }
    }

    /** Gives a slot to the one that waits longest. */
    void serve(final ClientSlot slot)
    {
        final AcquireHandler handler = handlers[0];
        final long correlationId = correlationIds[0];
        removeAt(0);
        handler.onAcquired(correlationId, slot);
    }

    void remove(final AcquireHandler handler)
    {
        for (int i = size - 1; i >= 0; i--)
        {
            if (handlers[i] == handler)
            {
                removeAt(i);
            }
        }
    }

    /** Tells those whose deadline has passed; returns how many. */
    int expire(final long nowNs)
    {
        if (0 == size || earliestDeadlineNs - nowNs > 0)
        {
            return 0;
        }

        int expired = 0;
        int index;
        while ((index = indexOfExpired(nowNs)) >= 0)
        {
            fail(index, ACQUIRE_TIMEOUT);
            expired++;
        }
        findEarliestDeadline();

        return expired;
    }

    void failAll(final ErrorCode error)
    {
        while (size > 0)
        {
            fail(0, error);
        }
    }

    private void fail(final int index, final ErrorCode error)
    {
        final AcquireHandler handler = handlers[index];
        final long correlationId = correlationIds[index];
        removeAt(index);
        handler.onAcquireFailed(correlationId, error);
    }

    private int indexOfExpired(final long nowNs)
    {
        for (int i = 0; i < size; i++)
        {
            if (deadlinesNs[i] - nowNs <= 0)
            {
                return i;
            }
        }

        return -1;
    }

    private void findEarliestDeadline()
    {
        for (int i = 0; i < size; i++)
        {
            if (0 == i || deadlinesNs[i] - earliestDeadlineNs < 0)
            {
                earliestDeadlineNs = deadlinesNs[i];
            }
        }
    }

    private void removeAt(final int index)
    {
        size--;
        System.arraycopy(handlers, index + 1, handlers, index, size - index);
        System.arraycopy(correlationIds, index + 1, correlationIds, index, size - index);
        System.arraycopy(deadlinesNs, index + 1, deadlinesNs, index, size - index);
        handlers[size] = null;
    }
}
