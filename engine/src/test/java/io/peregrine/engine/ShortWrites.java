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
import java.nio.ByteBuffer;

/** A transport whose socket takes only so many bytes at a time, as one on the loopback interface hardly ever does. */
public final class ShortWrites implements Transport
{
    private final Transport transport;
    private final int longestWrite;

    public ShortWrites(final Transport transport, final int longestWrite)
    {
        this.transport = transport;
        this.longestWrite = longestWrite;
    }

    @Override
    public boolean finishConnect() throws IOException
    {
        return transport.finishConnect();
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException
    {
        return transport.read(destination);
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        final int limit = source.limit();
        source.limit(Math.min(limit, source.position() + longestWrite));
        try
        {
            return transport.write(source);
        }
        finally
        {
            source.limit(limit);
        }
    }

    @Override
    public void close()
    {
        transport.close();
    }
}
