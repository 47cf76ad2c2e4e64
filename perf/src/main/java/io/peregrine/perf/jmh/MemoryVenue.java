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
package io.peregrine.perf.jmh;

import io.peregrine.engine.SocketOptions;
import io.peregrine.engine.Transport;
import io.peregrine.engine.TransportFactory;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A venue in memory: takes each request whole, and has its answer ready for the next read, or never answers. */
final class MemoryVenue implements TransportFactory
{
    private static final int MAX_REQUEST_LENGTH = 4 * 1024;

    private final boolean isAnswering;

    MemoryVenue(final boolean isAnswering)
    {
        this.isAnswering = isAnswering;
    }

    @Override
    public Transport connect(final InetSocketAddress address, final SocketOptions socketOptions)
    {
        return new Connection(isAnswering);
    }

    private static final class Connection implements Transport
    {
        private final ByteBuffer answer = ReferenceOrder.direct(ReferenceAnswer.SMALL).byteBuffer().duplicate();
        private final ByteBuffer received = ByteBuffer.allocateDirect(MAX_REQUEST_LENGTH);
        private final boolean isAnswering;
        private boolean isAsked;

        private Connection(final boolean isAnswering)
        {
            this.isAnswering = isAnswering;
        }

        @Override
        public boolean finishConnect()
        {
            return true;
        }

        @Override
        public int read(final ByteBuffer destination)
        {
            if (!isAsked)
            {
                return 0;
            }

            isAsked = false;
            answer.clear();
            destination.put(answer);
            return answer.capacity();
        }

        @Override
        public int write(final ByteBuffer source)
        {
            // Every byte crosses from the thread that wrote it, as it does on its way to a kernel.
            final int length = source.remaining();
            received.clear().put(source);
            isAsked = isAnswering;
            return length;
        }

        @Override
        public void close()
        {
            isAsked = false;
        }
    }
}
