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
package io.peregrine.perf.jcstress;

import io.peregrine.pool.ring.OneToOneRequestRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** With one slot and one entry: what is offered next overwrites nothing that is still to be read. */
@JCStressTest
@Outcome(id = "7, 0, 0", expect = Expect.ACCEPTABLE, desc = "pushed back")
@Outcome(id = "7, 1, 8", expect = Expect.ACCEPTABLE, desc = "taken, then offered")
@State
public class OfferInAFullLane
{
    private final RingLane lane = new RingLane(new OneToOneRequestRing(1), 1);

    /**
     * Made by jcstress.
     */
    public OfferInAFullLane()
    {
        lane.offer(7);
    }

    /**
     * Takes the first.
     *
     * @param result of the test.
     */
    @Actor
    public void engine(final III_Result result)
    {
        result.r1 = lane.take();
    }

    /**
     * Offers the second.
     *
     * @param result of the test.
     */
    @Actor
    public void client(final III_Result result)
    {
        result.r2 = lane.offer(8) ? 1 : 0;
    }

    /**
     * Takes the second if it was offered.
     *
     * @param result of the test.
     */
    @Arbiter
    public void rest(final III_Result result)
    {
        result.r3 = lane.take();
    }
}
