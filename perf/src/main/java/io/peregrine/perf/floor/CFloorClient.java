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
import java.nio.file.Path;
import java.util.Objects;

/** The floor client in C: each run is a process of its own. */
public final class CFloorClient implements FloorClient
{
    private final Path binary;
    private final int cpu;
    private final int payloadLength;

    /**
     * Creates a client that sends requests of {@link FloorClient#REQUEST_LENGTH}.
     *
     * @param binary the program, as {@link FloorBinary} gives it.
     * @param cpu    the core to pin it to, -1 for none.
     */
    public CFloorClient(final Path binary, final int cpu)
    {
        this(binary, cpu, DEFAULT_PAYLOAD_LENGTH);
    }

    /**
     * Creates a client.
     *
     * @param binary        the program, as {@link FloorBinary} gives it.
     * @param cpu           the core to pin it to, -1 for none.
     * @param payloadLength the length of the body, in bytes, or {@link FloorClient#DEFAULT_PAYLOAD_LENGTH}. Less than
     *                      an order needs makes a body that only a {@link FloorServer} accepts.
     */
    public CFloorClient(final Path binary, final int cpu, final int payloadLength)
    {
        this.binary = Objects.requireNonNull(binary, "binary");
        this.cpu = cpu;
        this.payloadLength = payloadLength;
    }

    @Override
    public Histogram run(final int port, final int warmUp, final int count) throws IOException
    {
        try (CFloorProcess client = CFloorProcess.connect(binary, cpu, port, payloadLength, null, null))
        {
            final Histogram histogram = FloorClient.newHistogram();
            for (final long timeNs : client.turn(TurnPlan.of(warmUp, count)).timesNs())
            {
                FloorClient.record(histogram, timeNs);
            }

            return histogram;
        }
    }
}
