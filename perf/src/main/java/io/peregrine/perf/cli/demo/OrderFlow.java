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
package io.peregrine.perf.cli.demo;

import org.HdrHistogram.Histogram;

/** A way to send orders, one after another by number, and to check their answers. */
abstract class OrderFlow
{
    private static final long MAX_LATENCY_NS = 60_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final String name;
    private final int followUpInterval;
    private final Tally orders = new Tally();
    private final Tally followUps = new Tally();
    private final Histogram latencyNs = new Histogram(MAX_LATENCY_NS, SIGNIFICANT_DIGITS);

    OrderFlow(final String name, final int followUpInterval)
    {
        this.name = name;
        this.followUpInterval = followUpInterval;
    }

    /** Sends that many orders, the first of which has that number, and returns when all answers are there. */
    abstract void run(long firstNumber, int count);

    /** How the flow sends, for people. */
    final String name()
    {
        return name;
    }

    /** What became of the orders. */
    final Tally orders()
    {
        return orders;
    }

    /** What became of the queries and cancels. */
    final Tally followUps()
    {
        return followUps;
    }

    /** From before an order was encoded until its answer was parsed, in nanoseconds. */
    final Histogram latencyNs()
    {
        return latencyNs;
    }

    final void record(final long elapsedNs)
    {
        latencyNs.recordValue(Math.min(elapsedNs, MAX_LATENCY_NS));
    }

    /** Whether the order is queried and canceled too. */
    final boolean isFollowedUp(final long number)
    {
        return 0 == number % followUpInterval;
    }
}
