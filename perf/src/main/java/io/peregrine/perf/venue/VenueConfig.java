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

import java.util.Objects;
import java.util.function.LongSupplier;

/** What a {@link VenueSimulator} is told before it starts; a simulator reads it once, at construction. */
public final class VenueConfig
{
    /** The limit that limits nothing. */
    public static final int UNLIMITED = 0;

    /** The longest head of a request that is understood, in bytes. */
    public static final int HEAD_LENGTH_LIMIT = 8 * 1024;

    /** The longest body of a request that is understood, in bytes. */
    public static final int BODY_LENGTH_LIMIT = 16 * 1024;

    /** How many orders the venue remembers unless told otherwise. */
    public static final int MAX_ORDERS_DEFAULT = 1 << 16;

    /** How many connections may be open at a time unless told otherwise. */
    public static final int MAX_CONNECTIONS_DEFAULT = 2048;

    /** Leaves the choice to the operating system. */
    static final int SYSTEM_DEFAULT = 0;

    private static final int MAX_PORT = 65_535;

    private String host = "127.0.0.1";
    private int port;
    private int keepAliveRequests = UNLIMITED;
    private int weightLimit = UNLIMITED;
    private int orderLimit = UNLIMITED;
    private int maxOrders = MAX_ORDERS_DEFAULT;
    private int maxConnections = MAX_CONNECTIONS_DEFAULT;
    private int sendBufferLength = SYSTEM_DEFAULT;
    private boolean isIdling;
    private VenueCertificate certificate;
    private LongSupplier epochClockMs = System::currentTimeMillis;

    /** Creates a venue on a free port of the loopback address, without limits, that spins. */
    public VenueConfig()
    {
    }

    /**
     * The address to listen on.
     *
     * @return a name or an address.
     */
    public String host()
    {
        return host;
    }

    /**
     * The address to listen on.
     *
     * @param value a name or an address.
     * @return this for a fluent API.
     */
    public VenueConfig host(final String value)
    {
        host = Objects.requireNonNull(value, "host");
        return this;
    }

    /**
     * The port to listen on.
     *
     * @return the port; 0 picks a free one.
     */
    public int port()
    {
        return port;
    }

    /**
     * The port to listen on.
     *
     * @param value the port; 0 picks a free one.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when there is no such port.
     */
    public VenueConfig port(final int value)
    {
        port = requireBetween(0, value, MAX_PORT, "port");
        return this;
    }

    /**
     * How many requests a connection serves: the answer to the last of them says {@code Connection: close}.
     *
     * @return the number of requests, or {@link #UNLIMITED}.
     */
    public int keepAliveRequests()
    {
        return keepAliveRequests;
    }

    /**
     * How many requests a connection serves: the answer to the last of them says {@code Connection: close}.
     *
     * @param value the number of requests, or {@link #UNLIMITED}.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the value is negative.
     */
    public VenueConfig keepAliveRequests(final int value)
    {
        keepAliveRequests = requireBetween(UNLIMITED, value, Integer.MAX_VALUE, "keepAliveRequests");
        return this;
    }

    /**
     * How much request weight may be used within a minute before requests are answered with 429.
     *
     * @return the weight, or {@link #UNLIMITED}.
     */
    public int weightLimit()
    {
        return weightLimit;
    }

    /**
     * How much request weight may be used within a minute before requests are answered with 429.
     *
     * @param value the weight, or {@link #UNLIMITED}.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the value is negative.
     */
    public VenueConfig weightLimit(final int value)
    {
        weightLimit = requireBetween(UNLIMITED, value, Integer.MAX_VALUE, "weightLimit");
        return this;
    }

    /**
     * How many orders are accepted within ten seconds before orders are answered with 429.
     *
     * @return the number of orders, or {@link #UNLIMITED}.
     */
    public int orderLimit()
    {
        return orderLimit;
    }

    /**
     * How many orders are accepted within ten seconds before orders are answered with 429.
     *
     * @param value the number of orders, or {@link #UNLIMITED}.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the value is negative.
     */
    public VenueConfig orderLimit(final int value)
    {
        orderLimit = requireBetween(UNLIMITED, value, Integer.MAX_VALUE, "orderLimit");
        return this;
    }

    /**
     * How many orders the venue remembers; it forgets the oldest first.
     *
     * @return the number of orders.
     */
    public int maxOrders()
    {
        return maxOrders;
    }

    /**
     * How many orders the venue remembers; it forgets the oldest first.
     *
     * @param value the number of orders, up to 16,777,216.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the value is out of range.
     */
    public VenueConfig maxOrders(final int value)
    {
        maxOrders = requireBetween(1, value, 1 << 24, "maxOrders");
        return this;
    }

    /**
     * How many connections may be open at a time; one more is closed as soon as it was accepted.
     *
     * @return the number of connections.
     */
    public int maxConnections()
    {
        return maxConnections;
    }

    /**
     * How many connections may be open at a time; one more is closed as soon as it was accepted.
     *
     * @param value the number of connections.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the value is not positive.
     */
    public VenueConfig maxConnections(final int value)
    {
        maxConnections = requireBetween(1, value, Integer.MAX_VALUE, "maxConnections");
        return this;
    }

    /**
     * Whether the loop leaves the core to others when it finds nothing to do, at the price of up to a millisecond.
     *
     * @return true to back off, false to spin.
     */
    public boolean isIdling()
    {
        return isIdling;
    }

    /**
     * Whether the loop leaves the core to others when it finds nothing to do, at the price of up to a millisecond.
     *
     * @param value true to back off, false to spin.
     * @return this for a fluent API.
     */
    public VenueConfig isIdling(final boolean value)
    {
        isIdling = value;
        return this;
    }

    /**
     * What to present to clients, who then have to speak TLS.
     *
     * @return null to be spoken with in plain.
     */
    public VenueCertificate certificate()
    {
        return certificate;
    }

    /**
     * Sets {@link #certificate()}.
     *
     * @param value to present.
     * @return this for a fluent API.
     */
    public VenueConfig certificate(final VenueCertificate value)
    {
        certificate = Objects.requireNonNull(value, "certificate");
        return this;
    }

    /**
     * The clock of the venue, which tells the time and opens the windows of the rate limits.
     *
     * @return a clock in milliseconds since the epoch.
     */
    public LongSupplier epochClockMs()
    {
        return epochClockMs;
    }

    /**
     * The clock of the venue, which tells the time and opens the windows of the rate limits.
     *
     * @param value a clock in milliseconds since the epoch; the simulator's thread calls it.
     * @return this for a fluent API.
     */
    public VenueConfig epochClockMs(final LongSupplier value)
    {
        epochClockMs = Objects.requireNonNull(value, "epochClockMs");
        return this;
    }

    /** How much of its answers the kernel takes for a connection, in bytes, or {@link #SYSTEM_DEFAULT}. */
    int sendBufferLength()
    {
        return sendBufferLength;
    }

    VenueConfig sendBufferLength(final int value)
    {
        sendBufferLength = value;
        return this;
    }

    private static int requireBetween(final int least, final int value, final int most, final String name)
    {
        if (value < least || value > most)
        {
            throw new IllegalArgumentException(name + " must be from " + least + " to " + most + ": " + value);
        }

        return value;
    }
}
