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
package io.peregrine.perf.fault;

import org.agrona.CloseHelper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Serves orders on one spinning thread, and misbehaves with one in so many of them; now and then it is down for a
 * while. {@link OrderLedger} keeps what it received.
 */
public final class FaultyServer implements AutoCloseable
{
    private static final int BACKLOG = 128;
    private static final long MAX_DOWN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int ACCEPT_INTERVAL = 64;

    private final OrderLedger ledger;
    private final SplittableRandom random;
    private final int faultInterval;
    private final ArrayList<FaultyConnection> connections = new ArrayList<>();
    private final Thread thread;

    private volatile boolean isClosed;
    private volatile boolean isWantedDown;
    private volatile long upNs;
    private volatile long faults;
    private volatile IOException failure;
    private ServerSocketChannel listener;
    private int port;
    private volatile long downUntilNs;
    private boolean isDown;
    private int cycles;

    /**
     * Listens on a free port of the loopback interface.
     *
     * @param ledger        to write down what is received.
     * @param seed          of what goes wrong.
     * @param faultInterval orders to a fault, on average; 0 for none.
     * @throws IOException when it cannot listen.
     */
    public FaultyServer(final OrderLedger ledger, final long seed, final int faultInterval) throws IOException
    {
        this.ledger = ledger;
        this.faultInterval = faultInterval;
        random = new SplittableRandom(seed);
        listen();
        thread = Thread.ofPlatform().daemon().name("faulty-server").start(this::run);
    }

    /**
     * Port that it listens on.
     *
     * @return the port.
     */
    public int port()
    {
        return port;
    }

    /**
     * How much has gone wrong on purpose.
     *
     * @return number of faults.
     */
    public long faults()
    {
        return faults;
    }

    /** Ends all connections and refuses new ones, until {@link #up()}. */
    public void down()
    {
        isWantedDown = true;
        while (isWantedDown)
        {
            Thread.onSpinWait();
        }
    }

    /**
     * Listens again.
     *
     * @return {@link System#nanoTime()} at which it listened.
     */
    public long up()
    {
        upNs = 0;
        downUntilNs = System.nanoTime();
        while (0 == upNs)
        {
            Thread.onSpinWait();
        }

        return upNs;
    }

    /**
     * Ends everything.
     *
     * @throws IOException when the server failed while it ran.
     */
    @Override
    public void close() throws IOException
    {
        isClosed = true;
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
        }
        if (null != failure)
        {
            throw failure;
        }
    }

    SplittableRandom random()
    {
        return random;
    }

    OrderLedger ledger()
    {
        return ledger;
    }

    /** Whether the next order is one of those that something goes wrong with. */
    boolean isFaultDue()
    {
        if (faultInterval > 0 && 0 == random.nextInt(faultInterval))
        {
            faults++;
            return true;
        }

        return false;
    }

    /** All connections end, and nobody listens for a while. */
    void crash()
    {
        stopListening();
        downUntilNs = System.nanoTime() + random.nextLong(MAX_DOWN_NS);
    }

    private void run()
    {
        try
        {
            while (!isClosed)
            {
                doWork();
            }
        }
        catch (final IOException ex)
        {
            failure = ex;
        }
        catch (final UncheckedIOException ex)
        {
            failure = ex.getCause();
        }
        finally
        {
            stopListening();
        }
    }

    private void doWork() throws IOException
    {
        if (isWantedDown)
        {
            stopListening();
            downUntilNs = Long.MAX_VALUE;
            isWantedDown = false;
        }
        if (isDown)
        {
            if (Long.MAX_VALUE != downUntilNs && System.nanoTime() - downUntilNs >= 0)
            {
                listen();
                upNs = System.nanoTime();
            }
            return;
        }

        if (0 == cycles++ % ACCEPT_INTERVAL || connections.isEmpty())
        {
            accept();
        }
        for (int i = connections.size() - 1; i >= 0 && !isDown; i--)
        {
            final FaultyConnection connection = connections.get(i);
            connection.doWork();
            if (!isDown && connection.isClosed())
            {
                connections.remove(i);
            }
        }
    }

    private void accept() throws IOException
    {
        final SocketChannel channel = listener.accept();
        if (null != channel)
        {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            connections.add(new FaultyConnection(this, channel));
        }
    }

    private void listen() throws IOException
    {
        listener = ServerSocketChannel.open();
        listener.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        listener.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
        listener.configureBlocking(false);
        port = ((InetSocketAddress)listener.getLocalAddress()).getPort();
        isDown = false;
    }

    private void stopListening()
    {
        CloseHelper.quietClose(listener);
        connections.forEach(FaultyConnection::reset);
        connections.clear();
        isDown = true;
    }
}
