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
package io.peregrine.perf.bench;

import io.peregrine.perf.floor.TurnPlan;
import io.peregrine.perf.machine.NearCores;

import java.util.concurrent.TimeUnit;

/**
 * How long the rig measures, and where.
 *
 * @param rounds        of each scenario.
 * @param clientNs      that a round lasts for each client, waiting for quiet cores included, in nanoseconds.
 * @param warmUpSeconds that each client has at the most before the first round, a second at a time.
 * @param clientCpu     the core that the clients share, -1 for any.
 * @param serverCpu     the core that the server spins on, -1 for any.
 * @param nearCores     how far from each other the two may be for its orders to count.
 * @param quietRatio    how much longer than the least ever a piece of work may take each of them, as a ratio.
 */
record RoundPlan(
    int rounds, long clientNs, int warmUpSeconds, int clientCpu, int serverCpu, NearCores nearCores, double quietRatio)
{
    private static final int WARM_UP_COUNT = 30_000;
    private static final long WARM_UP_NS = TimeUnit.SECONDS.toNanos(1);
    private static final int CONNECTED_COUNT = 1_000;
    private static final long CONNECTED_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int TURN_WARM_UP = 25;
    private static final int TURN_COUNT = 1_000;
    private static final int MAX_TURN_COUNT = 100_000;
    private static final long TURN_NS = TimeUnit.MILLISECONDS.toNanos(4);
    private static final int CALL_COUNT = 10;
    private static final int LEAST_TURNS = 3;

    /** At a fixed rate a turn is so much longer, that those who fall behind have time to. */
    private static final int OPEN_LOOP_FACTOR = 35;

    /** Before the first round, again and again until the {@link WarmUpWatch} says that it is over. */
    TurnPlan warmUp()
    {
        return new TurnPlan(0, WARM_UP_COUNT, 0, WARM_UP_NS);
    }

    /** Over the new connection of a round, before the first turn. */
    TurnPlan onConnected()
    {
        return new TurnPlan(0, CONNECTED_COUNT, 0, CONNECTED_NS);
    }

    /**
     * Short, so that what disturbs one disturbs the others too, and as long for all: its time ends it, long before as
     * many orders.
     */
    TurnPlan turn(final Scenario scenario)
    {
        return 0 == scenario.rate() ?
            new TurnPlan(TURN_WARM_UP, TURN_COUNT, 0, TURN_NS) :
            new TurnPlan(TURN_WARM_UP, MAX_TURN_COUNT, scenario.rate(), TURN_NS * OPEN_LOOP_FACTOR);
    }

    /** Turns of each client in any case, also when no moment was quiet. */
    int leastTurns()
    {
        return LEAST_TURNS;
    }

    /** So that the server wakes. */
    TurnPlan call()
    {
        return new TurnPlan(0, CALL_COUNT, 0, CONNECTED_NS);
    }

    /** How long turns go on, in nanoseconds. */
    long roundNs(final int clients)
    {
        return clientNs * clients;
    }
}
