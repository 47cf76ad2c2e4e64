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

import io.peregrine.pool.CpuPinning;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The other end of a hop: a thread on the second core that reads so many cache lines, and answers with one word. */
@State(Scope.Benchmark)
public class HopPartner
{
    private static final int LINE_LENGTH = 128;
    private static final int MAX_LINES = 64;
    private static final int REQUEST_INDEX = 0;
    private static final int ANSWER_INDEX = MAX_LINES * LINE_LENGTH;

    /** Cache lines that cross with each hop there: 1 for the word alone, 8 for an order of 420 bytes and its entry. */
    @Param({"1", "8"})
    public int lines;

    private final UnsafeBuffer memory =
        new UnsafeBuffer(BufferUtil.allocateDirectAligned(ANSWER_INDEX + LINE_LENGTH, LINE_LENGTH));
    private volatile boolean isStopped;
    private Thread thread;
    private long sequence;

    /**
     * Made by JMH.
     */
    public HopPartner()
    {
    }

    /**
     * Starts the thread.
     *
     * @param processors that it and the other end have.
     */
    @Setup
    public void start(final NearProcessors processors)
    {
        thread = new Thread(this::answer, "hop-partner");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Ends the thread.
     *
     * @throws InterruptedException when interrupted meanwhile.
     */
    @TearDown
    public void stop() throws InterruptedException
    {
        isStopped = true;
        thread.join();
    }

    /** There and back. */
    long hop()
    {
        final long request = ++sequence;
        for (int i = 1; i < lines; i++)
        {
            memory.putLong(i * LINE_LENGTH, request);
        }
        memory.putLongRelease(REQUEST_INDEX, request);
        while (request != memory.getLongVolatile(ANSWER_INDEX))
        {
            Thread.onSpinWait();
        }

        return request;
    }

    private void answer()
    {
        CpuPinning.cpu(NearProcessors.ENGINE_CPU).pin();
        long answered = 0;
        while (!isStopped)
        {
            final long request = memory.getLongVolatile(REQUEST_INDEX);
            if (request != answered)
            {
                answered = request;
                long sum = 0;
                for (int i = 1; i < lines; i++)
                {
                    sum += memory.getLong(i * LINE_LENGTH) - request;
                }
                memory.putLongRelease(ANSWER_INDEX, request + sum);
            }
        }
    }
}
