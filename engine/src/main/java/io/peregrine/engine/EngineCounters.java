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
package io.peregrine.engine;

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.ResponseError;
import io.peregrine.tls.TlsError;
import org.agrona.CloseHelper;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.status.AtomicCounter;
import org.agrona.concurrent.status.CountersManager;

import java.util.EnumMap;

/**
 * The engine's counters: one writer, any number of readers. All are allocated at the start, so that counting never is.
 */
public final class EngineCounters implements AutoCloseable
{
    /** Type id of the counters of {@link EngineCounter}, in the counters' metadata. */
    public static final int ENGINE_TYPE_ID = 1;

    /** Type id of the counters of error codes. */
    public static final int ERROR_TYPE_ID = 2;

    private final EnumMap<EngineCounter, AtomicCounter> counters = new EnumMap<>(EngineCounter.class);
    private final Int2ObjectHashMap<AtomicCounter> errors = new Int2ObjectHashMap<>();

    EngineCounters(final CountersManager countersManager)
    {
        for (final EngineCounter counter : EngineCounter.values())
        {
            counters.put(counter, countersManager.newCounter(counter.label(), ENGINE_TYPE_ID));
        }
        allocateErrors(countersManager, ResponseError.values());
        allocateErrors(countersManager, ConnectionError.values());
        allocateErrors(countersManager, TlsError.values());
    }

    /**
     * Value of a counter; may be read by any thread.
     *
     * @param counter to read.
     * @return its value.
     */
    public long get(final EngineCounter counter)
    {
        return counters.get(counter).get();
    }

    /**
     * How often an error occurred; may be read by any thread.
     *
     * @param error to look up.
     * @return the count.
     */
    public long get(final ErrorCode error)
    {
        final AtomicCounter counter = errors.get(error.id());
        return null == counter ? 0 : counter.get();
    }

    /**
     * Frees the counters.
     */
    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(counters.values());
        CloseHelper.quietCloseAll(errors.values());
    }

    AtomicCounter counter(final EngineCounter counter)
    {
        return counters.get(counter);
    }

    void onError(final ErrorCode error)
    {
        final AtomicCounter counter = errors.get(error.id());
        if (null != counter)
        {
            counter.incrementRelease();
        }
    }

    private void allocateErrors(final CountersManager countersManager, final ErrorCode[] codes)
    {
        for (final ErrorCode code : codes)
        {
            errors.put(code.id(), countersManager.newCounter("Errors: " + code.name(), ERROR_TYPE_ID));
        }
    }
}
