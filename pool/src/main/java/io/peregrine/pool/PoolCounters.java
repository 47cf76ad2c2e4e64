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
package io.peregrine.pool;

import org.agrona.CloseHelper;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

import java.util.EnumMap;

/** The counters of an {@link AtomicClientPool}, kept beside those of its engine; may be read by any thread. */
public final class PoolCounters implements AutoCloseable
{
    /** Type id of these counters, in the counters' metadata. */
    public static final int POOL_TYPE_ID = 3;

    private final EnumMap<PoolCounter, AtomicCounter> counters = new EnumMap<>(PoolCounter.class);

    PoolCounters(final CountersManager countersManager)
    {
        for (final PoolCounter counter : PoolCounter.values())
        {
            counters.put(counter, countersManager.newCounter(counter.label(), POOL_TYPE_ID));
        }
    }

    /**
     * Value of a counter.
     *
     * @param counter to read.
     * @return its value.
     */
    public long get(final PoolCounter counter)
    {
        return counters.get(counter).get();
    }

    /**
     * Frees the counters.
     */
    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(counters.values());
    }

    /** For the engine's thread, which alone counts. */
    void increment(final PoolCounter counter)
    {
        counters.get(counter).incrementRelease();
    }
}
