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
package io.peregrine.perf.cli.demo;

import io.peregrine.pool.RequestTimes;
import org.HdrHistogram.Histogram;

import java.util.List;

/** Where the time of requests goes between the thread that offers them and the socket. */
final class RequestStages
{
    private static final long MAX_NS = 60_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final List<String> NAMES = List.of(
        "  encode, offer", "  offered to taken", "  taken to written", "  written to first byte", "  to complete",
        "  complete to polled");

    private final Histogram[] histograms = new Histogram[NAMES.size()];

    RequestStages()
    {
        for (int i = 0; i < histograms.length; i++)
        {
            histograms[i] = new Histogram(MAX_NS, SIGNIFICANT_DIGITS);
        }
    }

    /** From before the request was encoded until its answer was handled. */
    void record(final long startNs, final RequestTimes times, final long endNs)
    {
        record(0, startNs, times.offeredNs());
        record(1, times.offeredNs(), times.takenNs());
        record(2, times.takenNs(), times.writtenNs());
        record(3, times.writtenNs(), times.firstByteNs());
        record(4, times.firstByteNs(), times.completeNs());
        record(5, times.completeNs(), endNs);
    }

    void add(final RequestStages other)
    {
        for (int i = 0; i < histograms.length; i++)
        {
            histograms[i].add(other.histograms[i]);
        }
    }

    void print(final LatencyTable table)
    {
        for (int i = 0; i < histograms.length; i++)
        {
            table.printRow(NAMES.get(i), histograms[i]);
        }
    }

    private void record(final int stage, final long fromNs, final long toNs)
    {
        if (RequestTimes.NEVER != fromNs && RequestTimes.NEVER != toNs)
        {
            histograms[stage].recordValue(Math.min(MAX_NS, Math.max(0, toNs - fromNs)));
        }
    }
}
