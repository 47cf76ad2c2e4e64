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

/** A {@link VenueSimulator} in a JVM of its own, so that its work and its garbage do not disturb a client. */
public final class VenueProcess implements AutoCloseable
{
    private final ServerProcess server;

    private VenueProcess(final ServerProcess server)
    {
        this.server = server;
    }

    /**
     * Starts a venue and waits until it listens, at most twenty seconds.
     *
     * @param options the options of {@link VenueMain}, such as {@code --cpu}, {@code 1}; without {@code --port} it
     *                picks a free one.
     * @return the venue.
     * @throws IOException when it cannot be started; it does not run then.
     */
    public static VenueProcess start(final String... options) throws IOException
    {
        return new VenueProcess(ServerProcess.start(JavaCommand.of(VenueMain.class, options)));
    }

    /**
     * The port that the venue listens on, on the loopback address unless told otherwise.
     *
     * @return the port.
     */
    public int port()
    {
        return server.port();
    }

    /**
     * The id of the process.
     *
     * @return the id that the operating system gave it.
     */
    public long pid()
    {
        return server.pid();
    }

    /**
     * Whether the venue still runs.
     *
     * @return true until it has ended.
     */
    public boolean isAlive()
    {
        return server.isAlive();
    }

    /** Ends the venue, by force if it takes more than five seconds; may be called twice. */
    @Override
    public void close()
    {
        server.close();
    }
}
