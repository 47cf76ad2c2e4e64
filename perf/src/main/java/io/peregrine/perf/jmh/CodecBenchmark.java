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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.util.concurrent.TimeUnit;

/** Encoding an order, parsing its answer, and both: the codec's share of a round trip. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(3)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class CodecBenchmark
{
    private final ReferenceOrder order = new ReferenceOrder();
    private final ReferenceAnswer answer = new ReferenceAnswer(ReferenceAnswer.SMALL);
    private final ReferenceAnswer varyingAnswer = new ReferenceAnswer(ReferenceAnswer.smallVarying());
    private final ReferenceAnswer unlikeAnswer = new ReferenceAnswer(ReferenceAnswer.smallUnlike());
    private final ReferenceAnswer chunkedAnswer = new ReferenceAnswer(ReferenceAnswer.CHUNKED);

    /**
     * Made by JMH.
     */
    public CodecBenchmark()
    {
    }

    /**
     * Encodes the reference order.
     *
     * @return length of the request.
     */
    @Benchmark
    public int encodeOrder()
    {
        return order.encode().length();
    }

    /**
     * Parses an answer of 104 bytes with two headers, the same each time, copy to the receive buffer included.
     *
     * @return status plus length of the body.
     */
    @Benchmark
    public int parseAnswer()
    {
        return answer.parse();
    }

    /**
     * Parses an answer with two headers more, a time and an identifier, which are others each time, as are its length,
     * of two digits, and its body.
     *
     * @return status plus length of the body.
     */
    @Benchmark
    public int parseVaryingAnswer()
    {
        return varyingAnswer.parse();
    }

    /**
     * Parses the same with a length of two and of three digits by turns: no head looks like the one before.
     *
     * @return status plus length of the body.
     */
    @Benchmark
    public int parseUnlikeAnswer()
    {
        return unlikeAnswer.parse();
    }

    /**
     * Parses the small answer, the same each time, in two chunks.
     *
     * @return status plus length of the body.
     */
    @Benchmark
    public int parseChunkedAnswer()
    {
        return chunkedAnswer.parse();
    }

    /**
     * Encodes the order and parses its answer.
     *
     * @return a sum that keeps both alive.
     */
    @Benchmark
    public int encodeOrderAndParseAnswer()
    {
        return order.encode().length() + answer.parse();
    }
}
