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

import io.peregrine.engine.SocketOptions;
import io.peregrine.engine.Transport;
import io.peregrine.engine.TransportFactory;
import org.agrona.concurrent.NanoClock;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A server in memory, on simulated time, that misbehaves as a seed has it; and the record of what it really received,
 * against which verdicts are held.
 */
final class SimulatedServer implements TransportFactory
{
    /** What became of one order at the server. */
    static final class Receipt
    {
        int bytesTaken;
        int timesReceivedWhole;
    }

    private final NanoClock clock;
    private final Random random;
    private final List<SimulatedTransport> transports = new ArrayList<>();
    private final TreeMap<Long, Receipt> receipts = new TreeMap<>();
    private boolean isFaulty;
    private boolean isUp = true;

    SimulatedServer(final NanoClock clock, final Random random)
    {
        this.clock = clock;
        this.random = random;
    }

    /** From now on connections misbehave, or behave; those that there are keep what was decided for them. */
    void faulty(final boolean isFaulty)
    {
        this.isFaulty = isFaulty;
    }

    /** A server that is down refuses connections. */
    void up(final boolean isUp)
    {
        this.isUp = isUp;
    }

    boolean isUp()
    {
        return isUp;
    }

    Receipt receipt(final long id)
    {
        return receipts.computeIfAbsent(id, (key) -> new Receipt());
    }

    long openCount()
    {
        return transports.stream().filter((transport) -> !transport.isClosed()).count();
    }

    /** The process dies: every connection is reset. */
    void kill()
    {
        isUp = false;
        transports.stream().filter((transport) -> !transport.isClosed()).forEach(SimulatedTransport::reset);
    }

    @Override
    public Transport connect(final InetSocketAddress address, final SocketOptions socketOptions) throws IOException
    {
        if (!isUp || (isFaulty && oneIn(8)))
        {
            transports.removeIf(SimulatedTransport::isClosed);
            throw new IOException("Connection refused");
        }

        long connectDelayNs = 0;
        boolean isRefusedLate = false;
        if (isFaulty && oneIn(3))
        {
            // From soon to never.
            connectDelayNs = oneIn(4) ? TimeUnit.DAYS.toNanos(1) : upTo(TimeUnit.SECONDS.toNanos(4));
            isRefusedLate = oneIn(4);
        }

        final SimulatedTransport transport = new SimulatedTransport(this, connectDelayNs, isRefusedLate);
        transports.add(transport);

        return transport;
    }

    boolean isFaulty()
    {
        return isFaulty;
    }

    long nowNs()
    {
        return clock.nanoTime();
    }

    boolean oneIn(final int chances)
    {
        return 0 == random.nextInt(chances);
    }

    int below(final int bound)
    {
        return random.nextInt(bound);
    }

    /** Short times are as frequent as long ones. */
    long upTo(final long maxNs)
    {
        return (long)Math.exp(random.nextDouble() * Math.log(maxNs));
    }
}
