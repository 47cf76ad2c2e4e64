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

import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * How far apart the calling thread's core and that of somebody else are who echoes, a server or another thread: the
 * time that a word takes there and back, with nothing else. The host of a virtual machine moves its cores about, from
 * one cache to another and back, and what goes from core to core takes several times as long meanwhile. Belongs to one
 * thread, and {@link #echo()} to one other.
 */
public final class CoreDistance implements AutoCloseable
{
    /** Stands for somebody who did not echo in time, since he sleeps, or cannot. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    private static final int FILE_LENGTH = 4096;
    private static final int ASKED_OFFSET = 0;
    private static final int ECHOED_OFFSET = 128;
    private static final int BATCHES = 8;
    private static final int TRIPS = 25;
    private static final int LOOKS_FOR_EACH_CLOCK_READ = 1 << 10;
    private static final long PATIENCE_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Path file;
    private final boolean isOwner;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer words;

    /**
     * Makes the file that the two share.
     *
     * @throws IOException when it cannot be made.
     */
    public CoreDistance() throws IOException
    {
        this(emptyFile(), true);
    }

    private CoreDistance(final Path file, final boolean isOwner)
    {
        this.file = file;
        this.isOwner = isOwner;
        mapped = IoUtil.mapExistingFile(file.toFile(), "echo");
        words = new UnsafeBuffer(mapped);
    }

    /**
     * Shares the file of another one, which leaves asking to this one meanwhile.
     *
     * @param file as {@link #file()} of the other gives it, who deletes it.
     * @return what asks the same somebody.
     */
    public static CoreDistance in(final Path file)
    {
        return new CoreDistance(file, false);
    }

    private static Path emptyFile() throws IOException
    {
        final Path file = Files.createTempFile("cores", ".echo");
        // Also when the run is interrupted.
        file.toFile().deleteOnExit();

        return Files.write(file, new byte[FILE_LENGTH]);
    }

    /**
     * What a server is to echo in.
     *
     * @return the file.
     */
    public Path file()
    {
        return file;
    }

    /**
     * Measures, in some tens of microseconds, while somebody echoes.
     *
     * @return nanoseconds there and back, the least mean of a few batches, or {@link #UNKNOWN}.
     */
    public long measureNs()
    {
        long leastNs = UNKNOWN;
        for (int i = 0; i < BATCHES; i++)
        {
            final long startNs = System.nanoTime();
            for (int trip = 0; trip < TRIPS; trip++)
            {
                if (!isEchoed(nextEven()))
                {
                    return UNKNOWN;
                }
            }
            leastNs = Math.min(leastNs, (System.nanoTime() - startNs) / TRIPS);
        }

        return leastNs;
    }

    /**
     * Measures how long a server's core takes for a piece of work, some microseconds when it has its units to itself.
     *
     * @return nanoseconds, the way there and back included, or {@link #UNKNOWN}.
     */
    public long workNs()
    {
        final long odd = nextEven() + 1;
        final long startNs = System.nanoTime();
        final boolean isDone = isEchoed(odd);

        return isDone ? System.nanoTime() - startNs : UNKNOWN;
    }

    /** Answers what was asked, if anything: for a thread to call over and over where there is no server. */
    public void echo()
    {
        words.putLongRelease(ECHOED_OFFSET, words.getLongAcquire(ASKED_OFFSET));
    }

    /** Ends the sharing and deletes the file, if it was made for this. */
    @Override
    public void close() throws IOException
    {
        IoUtil.unmap(mapped);
        if (isOwner)
        {
            Files.deleteIfExists(file);
        }
    }

    /** Above all that was asked before, by whomever. */
    private long nextEven()
    {
        return (words.getLongAcquire(ASKED_OFFSET) | 1) + 1;
    }

    private boolean isEchoed(final long asked)
    {
        words.putLongRelease(ASKED_OFFSET, asked);
        long deadlineNs = 0;
        int looks = 0;
        while (words.getLongAcquire(ECHOED_OFFSET) != asked)
        {
            if (++looks == LOOKS_FOR_EACH_CLOCK_READ)
            {
                looks = 0;
                final long nowNs = System.nanoTime();
                deadlineNs = 0 == deadlineNs ? nowNs + PATIENCE_NS : deadlineNs;
                if (nowNs - deadlineNs >= 0)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
