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

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Counts what transports are asked for, which is what the kernel would be. */
public final class CountingTransports implements TransportFactory
{
    private final TransportFactory delegate;

    private long connects;
    private long writes;
    private long reads;
    private long emptyReads;

    /** Counts what goes to the transports of a factory, such as that of a new {@link EngineContext}: TCP. */
    public CountingTransports(final TransportFactory delegate)
    {
        this.delegate = delegate;
    }

    public long connects()
    {
        return connects;
    }

    public long writes()
    {
        return writes;
    }

    public long reads()
    {
        return reads;
    }

    /** Reads that found nothing. */
    public long emptyReads()
    {
        return emptyReads;
    }

    @Override
    public Transport connect(final InetSocketAddress address, final SocketOptions socketOptions) throws IOException
    {
        connects++;
        return new Counting(delegate.connect(address, socketOptions));
    }

    private final class Counting implements Transport
    {
        private final Transport transport;

        private Counting(final Transport transport)
        {
            this.transport = transport;
        }

        @Override
        public boolean finishConnect() throws IOException
        {
            return transport.finishConnect();
        }

        @Override
        public int read(final ByteBuffer destination) throws IOException
        {
            reads++;
            final int length = transport.read(destination);
            emptyReads += 0 == length ? 1 : 0;
            return length;
        }

        @Override
        public int write(final ByteBuffer source) throws IOException
        {
            writes++;
            return transport.write(source);
        }

        @Override
        public void close()
        {
            transport.close();
        }
    }
}
