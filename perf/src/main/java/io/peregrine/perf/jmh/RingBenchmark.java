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

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/**
 * From a strategy thread to the engine and back: encode, offer, take, write to a venue in memory, read and parse its
 * answer, hand it back, poll. Two and four threads do the same at once; where there are fewer cores they take turns.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class RingBenchmark
{
    /**
     * Made by JMH.
     */
    public RingBenchmark()
    {
    }

    /**
     * One thread.
     *
     * @param pool   to join.
     * @param client of the thread.
     * @return status of the answer.
     */
    @Benchmark
    @Threads(1)
    public int roundTrip(final RingPool pool, final RingClient client)
    {
        return client.roundTrip();
    }

    /**
     * Two threads.
     *
     * @param pool   to join.
     * @param client of the thread.
     * @return status of the answer.
     */
    @Benchmark
    @Threads(2)
    public int twoProducers(final RingPool pool, final RingClient client)
    {
        return client.roundTrip();
    }

    /**
     * Four threads.
     *
     * @param pool   to join.
     * @param client of the thread.
     * @return status of the answer.
     */
    @Benchmark
    @Threads(4)
    public int fourProducers(final RingPool pool, final RingClient client)
    {
        return client.roundTrip();
    }
}
