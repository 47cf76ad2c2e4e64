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
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.EngineTask;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.HttpConnection;
import io.peregrine.pool.ring.RequestRing;

import java.util.concurrent.TimeUnit;

/**
 * Part of the engine's duty cycle: takes requests from the rings and gives them to connections, in turn between clients
 * and in the order of offering for each of them; priority lanes first. Belongs to the engine's thread.
 */
final class RequestDispatcher implements EngineTask
{
    /** How often it is looked whether a client's thread is alive, one client at a time. */
    private static final long LIFE_CHECK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ClientPool pool;
    private final ClientRegistry registry;
    private final PoolCounters counters;
    private final PoolState state;
    private final int drainLimit;
    private final Flight[] flights;
    private final Flight[] freeFlights;
    private final RequestTimes refusalTimes = new RequestTimes();

    private int freeFlightCount;
    private int waitingCount;
    private boolean isSlotHeld;
    private int turn;
    private long nextLifeCheckNs;

    RequestDispatcher(
        final ClientPool pool,
        final ClientRegistry registry,
        final PoolCounters counters,
        final PoolState state,
        final int drainLimit)
    {
        this.pool = pool;
        this.registry = registry;
        this.counters = counters;
        this.state = state;
        this.drainLimit = drainLimit;
        nextLifeCheckNs = nanoTime();
        flights = new Flight[pool.size()];
        freeFlights = new Flight[pool.size()];
        for (int i = 0; i < flights.length; i++)
        {
            flights[i] = new Flight(this);
            onFlightEnded(flights[i]);
        }
    }

    @Override
    public int doWork(final long nowNs)
    {
        final ClientSession[] sessions = registry.sessions();
        turn = turn + 1 < sessions.length ? turn + 1 : 0;
        int workCount = attend(sessions, nowNs);
        if (isSlotHeld)
        {
            freeWrittenSlots();
        }

        workCount += serve(sessions, LaneKind.PRIORITY, nowNs);
        workCount += serve(sessions, LaneKind.ORDERS, nowNs);
        if (state.isClosing())
        {
            state.isQuiet(isQuiet(sessions));
        }

        return workCount;
    }

    /** A request that has waited has a connection, or is refused. */
    void onWaitingEnded()
    {
        waitingCount--;
    }

    /** Gives a request to a connection that was acquired for it. */
    void send(final RequestLane lane, final int slot, final ClientSlot connectionSlot)
    {
        final Flight flight = freeFlights[--freeFlightCount];
        boolean isHandedOver = false;
        try
        {
            flight.send(lane, slot, connectionSlot);
            isHandedOver = true;
        }
        finally
        {
            if (!isHandedOver)
            {
                connectionSlot.close();
            }
        }

        isSlotHeld |= flight.isSlotHeld();
    }

    /** Fails a request that no connection has taken. */
    void refuse(final RequestLane lane, final int slot, final ErrorCode error)
    {
        final ClientSession session = lane.session();
        if (session.isLeaving())
        {
            counters.increment(PoolCounter.REQUESTS_DISCARDED);
        }
        else
        {
            refusalTimes.set(lane.offeredNs(slot),
                RequestTimes.NEVER, RequestTimes.NEVER, RequestTimes.NEVER, nanoTime());
            session.answers().onFailure(
                lane.correlationId(slot), ExchangeFailure.notSent(error, whyNone(error)), refusalTimes);
        }

        lane.slots().free(slot);
    }

    void onFlightEnded(final Flight flight)
    {
        freeFlights[freeFlightCount++] = flight;
    }

    void onAnswerDiscarded()
    {
        counters.increment(PoolCounter.ANSWERS_DISCARDED);
    }

    long nanoTime()
    {
        return pool.engine().nanoTime();
    }

    /** Ends everything: each request that the engine has taken gets its verdict. */
    void close(final ConnectionError error)
    {
        for (final ClientSession session : registry.sessions())
        {
            for (final LaneKind kind : LaneKind.values())
            {
                session.lane(kind).waiting().failAll(error);
            }
        }

        for (final Flight flight : flights)
        {
            if (flight.isUnderWay())
            {
                flight.abandon(error);
            }
        }
    }

    /** Answers that were held, and clients that are gone. */
    private int attend(final ClientSession[] sessions, final long nowNs)
    {
        if (nowNs - nextLifeCheckNs >= 0)
        {
            nextLifeCheckNs = nowNs + LIFE_CHECK_INTERVAL_NS;
            checkLife(sessions);
        }

        int workCount = 0;
        for (final ClientSession session : sessions)
        {
            if (session.isStalled())
            {
                workCount += session.answers().flush();
            }
            if (session.isClosed())
            {
                workCount += seeOff(session);
            }
        }

        return workCount;
    }

    private void checkLife(final ClientSession[] sessions)
    {
        if (sessions.length > 0)
        {
            final ClientSession session = sessions[turn];
            if (session.hasDied() && !session.isClosed())
            {
                session.close();
                counters.increment(PoolCounter.CLIENTS_DIED);
            }
        }
    }

    /** Drops what the client has left, step by step, until its place is free. */
    private int seeOff(final ClientSession session)
    {
        if (!session.isLeaving())
        {
            session.leave();
            for (final LaneKind kind : LaneKind.values())
            {
                session.lane(kind).waiting().failAll(ConnectionError.CLOSED_LOCALLY);
            }
        }

        if (!session.isEmpty())
        {
            return 0;
        }

        registry.remove(session);
        counters.increment(PoolCounter.CLIENTS_CLOSED);
        return 1;
    }

    private void freeWrittenSlots()
    {
        isSlotHeld = false;
        for (final Flight flight : flights)
        {
            isSlotHeld |= flight.isUnderWay() && !flight.freeSlotIfWritten();
        }
    }

    /** First who waits, then who comes. */
    private int serve(final ClientSession[] sessions, final LaneKind kind, final long nowNs)
    {
        final RequestRing shared = registry.sharedRing(kind);
        final int settled = 0 == waitingCount ? 0 :
            expireWaiting(sessions, kind, nowNs) + serveWaiting(sessions, kind);
        return settled + (null == shared ? takeInTurn(sessions, kind) : takeFrom(shared, kind));
    }

    private static int expireWaiting(final ClientSession[] sessions, final LaneKind kind, final long nowNs)
    {
        int workCount = 0;
        for (final ClientSession session : sessions)
        {
            if (!session.isStalled())
            {
                workCount += session.lane(kind).waiting().expire(nowNs);
            }
        }

        return workCount;
    }

    /** One request of each client, again and again, as long as there are connections. */
    private int serveWaiting(final ClientSession[] sessions, final LaneKind kind)
    {
        int workCount = 0;
        int served;
        do
        {
            served = 0;
            for (int i = 0; i < sessions.length; i++)
            {
                final ClientSession session = sessions[inTurn(i, sessions.length)];
                final WaitQueue waiting = session.lane(kind).waiting();
                if (!waiting.isEmpty() && !session.isStalled())
                {
                    final ClientSlot connectionSlot = pool.tryAcquire();
                    if (null == connectionSlot)
                    {
                        return workCount;
                    }

                    waiting.serve(connectionSlot);
                    served++;
                }
            }
            workCount += served;
        }
        while (served > 0);

        return workCount;
    }

    /** One request of each client, again and again, up to the limit. */
    private int takeInTurn(final ClientSession[] sessions, final LaneKind kind)
    {
        int taken = 0;
        int takenBefore;
        do
        {
            takenBefore = taken;
            for (int i = 0; i < sessions.length && taken < drainLimit; i++)
            {
                final ClientSession session = sessions[inTurn(i, sessions.length)];
                final RequestLane lane = session.lane(kind);
                if (!session.isStalled() && lane.ring().hasNext())
                {
                    takeNext(lane.ring(), lane);
                    taken++;
                }
            }
        }
        while (taken > takenBefore && taken < drainLimit);

        return taken;
    }

    private int takeFrom(final RequestRing ring, final LaneKind kind)
    {
        int taken = 0;
        while (taken < drainLimit && ring.hasNext())
        {
            takeNext(ring, registry.session(ring.client()).lane(kind));
            taken++;
        }

        return taken;
    }

    private void takeNext(final RequestRing ring, final RequestLane lane)
    {
        final int slot = ring.slot();
        final NoConnectionPolicy policy = lane.take(ring, slot);
        ring.advance();
        counters.increment(PoolCounter.REQUESTS_TAKEN);
        if (lane.session().isLeaving())
        {
            refuse(lane, slot, ConnectionError.CLOSED_LOCALLY);
        }
        else if (lane.session().isStalled())
        {
            await(lane, slot);
        }
        else
        {
            sendOrWait(lane, slot, policy);
        }
    }

    private void sendOrWait(final RequestLane lane, final int slot, final NoConnectionPolicy policy)
    {
        final ClientSlot connectionSlot = lane.waiting().isEmpty() ? pool.tryAcquire() : null;
        if (null != connectionSlot)
        {
            send(lane, slot, connectionSlot);
        }
        else if (NoConnectionPolicy.FAIL_FAST == policy)
        {
            refuse(lane, slot, ConnectionError.NO_CONNECTION);
        }
        else
        {
            await(lane, slot);
        }
    }

    private void await(final RequestLane lane, final int slot)
    {
        lane.await(slot);
        waitingCount++;
    }

    private boolean isQuiet(final ClientSession[] sessions)
    {
        for (final ClientSession session : sessions)
        {
            if (!session.isQuiet())
            {
                return false;
            }
        }

        return true;
    }

    private int inTurn(final int i, final int count)
    {
        final int index = turn + i;
        return index < count ? index : index - count;
    }

    /** The state of one connection stands for all: it says why none was ready. */
    private String whyNone(final ErrorCode error)
    {
        final HttpConnection connection = pool.slot(0).connection();
        return error.description() + ": " + pool.size() + " connections, the first is " + connection.state() + ", " +
            connection.stateReason();
    }
}
