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

/** A thread, started when first needed, for what takes too long for the duty cycle; it ends with its engine. */
final class TaskThread implements Executor, AutoCloseable
{
    private final String name;
    private ExecutorService executor;

    TaskThread(final String name)
    {
        this.name = name;
    }

    @Override
    public void execute(final Runnable task)
    {
        if (null == executor)
        {
            executor = Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
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
}
