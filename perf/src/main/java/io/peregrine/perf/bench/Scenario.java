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

import io.peregrine.perf.floor.FloorAnswer;

import java.util.List;

/**
 * One table of the rig: what is asked for, how often, and over what.
 *
 * @param name   of the table, as goals and files call it.
 * @param isTls  whether connections are TLS 1.3 with AES-128-GCM.
 * @param answer of the server.
 * @param rate   orders a second, counted from the schedule, or 0 for one after another.
 * @param hasPeers  whether other clients than this one take part.
 */
record Scenario(String name, boolean isTls, FloorAnswer answer, int rate, boolean hasPeers)
{
    static final String PLAIN = "plain";
    static final String TLS = "tls";

    private static final int RATE = 4_000;
    private static final int KIB = 1024;
    private static final int CHUNK_LENGTH = 4 * KIB;
    private static final int SERVICE_US = 20;
    private static final double NS_PER_US = 1_000;

    private static final Scenario PLAIN_ORDER = new Scenario(PLAIN, false, order(0), 0, true);
    private static final Scenario TLS_ORDER = new Scenario(TLS, true, order(0), 0, true);
    private static final Scenario PLAIN_SERVICE =
        new Scenario("plain-20us", false, order(SERVICE_US), 0, true);
    private static final Scenario TLS_SERVICE =
        new Scenario("tls-20us", true, order(SERVICE_US), 0, true);

    /**
     * Those that say most. A client that sleeps until its answer comes is measured only where it has fallen asleep by
     * then: when it is answered at once that is a matter of luck.
     */
    static final List<Scenario> QUICK =
        List.of(PLAIN_ORDER.withoutPeers(), TLS_ORDER.withoutPeers(), PLAIN_SERVICE);

    /** The same for clients that a user has chosen. */
    static final List<Scenario> QUICK_WITH_PEERS = List.of(PLAIN_ORDER, TLS_ORDER, PLAIN_SERVICE);

    /** All of them. */
    static final List<Scenario> ALL = List.of(
        PLAIN_ORDER,
        TLS_ORDER,
        PLAIN_SERVICE,
        TLS_SERVICE,
        new Scenario("plain-open", false, order(0), RATE, true),
        new Scenario("tls-open", true, order(0), RATE, true),
        new Scenario("plain-1k", false, body(KIB), 0, true),
        new Scenario("plain-16k", false, body(16 * KIB), 0, true),
        new Scenario("plain-256k", false, body(256 * KIB), 0, true),
        new Scenario("plain-16k-chunked", false, new FloorAnswer(16 * KIB, CHUNK_LENGTH, 0), 0, true),
        new Scenario("tls-16k", true, body(16 * KIB), 0, true));

    private static FloorAnswer order(final int serviceUs)
    {
        return new FloorAnswer(FloorAnswer.UNSET, FloorAnswer.UNSET, serviceUs);
    }

    private static FloorAnswer body(final int length)
    {
        return new FloorAnswer(length, FloorAnswer.UNSET, 0);
    }

    private Scenario withoutPeers()
    {
        return new Scenario(name, isTls, answer, rate, false);
    }

    /** What the server takes for an order in the mean, which is not among the times, in nanoseconds. */
    long serviceNs()
    {
        return Math.round(answer.meanServiceUs() * NS_PER_US);
    }

    /** Whether the server without a C compiler can do it. */
    boolean isPlainOrder()
    {
        return !isTls && order(0).equals(answer);
    }

    /** Whether a goal may be set for a figure of that name. */
    boolean hasFigure(final String figure)
    {
        return figure.startsWith(name + ".") && (hasPeers || !figure.equals(name + ".peer"));
    }

    boolean isChunked()
    {
        return FloorAnswer.UNSET != answer.chunkLength();
    }

    String title()
    {
        return name + ": " + (isTls ? "TLS 1.3" : "plain") + ", answer body " + answer.actualBodyLength() + " bytes" +
            (isChunked() ? " in chunks of " + answer.chunkLength() : "") +
            (answer.serviceUs() <= 0 ? "" :
            ", after " + answer.serviceUs() + " us that are not among the times") +
            (0 == rate ? ", one order after another" : ", " + rate + " orders a second by the schedule");
    }
}
