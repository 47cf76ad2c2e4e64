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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps idle processors from sleeping, for as long as it is open: the quality of service interface of Linux for power
 * management, which takes the longest delay of a wake-up that its user bears, in microseconds. What spins has nothing
 * of it; what blocks until its answer comes is woken sooner.
 */
final class AwakeProcessors implements AutoCloseable
{
    private static final Path DELAY = Path.of("/dev/cpu_dma_latency");
    private static final byte[] NONE = new byte[Integer.BYTES];

    private final FileChannel file;

    private AwakeProcessors(final FileChannel file)
    {
        this.file = file;
    }

    /**
     * From now on.
     *
     * @throws IOException when the system has no such interface, or it is not for this user.
     */
    static AwakeProcessors keep() throws IOException
    {
        return keep(DELAY);
    }

    static AwakeProcessors keep(final Path delay) throws IOException
    {
        final FileChannel file = FileChannel.open(delay, StandardOpenOption.WRITE);
        try
        {
            file.write(ByteBuffer.wrap(NONE));
            return new AwakeProcessors(file);
        }
        catch (final IOException ex)
        {
            file.close();
            throw ex;
        }
    }

    @Override
    public void close() throws IOException
    {
        file.close();
    }
}
