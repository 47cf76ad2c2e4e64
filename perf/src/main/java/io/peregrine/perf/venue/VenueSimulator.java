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
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A venue over HTTP/1.1 for tests, demonstrations and latency measurements. It serves order entry, cancel and query on
 * {@code /api/v3/order}, and {@code /api/v3/ping} and {@code /api/v3/time}, with the rate limit fields of a real venue.
 *
 * <p>The constructor binds the port; {@link #run()} serves on the thread that calls it, without ever waiting in the
 * kernel; {@link #close()} may come from any thread.
 */
public final class VenueSimulator implements Runnable, AutoCloseable
{
    /** With so few connections, a read of each is cheaper than asking a selector which to read. */
    private static final int READ_EACH_LIMIT = 4;
    private static final int HOUSEKEEPING_MASK = 63;
    private static final long CLOSE_TIMEOUT_SECONDS = 5;

    private final VenueAcceptor acceptor;
    private final Selector selector;
    private final VenueServices services;
    private final int maxConnections;
    private final boolean isIdling;
    private final ArrayList<VenueConnection> connections = new ArrayList<>();
    private final ArrayDeque<VenueConnection> spareConnections = new ArrayDeque<>();
    private final Consumer<SelectionKey> readyHandler = this::onReady;

    private final AtomicBoolean isClaimed = new AtomicBoolean();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean isRunning = true;

    private int cycle;
    private int selectedWorkCount;
    private boolean isAcceptDue;
    private long nowNs;

    /**
     * Binds the port, so that clients can connect from here on; they are served when {@link #run()} is.
     *
     * @param config what to be.
     * @throws IOException when the address cannot be bound.
     */
    public VenueSimulator(final VenueConfig config) throws IOException
    {
        services = new VenueServices(config);
        maxConnections = config.maxConnections();
        isIdling = config.isIdling();
        selector = Selector.open();
        try
        {
            acceptor = new VenueAcceptor(config, selector);
        }
        catch (final IOException | RuntimeException ex)
        {
            selector.close();
            throw ex;
        }
    }

    /**
     * The port that the venue listens on.
     *
     * @return the port.
     */
    public int port()
    {
        return acceptor.port();
    }

    /**
     * Serves until {@link #close()} is called, then closes every socket; returns at once when that has happened
     * already.
     *
     * @throws IllegalStateException when the simulator runs already.
     */
    @Override
    public void run()
    {
        if (!isClaimed.compareAndSet(false, true))
        {
            if (isRunning)
            {
                throw new IllegalStateException("a simulator runs once");
            }

            return;
        }

        try
        {
            final IdleBackOff backOff = new IdleBackOff();
            while (isRunning)
            {
                final int workCount = doWork();
                if (isIdling)
                {
                    backOff.idle(workCount);
                }
            }
        }
        finally
        {
            closeSockets();
            end.countDown();
        }
    }

    /**
     * Ends {@link #run()} and waits until it has closed every socket.
     *
     * @throws IllegalStateException when that takes more than five seconds.
     */
    @Override
    public void close()
    {
        isRunning = false;
        if (isClaimed.compareAndSet(false, true))
        {
            closeSockets();
            end.countDown();
        }

        try
        {
            if (!end.await(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS))
            {
                throw new IllegalStateException("the venue's loop is stuck");
            }
        }
        catch (final InterruptedException ignore)
        {
            Thread.currentThread().interrupt();
        }
    }

    private int doWork()
    {
        nowNs = System.nanoTime();
        final boolean isHousekeepingDue = 0 == (++cycle & HOUSEKEEPING_MASK) || isIdling || connections.isEmpty();
        final boolean isPollingEach = connections.size() <= READ_EACH_LIMIT;
        int workCount = isPollingEach ? pollEach() : 0;
        if (isHousekeepingDue || !isPollingEach)
        {
            workCount += pollSelected();
        }

        if (isAcceptDue)
        {
            workCount += accept();
        }

        if (isHousekeepingDue)
        {
            closeOverdue();
        }

        return workCount;
    }

    private int accept()
    {
        isAcceptDue = false;
        int accepted = 0;
        SocketChannel channel;
        while (null != (channel = acceptor.poll()))
        {
            accepted++;
            if (connections.size() < maxConnections)
            {
                open(channel);
            }
            else
            {
                VenueAcceptor.closeQuietly(channel);
            }
        }

        return accepted;
    }

    private void open(final SocketChannel channel)
    {
        final VenueConnection spare = spareConnections.poll();
        final VenueConnection connection = null == spare ? new VenueConnection(services) : spare;
        try
        {
            connection.open(channel, selector);
            connections.add(connection);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("a channel that was just accepted is closed", ex);
        }
    }

    private int pollEach()
    {
        int workCount = 0;
        boolean isOneClosed = false;
        for (int i = 0; i < connections.size(); i++)
        {
            final VenueConnection connection = connections.get(i);
            workCount += connection.poll(nowNs);
            isOneClosed |= connection.isClosed();
        }

        if (isOneClosed)
        {
            removeClosed();
        }

        return workCount;
    }

    private int pollSelected()
    {
        selectedWorkCount = 0;
        select();
        return selectedWorkCount;
    }

    private void onReady(final SelectionKey key)
    {
        final VenueConnection connection = (VenueConnection)key.attachment();
        if (null == connection)
        {
            // The listening socket; an accept that finds nobody would leave garbage, so that we wait to be told.
            isAcceptDue = true;
        }
        else
        {
            selectedWorkCount += connection.poll(nowNs);
        }
    }

    private void select()
    {
        try
        {
            selector.selectNow(readyHandler);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException("the selector failed", ex);
        }
    }

    private void closeOverdue()
    {
        boolean isOneClosed = false;
        for (int i = 0; i < connections.size(); i++)
        {
            final VenueConnection connection = connections.get(i);
            if (connection.isOverdue(nowNs))
            {
                connection.close();
            }

            isOneClosed |= connection.isClosed();
        }

        if (isOneClosed)
        {
            removeClosed();
        }
    }

    private void removeClosed()
    {
        for (int i = connections.size() - 1; i >= 0; i--)
        {
            final VenueConnection connection = connections.get(i);
            if (connection.isClosed())
            {
                final VenueConnection last = connections.removeLast();
                if (last != connection)
                {
                    connections.set(i, last);
                }

                spareConnections.push(connection);
            }
        }

        // The kernel's socket lives until the selector has let go of a closed channel.
        select();
    }

    private void closeSockets()
    {
        acceptor.close();
        for (final VenueConnection connection : connections)
        {
            connection.close();
        }

        connections.clear();
        try
        {
            selector.close();
        }
        catch (final IOException ignore)
        {
            // A selector that fails to close is closed all the same.
        }
    }
}
