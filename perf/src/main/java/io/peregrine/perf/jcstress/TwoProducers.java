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

import io.peregrine.pool.ring.ManyToOneRequestRing;
import io.peregrine.pool.ring.RequestRing;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two clients that share a ring: both requests arrive, each whole, in the order of their entries. */
@JCStressTest
@Outcome(id = "11, 22", expect = Expect.ACCEPTABLE, desc = "the first, then the second")
@Outcome(id = "22, 11", expect = Expect.ACCEPTABLE, desc = "the second, then the first")
@State
public class TwoProducers
{
    private final RequestRing ring = new ManyToOneRequestRing(2);
    private final RingLane first = new RingLane(ring, 1);
    private final RingLane second = new RingLane(ring, 1);

    /**
     * Made by jcstress.
     */
    public TwoProducers()
    {
    }

    /**
     * Offers 11.
     */
    @Actor
    public void firstClient()
    {
        first.offer(11);
    }

    /**
     * Offers 22.
     */
    @Actor
    public void secondClient()
    {
        second.offer(22);
    }

    /**
     * Takes both.
     *
     * @param result of the test.
     */
    @Arbiter
    public void engine(final II_Result result)
    {
        result.r1 = take();
        result.r2 = take();
    }

    /** The slot of an entry lies in the memory of its client, which its id tells. */
    private int take()
    {
        return !ring.hasNext() ? 0 : 11 == ring.correlationId() ? first.take() : second.take();
    }
}
