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
package io.peregrine.perf.bench;

import io.peregrine.perf.machine.CoreDistance;
import io.peregrine.perf.machine.CoreWork;
import io.peregrine.perf.machine.IdleProcessors;
import io.peregrine.perf.machine.NearCores;
import io.peregrine.perf.machine.QuietCores;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Waits until the core of the calling thread and the server's are near each other and quiet, before somebody has a
 * turn, and says whether they were near meanwhile: they were when they are before and after it. Without a server that
 * echoes nobody can tell, and they always were.
 */
final class CoreWatch implements AutoCloseable
{
    /** In a row before a turn, since who shares a core may come and go within a look. */
    private static final int LOOKS_BEFORE_A_TURN = 6;

    private final NearCores range;
    private final QuietCores quiet;
    private final IdleProcessors idle;
    private final CoreWork work = new CoreWork();
    private final CoreDistance distance;
    private long distanceNs = CoreDistance.UNKNOWN;
    private boolean areUndisturbed;

    CoreWatch(final NearCores range, final QuietCores quiet, final IdleProcessors idle, final boolean isEchoed)
        throws IOException
    {
        this.range = range;
        this.quiet = quiet;
        this.idle = idle;
        distance = isEchoed ? new CoreDistance() : null;
    }

    /** What the server is to echo in, or null. */
    Path file()
    {
        return null == distance ? null : distance.file();
    }

    /**
     * Waits until they are near each other and quiet, or the time is up. Processors that are kept awake stay where they
     * are: while they are far from each other they are let sleep, and may move.
     */
    void await(final long deadlineNs, final ServerCall server) throws IOException
    {
        int undisturbedLooks = areUndisturbed ? 1 : 0;
        while (null != distance && undisturbedLooks < LOOKS_BEFORE_A_TURN && System.nanoTime() - deadlineNs < 0)
        {
            if (!areNear())
            {
                comeNear(server);
            }
            look();
            undisturbedLooks = areUndisturbed ? undisturbedLooks + 1 : 0;
        }
    }

    private void comeNear(final ServerCall server) throws IOException
    {
        if (CoreDistance.UNKNOWN != distanceNs)
        {
            idle.rest();
        }
        server.wake();
    }

    /** Looks how it is now, and says whether they are near each other and were so at the last look. */
    boolean look()
    {
        if (null == distance)
        {
            return true;
        }

        final boolean wereNear = areNear();
        distanceNs = distance.measureNs();
        // Also when they are far from each other, as each look tells what the least is.
        areUndisturbed = areNear() & quiet.areQuiet(work.ns(), distance.workNs());
        return wereNear && areNear();
    }

    private boolean areNear()
    {
        return range.isNear(distanceNs);
    }

    @Override
    public void close() throws IOException
    {
        if (null != distance)
        {
            distance.close();
        }
    }

    /** Has the server answer something, since it only echoes while it does not sleep. */
    interface ServerCall
    {
        void wake() throws IOException;
    }
}
