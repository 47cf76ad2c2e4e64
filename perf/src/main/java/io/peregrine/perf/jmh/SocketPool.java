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
package io.peregrine.perf.jmh;

import io.peregrine.engine.EngineContext;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import java.io.IOException;

/** Connections over sockets of the loopback interface, none of them in use. */
@State(Scope.Thread)
public class SocketPool extends PoolState
{
    private LoopbackVenue venue;

    /**
     * Made by JMH.
     */
    public SocketPool()
    {
    }

    /**
     * Starts the venue and connects.
     *
     * @param processors that the venue and the pool have.
     * @throws IOException when the venue finds no port.
     */
    @Setup
    public void connect(final NearProcessors processors) throws IOException
    {
        venue = new LoopbackVenue();
        open(new EngineContext(), venue.port());
    }

    /**
     * Closes all, then ends the venue.
     */
    @Override
    public void close()
    {
        super.close();
        venue.close();
    }
}
