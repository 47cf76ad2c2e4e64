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
import io.peregrine.perf.machine.NearCores;
import io.peregrine.perf.machine.QuietCores;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Whether the core of the calling thread and the server's were near each other, and quiet, while somebody had a turn:
 * they were when they are before and after it. Without a server that echoes nobody can tell, and they always were.
 */
final class CoreWatch implements AutoCloseable
{
    private final NearCores range;
    private final QuietCores quiet;
    private final CoreDistance distance;
    private boolean wereUndisturbed;

    CoreWatch(final NearCores range, final QuietCores quiet, final boolean isEchoed) throws IOException
    {
        this.range = range;
        this.quiet = quiet;
        distance = isEchoed ? new CoreDistance() : null;
    }

    /** What the server is to echo in, or null. */
    Path file()
    {
        return null == distance ? null : distance.file();
    }

    /** Whether they are near each other now. */
    boolean areNear()
    {
        return null == distance || range.isNear(distance.measureNs());
    }

    /** Looks how it is now, and says whether they are near and quiet and were so at the last look. */
    boolean look()
    {
        final boolean wereBefore = wereUndisturbed;
        // Also when they are far from each other, as each look tells what the least is.
        wereUndisturbed = null == distance || areNear() & quiet.look(distance);
        return wereUndisturbed && wereBefore;
    }

    @Override
    public void close() throws IOException
    {
        if (null != distance)
        {
            distance.close();
        }
    }
}
