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

import io.peregrine.pool.ring.RequestRing;
import io.peregrine.pool.ring.RequestSlots;

/**
 * What the engine and a {@link PoolClient} share: lanes of requests one way, a channel of answers the other way, and
 * whether the client is still there.
 */
final class ClientSession
{
    private final int index;
    private final long number;
    private final AnswerChannel answers;
    private final RequestLane[] lanes = new RequestLane[LaneKind.values().length];

    private volatile boolean isClosed;
    private volatile Thread thread;

    /** The engine's own. */
    private boolean isLeaving;
    private int underWay;

    ClientSession(final int index, final long number, final AnswerChannel answers)
    {
        this.index = index;
        this.number = number;
        this.answers = answers;
    }

    void lane(
        final LaneKind kind, final RequestDispatcher dispatcher, final RequestRing ring, final RequestSlots slots)
    {
        lanes[kind.ordinal()] = new RequestLane(dispatcher, this, ring, slots);
    }

    /** Place among the clients of the pool; used again when the client is gone. */
    int index()
    {
        return index;
    }

    /** Counts the clients of the pool; never used again. */
    long number()
    {
        return number;
    }

    RequestLane lane(final LaneKind kind)
    {
        return lanes[kind.ordinal()];
    }

    AnswerChannel answers()
    {
        return answers;
    }

    /** Nobody waits for answers any more. */
    void close()
    {
        isClosed = true;
    }

    boolean isClosed()
    {
        return isClosed;
    }

    /** By the client: the thread that polls. */
    void thread(final Thread thread)
    {
        this.thread = thread;
    }

    boolean hasDied()
    {
        final Thread polling = thread;
        return null != polling && !polling.isAlive();
    }

    /** By the engine: the client is gone, and what is left of it is cleared away. */
    void leave()
    {
        isLeaving = true;
    }

    boolean isLeaving()
    {
        return isLeaving;
    }

    void onSent()
    {
        underWay++;
    }

    void onEnded()
    {
        underWay--;
    }

    /** Whether it is there, but does not poll: its requests are not to be taken. */
    boolean isStalled()
    {
        return answers.isStalled() && !isLeaving;
    }

    /** Whether the engine holds nothing of the client any more. */
    boolean isEmpty()
    {
        for (final RequestLane lane : lanes)
        {
            if (!lane.isEmpty())
            {
                return false;
            }
        }

        return 0 == underWay;
    }

    /** Whether the engine has nothing to do for the client. */
    boolean isQuiet()
    {
        for (final RequestLane lane : lanes)
        {
            if (lane.ring().hasNext() || !lane.waiting().isEmpty())
            {
                return false;
            }
        }

        return 0 == underWay;
    }
}
