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
package io.peregrine.perf.machine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What processors do that have nothing to do: they may sleep, or are kept awake for as long as this is open. That is
 * asked for through the quality of service interface of Linux for power management, which takes the longest delay of a
 * wake-up that its user bears, in microseconds. What spins has nothing of it; what blocks until its answer comes is
 * woken sooner. Belongs to one thread.
 */
public final class IdleProcessors implements AutoCloseable
{
    private static final Path DELAY = Path.of("/dev/cpu_dma_latency");
    private static final int NONE_US = 0;
    private static final int ANY_US = Integer.MAX_VALUE;

    /** Longer than a server goes on spinning when nobody speaks. */
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(60);

    private final FileChannel delay;
    private final String description;

    private IdleProcessors(final FileChannel delay, final String description)
    {
        this.delay = delay;
        this.description = description;
    }

    /**
     * They may sleep, if the system lets them.
     *
     * @return what changes nothing.
     */
    public static IdleProcessors asTheSystemHasIt()
    {
        return new IdleProcessors(null, "as the system has it");
    }

    /**
     * Awake from now on; where the system has no such interface, or it is not for this user, as the system has it.
     *
     * @return what keeps them awake until it is closed, or says why not.
     */
    public static IdleProcessors keepAwake()
    {
        return keepAwake(DELAY);
    }

    static IdleProcessors keepAwake(final Path delay)
    {
        try
        {
            return new IdleProcessors(openAwake(delay), "processors are kept awake");
        }
        catch (final IOException ex)
        {
            return new IdleProcessors(null,
                "as the system has it, since they cannot be kept awake (" + ex + ")");
        }
    }

    private static FileChannel openAwake(final Path delay) throws IOException
    {
        final FileChannel file = FileChannel.open(delay, StandardOpenOption.WRITE);
        try
        {
            ask(file, NONE_US);
            return file;
        }
        catch (final IOException ex)
        {
            file.close();
            throw ex;
        }
    }

    /**
     * Whether they are kept awake.
     *
     * @return false when they are as the system has it.
     */
    public boolean areAwake()
    {
        return null != delay;
    }

    /**
     * Lets them sleep for a moment, if they are kept awake. The host of a virtual machine leaves processors where they
     * are as long as they do not sleep, and may choose another place for them when they wake.
     *
     * @throws IOException when the system no longer takes what is asked for.
     */
    public void rest() throws IOException
    {
        if (areAwake())
        {
            ask(delay, ANY_US);
            LockSupport.parkNanos(REST_NS);
            ask(delay, NONE_US);
        }
    }

    /** For the environment that stands beside figures. */
    @Override
    public String toString()
    {
        return description;
    }

    private static void ask(final FileChannel file, final int delayUs) throws IOException
    {
        file.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(delayUs).flip());
    }

    /** As the system has it from now on. */
    @Override
    public void close() throws IOException
    {
        if (areAwake())
        {
            delay.close();
        }
    }
}
