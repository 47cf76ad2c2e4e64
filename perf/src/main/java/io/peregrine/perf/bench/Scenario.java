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
 */
record Scenario(String name, boolean isTls, FloorAnswer answer, int rate)
{
    static final String PLAIN = "plain";
    static final String TLS = "tls";

    private static final int RATE = 4_000;
    private static final int KIB = 1024;
    private static final int CHUNK_LENGTH = 4 * KIB;

    /** The two that say most. */
    static final List<Scenario> QUICK = List.of(
        new Scenario(PLAIN, false, FloorAnswer.ORDER, 0),
        new Scenario(TLS, true, FloorAnswer.ORDER, 0));

    /** All of them. */
    static final List<Scenario> ALL = List.of(
        QUICK.getFirst(),
        QUICK.getLast(),
        new Scenario("plain-open", false, FloorAnswer.ORDER, RATE),
        new Scenario("tls-open", true, FloorAnswer.ORDER, RATE),
        new Scenario("plain-1k", false, new FloorAnswer(KIB, FloorAnswer.UNSET), 0),
        new Scenario("plain-16k", false, new FloorAnswer(16 * KIB, FloorAnswer.UNSET), 0),
        new Scenario("plain-256k", false, new FloorAnswer(256 * KIB, FloorAnswer.UNSET), 0),
        new Scenario("plain-16k-chunked", false, new FloorAnswer(16 * KIB, CHUNK_LENGTH), 0),
        new Scenario("tls-16k", true, new FloorAnswer(16 * KIB, FloorAnswer.UNSET), 0));

    /** Whether the server without a C compiler can do it. */
    boolean isPlainOrder()
    {
        return !isTls && FloorAnswer.ORDER.equals(answer);
    }

    boolean isChunked()
    {
        return FloorAnswer.UNSET != answer.chunkLength();
    }

    String title()
    {
        return name + ": " + (isTls ? "TLS 1.3" : "plain") + ", answer body " + answer.actualBodyLength() + " bytes" +
            (isChunked() ? " in chunks of " + answer.chunkLength() : "") +
            (0 == rate ? ", one order after another" : ", " + rate + " orders a second by the schedule");
    }
}
