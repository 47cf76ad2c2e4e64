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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes scripted transports, each prepared by the plan that is next in turn, and keeps them for the test to look
 * at.
 */
public final class ScriptedNetwork implements TransportFactory
{
    private final ArrayList<ScriptedTransport> transports = new ArrayList<>();
    private final ArrayDeque<Consumer<ScriptedTransport>> plans = new ArrayDeque<>();

    private Consumer<ScriptedTransport> usualPlan = (transport) -> {};
    private boolean isUnreachable;

    /** How the next transport without a plan is prepared; plans are used up in order. */
    public ScriptedNetwork next(final Consumer<ScriptedTransport> plan)
    {
        plans.add(plan);
        return this;
    }

    /** How transports are prepared when no plan is left; unless set they connect at the first poll. */
    public ScriptedNetwork usually(final Consumer<ScriptedTransport> plan)
    {
        usualPlan = plan;
        return this;
    }

    /** While unreachable, attempts to connect fail at once. */
    public void unreachable(final boolean isUnreachable)
    {
        this.isUnreachable = isUnreachable;
    }

    @Override
    public Transport connect(final InetSocketAddress address, final SocketOptions socketOptions) throws IOException
    {
        final ScriptedTransport transport = new ScriptedTransport(address, socketOptions);
        if (isUnreachable)
        {
            throw new IOException("Network is unreachable");
        }

        final Consumer<ScriptedTransport> plan = plans.poll();
        (null == plan ? usualPlan : plan).accept(transport);
        transports.add(transport);

        return transport;
    }

    /** How many transports were made. */
    public int size()
    {
        return transports.size();
    }

    public ScriptedTransport get(final int index)
    {
        return transports.get(index);
    }

    public ScriptedTransport last()
    {
        return transports.getLast();
    }

    public List<ScriptedTransport> transports()
    {
        return transports;
    }

    public long openCount()
    {
        return transports.stream().filter((transport) -> !transport.isClosed()).count();
    }
}
