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
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A request that is taken is whole. */
@JCStressTest
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "not there yet")
@Outcome(id = "7", expect = Expect.ACCEPTABLE, desc = "taken, whole")
@State
public class OfferAndTake
{
    private final RingLane lane = new RingLane(new OneToOneRequestRing(2), 2);

    /**
     * Made by jcstress.
     */
    public OfferAndTake()
    {
    }

    /**
     * Starts a request, gives it up, and offers another.
     */
    @Actor
    public void client()
    {
        lane.abandon(5);
        lane.offer(7);
    }

    /**
     * Takes it if it is there.
     *
     * @param result of the test.
     */
    @Actor
    public void engine(final I_Result result)
    {
        result.r1 = lane.take();
    }
}
