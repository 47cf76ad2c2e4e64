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
package io.peregrine.perf.venue;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * Ends a server process when its parent goes away, which it learns from the end of standard input, or when its time is
 * up; by force when the server does not follow.
 */
public final class LifeLine
{
    private static final long GRACE_MS = 3_000;
    private static final int EXIT_BY_FORCE = 1;

    private LifeLine()
    {
    }

    /**
     * Starts to watch, on daemon threads; to be called before the calling thread is pinned, as threads inherit that.
     *
     * @param stop       makes the server's loop end; may be called twice, from any thread.
     * @param maxSeconds the longest life of the process, in seconds.
     */
    public static void hold(final Runnable stop, final int maxSeconds)
    {
        Thread.ofPlatform().daemon().name("stdin").start(() ->
        {
            awaitEndOf(System.in);
            end(stop);
        });
        Thread.ofPlatform().daemon().name("time-limit").start(() ->
        {
            sleep(TimeUnit.SECONDS.toMillis(maxSeconds));
            end(stop);
        });
    }

    private static void end(final Runnable stop)
    {
        try
        {
            stop.run();
            sleep(GRACE_MS);
        }
        finally
        {
            // Only reached when the process did not end in the meantime.
            Runtime.getRuntime().halt(EXIT_BY_FORCE);
        }
    }

    private static void awaitEndOf(final InputStream in)
    {
        try
        {
            int lastByte;
            do
            {
                lastByte = in.read();
            }
            while (lastByte >= 0);
        }
        catch (final IOException ignore)
        {
            // An input that fails has ended too.
        }
    }

    private static void sleep(final long durationMs)
    {
        try
        {
            Thread.sleep(durationMs);
        }
        catch (final InterruptedException ignore)
        {
            Thread.currentThread().interrupt();
        }
    }
}
