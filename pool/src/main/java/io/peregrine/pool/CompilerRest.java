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
package io.peregrine.pool;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Tells when the JVM's compilers have done what they were asked for, since they work in the background. */
final class CompilerRest
{
    /** The compilers rest when they have completed nothing for so long, longer than they take for a large method. */
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(5);

    private CompilerRest()
    {
    }

    /** Waits until the compilers rest, at most so long; not at all on a JVM that does not tell. */
    static void await(final long timeoutNs)
    {
        final CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
        if (null == compilation || !compilation.isCompilationTimeMonitoringSupported())
        {
            return;
        }

        final long startNs = System.nanoTime();
        long lastTime = compilation.getTotalCompilationTime();
        long lastChangeNs = startNs;
        long nowNs = startNs;
        while (nowNs - lastChangeNs < REST_NS && nowNs - startNs < timeoutNs)
        {
            LockSupport.parkNanos(LOOK_INTERVAL_NS);
            nowNs = System.nanoTime();
            final long time = compilation.getTotalCompilationTime();
            if (time != lastTime)
            {
                lastTime = time;
                lastChangeNs = nowNs;
            }
        }
    }
}
