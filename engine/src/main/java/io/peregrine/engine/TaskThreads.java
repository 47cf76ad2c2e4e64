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

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/** Threads, started when first needed, for what takes too long for the duty cycle; they end with their engine. */
final class TaskThreads implements Executor, AutoCloseable
{
    private final String name;
    private final ThreadFactory threads;
    private final Function<ThreadFactory, ExecutorService> executors;
    private ExecutorService executor;

    private TaskThreads(
        final String name, final ThreadFactory threads, final Function<ThreadFactory, ExecutorService> executors)
    {
        this.name = name;
        this.threads = threads;
        this.executors = executors;
    }

    /** One task after the other. */
    static TaskThreads single(final String name, final ThreadFactory threads)
    {
        return new TaskThreads(name, threads, Executors::newSingleThreadExecutor);
    }

    /** As many tasks at once as are given, so that none waits behind one that hangs. */
    static TaskThreads concurrent(final String name, final ThreadFactory threads)
    {
        return new TaskThreads(name, threads, Executors::newCachedThreadPool);
    }

    @Override
    public void execute(final Runnable task)
    {
        if (null == executor)
        {
            executor = executors.apply(this::newThread);
        }

        executor.execute(task);
    }

    @Override
    public void close()
    {
        if (null != executor)
        {
            executor.shutdownNow();
        }
    }

    private Thread newThread(final Runnable work)
    {
        final Thread thread = threads.newThread(work);
        thread.setName(name);
        return thread;
    }
}
