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
package io.peregrine.perf.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What this process holds, as Linux and the JVM tell it. */
final class ProcessMemory
{
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final String RSS_LABEL = "VmRSS:";
    private static final int KIB = 1024;

    private ProcessMemory()
    {
    }

    /** Resident memory in KiB. */
    static long rssKb() throws IOException
    {
        for (final String line : Files.readAllLines(STATUS))
        {
            if (line.startsWith(RSS_LABEL))
            {
                return Long.parseLong(line.substring(RSS_LABEL.length()).replace("kB", "").strip());
            }
        }

        throw new IOException(STATUS + " has no " + RSS_LABEL);
    }

    /** Heap in use after a collection, in KiB. */
    static long heapKb()
    {
        System.gc();
        final Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / KIB;
    }

    /** Number of open file descriptors. */
    static long descriptors() throws IOException
    {
        try (Stream<Path> open = Files.list(DESCRIPTORS))
        {
            return open.count();
        }
    }
}
