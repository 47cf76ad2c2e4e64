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
package io.peregrine.perf.floor;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Measures round trips of an order, one outstanding at a time, over one new connection a run. */
public interface FloorClient
{
    /** The length of a whole request, in bytes, unless a length of the body is asked for. */
    int REQUEST_LENGTH = 420;

    /** Stands for the length of the body that makes a request of {@link #REQUEST_LENGTH}. */
    int DEFAULT_PAYLOAD_LENGTH = -1;

    /** The longest body that can be asked for, in bytes. */
    int PAYLOAD_LENGTH_LIMIT = 32 * 1024;

    /**
     * Measures each round trip from before the first byte is sent until the last byte of the answer has been read.
     *
     * @param port   of a server on the loopback address: a {@link FloorServer} or a venue.
     * @param warmUp how many round trips to do before measuring.
     * @param count  how many round trips to measure.
     * @return the times, in nanoseconds.
     * @throws IOException when the server goes away, gives no answer in time or answers with other than a 2xx status.
     */
    Histogram run(int port, int warmUp, int count) throws IOException;

    /**
     * A histogram that takes what {@link #run(int, int, int)} measures: up to a minute, to three digits.
     *
     * @return an empty histogram of nanoseconds.
     */
    static Histogram newHistogram()
    {
        return new Histogram(TimeUnit.MINUTES.toNanos(1), 3);
    }

    /**
     * Adds one time, cut to what the histogram takes.
     *
     * @param histogram to add to, as {@link #newHistogram()} gives it.
     * @param timeNs    the time, in nanoseconds.
     */
    static void record(final Histogram histogram, final long timeNs)
    {
        histogram.recordValue(Math.max(0, Math.min(timeNs, histogram.getHighestTrackableValue())));
    }
}
