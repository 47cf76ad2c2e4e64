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
import org.openjdk.jcstress.infra.results.II_Result;

/** An engine that ends while a request is offered has either taken it, or left it for the client to find. */
@JCStressTest
@Outcome(id = "7, 0", expect = Expect.ACCEPTABLE, desc = "taken")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "left")
@State
public class EndWhileOffering
{
    private final RingLane lane = new RingLane(new OneToOneRequestRing(2), 2);

    /**
     * Made by jcstress.
     */
    public EndWhileOffering()
    {
    }

    /**
     * Offers a request.
     */
    @Actor
    public void client()
    {
        lane.offer(7);
    }

    /**
     * Takes it if it is there; ends then.
     *
     * @param result of the test.
     */
    @Actor
    public void engine(final II_Result result)
    {
        result.r1 = lane.take();
    }

    /**
     * Looks what the engine has left.
     *
     * @param result of the test.
     */
    @Arbiter
    public void clientAfterwards(final II_Result result)
    {
        result.r2 = lane.untaken();
    }
}
