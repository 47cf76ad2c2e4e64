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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Parsing heads of different length. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ParseBenchmark
{
    /** Number of headers of the answer. */
    @Param({"3", "10", "40"})
    private int headers;

    private ReferenceAnswer answer;
    private ReferenceAnswer varyingAnswer;
    private ReferenceAnswer unlikeAnswer;

    /**
     * Made by JMH.
     */
    public ParseBenchmark()
    {
    }

    /**
     * Makes the answers.
     */
    @Setup
    public void setUp()
    {
        answer = new ReferenceAnswer(ReferenceAnswer.withHeaders(headers));
        varyingAnswer = new ReferenceAnswer(ReferenceAnswer.withVaryingHeaders(headers));
        unlikeAnswer = new ReferenceAnswer(ReferenceAnswer.withUnlikeHeaders(headers));
    }

    /**
     * Parses an answer, the same each time.
     *
     * @return status plus length of the body.
     */
    @Benchmark
    public int parse()
    {
        return answer.parse();
    }

    /**
     * Parses answers whose values differ, all but that of the content length.
     *
     * @return status plus length of the body.
     */
    @Benchmark
    public int parseVarying()
    {
        return varyingAnswer.parse();
    }

    /**
     * Parses answers whose values differ in length, too: no head looks like the one before.
     *
     * @return status plus length of the body.
     */
    @Benchmark
    public int parseUnlike()
    {
        return unlikeAnswer.parse();
    }
}
