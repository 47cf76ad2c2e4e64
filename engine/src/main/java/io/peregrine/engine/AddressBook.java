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

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * The addresses of a server, for all connections that share it. Those of a name are looked up by another thread, one
 * look-up at a time, and again when they are needed but older than they may be. Old addresses are kept until a look-up
 * brings new ones: they are better than none.
 */
final class AddressBook
{
    private final ServerAddress server;
    private final NameResolver resolver;
    private final Executor executor;
    private final long maxAgeNs;

    private InetSocketAddress[] addresses;
    private long resolvedNs;
    private LookUp lookUp;
    private String error;

    AddressBook(
        final ServerAddress server, final NameResolver resolver, final Executor executor, final long maxAgeNs)
    {
        this.server = server;
        this.resolver = resolver;
        this.executor = executor;
        this.maxAgeNs = maxAgeNs;
        addresses = server.addresses();
    }

    /** In the order to try them; empty when none was ever found. The array is a new one after each look-up. */
    InetSocketAddress[] addresses()
    {
        return addresses;
    }

    /** Whether they can be used without another look-up. */
    boolean isFresh(final long nowNs)
    {
        return isKnown() || (addresses.length > 0 && nowNs - resolvedNs < maxAgeNs);
    }

    /** Starts a look-up, unless one is under way. */
    void lookUp()
    {
        if (null == lookUp)
        {
            lookUp = new LookUp(server.host(), resolver);
            executor.execute(lookUp);
        }
    }

    /** Whether no look-up is under way any more; takes what it found. */
    boolean poll(final long nowNs)
    {
        if (null == lookUp)
        {
            return true;
        }
        if (!lookUp.isDone)
        {
            return false;
        }

        error = lookUp.error;
        if (null == error)
        {
            addresses = socketAddresses(lookUp.found);
            resolvedNs = nowNs;
        }
        lookUp = null;

        return true;
    }

    /** Why the last look-up failed; null when it did not. */
    String error()
    {
        return error;
    }

    private boolean isKnown()
    {
        return server.addresses().length > 0;
    }

    /** The families take turns, beginning with the one that came first (RFC 8305 section 4). */
    private InetSocketAddress[] socketAddresses(final InetAddress[] found)
    {
        final Queue<InetAddress> first = new ArrayDeque<>();
        final Queue<InetAddress> second = new ArrayDeque<>();
        for (final InetAddress address : found)
        {
            final boolean isOfFirst = (address instanceof Inet6Address) == (found[0] instanceof Inet6Address);
            (isOfFirst ? first : second).add(address);
        }

        final InetSocketAddress[] ordered = new InetSocketAddress[found.length];
        for (int i = 0; i < ordered.length; i++)
        {
            final boolean isTurnOfSecond = 1 == (i & 1);
            final Queue<InetAddress> queue = (isTurnOfSecond && !second.isEmpty()) || first.isEmpty() ? second : first;
            ordered[i] = new InetSocketAddress(queue.remove(), server.port());
        }

        return ordered;
    }

    /** What was found is published by {@code isDone}. */
    private static final class LookUp implements Runnable
    {
        private final String host;
        private final NameResolver resolver;
        private InetAddress[] found;
        private String error;
        private volatile boolean isDone;

        private LookUp(final String host, final NameResolver resolver)
        {
            this.host = host;
            this.resolver = resolver;
        }

        @Override
        public void run()
        {
            error = "the look-up of " + host + " broke off";
            try
            {
                found = resolver.resolve(host);
                error = 0 == found.length ? "no address for " + host : null;
            }
            catch (final UnknownHostException ex)
            {
                error = "no address for " + host;
            }
            catch (final RuntimeException ex)
            {
                error = "the look-up of " + host + " failed: " + ex;
            }
            finally
            {
                isDone = true;
            }
        }
    }
}
