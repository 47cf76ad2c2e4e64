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
package io.peregrine.perf.jmh;

/**
 * What one iteration of a benchmark allocated, on all threads.
 *
 * @param bytesPerOperation as {@code gc.alloc.rate.norm} says.
 * @param operations        of the iteration.
 */
record IterationGarbage(double bytesPerOperation, long operations)
{
    /**
     * An object takes 16 bytes or more, so that an operation which allocates shows 16. What is below this, one object
     * in 1,600 operations, is not the operation's.
     */
    static final double ZERO_BELOW = 0.01;

    /**
     * What JMH itself may allocate in an iteration, whatever that measures: 6 KB were seen with one thread, 14 KB with
     * several. In an iteration of few operations that is more than {@link #ZERO_BELOW} for each.
     */
    static final long OWN_BYTES_OF_JMH = 32 * 1024;

    /** Bytes an operation, without those that JMH may have allocated itself. */
    double bytesOfOperation()
    {
        return Math.max(0, bytesPerOperation - (double)OWN_BYTES_OF_JMH / operations);
    }

    /** Whether the operation allocates; without operations nothing is proven. */
    boolean isClean()
    {
        return operations > 0 && bytesOfOperation() < ZERO_BELOW;
    }
}
