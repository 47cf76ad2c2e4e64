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
package io.peregrine.perf.venue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes as they are. */
final class PlainVenueChannel implements VenueChannel
{
    private final SocketChannel channel;

    PlainVenueChannel(final SocketChannel channel)
    {
        this.channel = channel;
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException
    {
        return channel.read(destination);
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        return channel.write(source);
    }

    @Override
    public boolean isBlocked()
    {
        return false;
    }

    @Override
    public boolean hasReadAhead()
    {
        return false;
    }

    @Override
    public void shutdownOutput() throws IOException
    {
        channel.shutdownOutput();
    }
}
