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
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Three requests through two slots and two entries: they come in order, or are pushed back, and none is torn. */
@JCStressTest
@Outcome(id = "\\d, \\d, \\d, 6", expect = Expect.ACCEPTABLE, desc = "all three, whole and in order")
@Outcome(id = "\\d, \\d, \\d, 3", expect = Expect.ACCEPTABLE, desc = "the third was pushed back")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, torn or out of order")
@State
public class WrapAround
{
    private static final int TORN = -100;

    private final RingLane lane = new RingLane(new OneToOneRequestRing(2), 2);
    private int last;
    private int sum;

    /**
     * Made by jcstress.
     */
    public WrapAround()
    {
    }

    /**
     * Offers three.
     */
    @Actor
    public void client()
    {
        lane.offer(1);
        lane.offer(2);
        lane.offer(3);
    }

    /**
     * Takes up to three.
     *
     * @param result of the test.
     */
    @Actor
    public void engine(final IIII_Result result)
    {
        result.r1 = take();
        result.r2 = take();
        result.r3 = take();
    }

    /**
     * Takes what is left.
     *
     * @param result of the test.
     */
    @Arbiter
    public void rest(final IIII_Result result)
    {
        take();
        take();
        take();
        result.r4 = sum;
    }

    private int take()
    {
        final int value = lane.take();
        if (0 != value)
        {
            sum += last + 1 == value ? value : TORN;
            last = value;
        }

        return value;
    }
}
