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

/** A simulator that runs on a thread of this process, for the length of a test. */
final class RunningVenue implements AutoCloseable
{
    private final VenueSimulator simulator;
    private final Thread thread;

    RunningVenue(final VenueConfig config) throws IOException
    {
        simulator = new VenueSimulator(config.isIdling(true));
        thread = Thread.ofPlatform().daemon().name("venue").start(simulator);
    }

    RawClient connect() throws IOException
    {
        return new RawClient(simulator.port());
    }

    RawClient connectSlowReader() throws IOException
    {
        return new RawClient(simulator.port(), 2048);
    }

    @Override
    public void close()
    {
        simulator.close();
        try
        {
            thread.join();
        }
        catch (final InterruptedException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
