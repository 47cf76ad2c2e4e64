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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

@Timeout(30)
class VenueSimulatorTest
{
    @Test
    void shouldReturnFromRunWhenItWasClosedBefore() throws IOException
    {
        final VenueSimulator simulator = new VenueSimulator(new VenueConfig());
        simulator.close();
        simulator.run();
        simulator.close();

        assertThrows(IOException.class, () -> new RawClient(simulator.port()).close());
    }

    @Test
    void shouldNotRunTwiceAtATime() throws Exception
    {
        final VenueSimulator simulator = new VenueSimulator(new VenueConfig().isIdling(true));
        final Thread thread = Thread.ofPlatform().daemon().start(simulator);
        try (simulator; RawClient client = new RawClient(simulator.port()))
        {
            assertEquals(200, client.exchange(Requests.PING).status());
            assertThrows(IllegalStateException.class, simulator::run);
        }

        thread.join();
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException
    {
        try (VenueSimulator simulator = new VenueSimulator(new VenueConfig()))
        {
            final VenueConfig samePort = new VenueConfig().port(simulator.port());
            assertThrows(IOException.class, () -> new VenueSimulator(samePort).close());
        }
    }
}
