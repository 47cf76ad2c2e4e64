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
package io.peregrine.perf.floor;

import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.channels.SocketChannel;

/**
 * The floor client in Java: a {@link SocketChannel} that is polled without waiting, direct buffers, and no parser
 * beyond finding the end of an answer. It works on the thread that calls it, and leaves it to the caller to pin that.
 */
public final class NioFloorClient implements FloorClient
{
    private final int payloadLength;

    /** Creates a client that sends requests of {@link FloorClient#REQUEST_LENGTH}. */
    public NioFloorClient()
    {
        this(DEFAULT_PAYLOAD_LENGTH);
    }

    /**
     * Creates a client.
     *
     * @param payloadLength the length of the body, in bytes, or {@link FloorClient#DEFAULT_PAYLOAD_LENGTH}. Less than
     *                      an order needs makes a body that only a {@link FloorServer} accepts.
     * @throws IllegalArgumentException when the length is out of range.
     */
    public NioFloorClient(final int payloadLength)
    {
        if (payloadLength < DEFAULT_PAYLOAD_LENGTH || payloadLength > PAYLOAD_LENGTH_LIMIT)
        {
            throw new IllegalArgumentException("not a length of a payload: " + payloadLength);
        }

        this.payloadLength = payloadLength;
    }

    @Override
    public Histogram run(final int port, final int warmUp, final int count) throws IOException
    {
        final Histogram histogram = FloorClient.newHistogram();
        try (NioFloorConnection connection = new NioFloorConnection(port, payloadLength))
        {
            for (int i = 0; i < warmUp; i++)
            {
                connection.exchange();
            }

            for (int i = 0; i < count; i++)
            {
                final long startNs = System.nanoTime();
                connection.exchange();
                FloorClient.record(histogram, System.nanoTime() - startNs);
            }
        }

        return histogram;
    }
}
