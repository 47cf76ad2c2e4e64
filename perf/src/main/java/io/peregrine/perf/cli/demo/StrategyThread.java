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

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** A thread that runs flows when told to, and tells what it allocated meanwhile. */
final class StrategyThread implements AutoCloseable
{
    private final ArrayBlockingQueue<FutureTask<Long>> rounds = new ArrayBlockingQueue<>(1);
    private final Thread thread;
    private FutureTask<Long> round;

    StrategyThread(final String name)
    {
        thread = Thread.ofPlatform().daemon().name(name).start(this::runRounds);
    }

    /** Starts a round; it is to be awaited before the next. */
    void start(final OrderFlow flow, final long firstNumber, final int count)
    {
        round = new FutureTask<>(() ->
        {
            final GarbageMeter garbage = new GarbageMeter();
            garbage.start();
            flow.run(firstNumber, count);
            garbage.stop();
            return garbage.totalBytes();
        });
        rounds.add(round);
    }

    /** Runs something else on the thread. */
    void run(final Runnable action) throws InterruptedException, ExecutionException
    {
        round = new FutureTask<>(action, 0L);
        rounds.add(round);
        await();
    }

    /** Waits for the end of the round; returns the bytes that the thread allocated in it. */
    long await() throws InterruptedException, ExecutionException
    {
        return round.get();
    }

    @Override
    public void close()
    {
        thread.interrupt();
    }

    private void runRounds()
    {
        try
        {
            while (true)
            {
                rounds.take().run();
            }
        }
        catch (final InterruptedException ignore)
        {
            // Closed.
        }
    }
}
