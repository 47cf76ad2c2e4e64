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

import io.peregrine.codec.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A connection that still works is replaced before the server would end it. */
class RetirementTest
{
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long LOOK_NS = EngineContext.IDLE_LOOK_INTERVAL_DEFAULT_NS;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final ScriptedNetwork network = scripted.network();
    private final Request request = Requests.get("/");

    @AfterEach
    void closeEngine()
    {
        scripted.close();
        assertEquals(0, network.openCount());
    }

    @Test
    void shouldReplaceAConnectionOfItsAge()
    {
        final HttpConnection connection = connect(new RetirementPolicy(SECOND_NS, 0, 0, 0));
        for (int i = 0; i < 9; i++)
        {
            scripted.advance(SECOND_NS / 10);
            serve(connection, "");
        }
        assertEquals(1, network.size());
        scripted.advance(SECOND_NS / 10 + LOOK_NS);

        assertEquals(2, network.size());
        assertEquals(ConnectionState.READY, connection.state());
        assertEquals(0, connection.exchangesServed());
        assertEquals(1, scripted.count(EngineCounter.RETIREMENTS));
    }

    @Test
    void shouldReplaceAConnectionThatIsIdleForItsTime()
    {
        final HttpConnection connection = connect(new RetirementPolicy(0, SECOND_NS, 0, 0));
        scripted.advance(SECOND_NS - 2);
        serve(connection, "");
        scripted.advance(SECOND_NS - 1);
        assertEquals(1, network.size(), "an exchange starts its time anew");
        scripted.advance(LOOK_NS + 1);
        assertEquals(2, network.size());
    }

    @Test
    void shouldReplaceAConnectionThatHasServedItsRequests()
    {
        final HttpConnection connection = connect(new RetirementPolicy(0, 0, 3, 0));
        for (int i = 0; i < 6; i++)
        {
            assertEquals(i / 3 + 1, network.size());
            serve(connection, "");
            scripted.work();
        }

        assertEquals(3, network.size());
    }

    @Test
    void shouldNotTakeItsOwnDecisionForTheServersFault()
    {
        final HttpConnection connection = connect(new RetirementPolicy(0, SECOND_NS / 10, 0, 0));
        for (int i = 1; i <= 50; i++)
        {
            scripted.advance(SECOND_NS / 10 + LOOK_NS);
            assertEquals(i + 1, network.size(), "at once each time");
            assertEquals(0, connection.roundsInVain());
        }
    }

    @Test
    void shouldReplaceAtOnceWhatWorkedToItsPlannedEnd()
    {
        final HttpConnection connection = connect(new RetirementPolicy(0, SECOND_NS / 10, 0, 0));
        network.usually((transport) -> transport.failsToConnect("refused"));
        network.last().peerEnds();
        while (connection.roundsInVain() < 5)
        {
            scripted.advance(LOOK_NS);
        }
        network.usually((transport) -> {});
        while (ConnectionState.READY != connection.state())
        {
            scripted.advance(LOOK_NS);
        }
        final int size = network.size();
        assertEquals(5, connection.roundsInVain(), "nothing has proven the server yet");

        scripted.advance(SECOND_NS / 10 + LOOK_NS);
        assertEquals(size + 1, network.size());
        assertEquals(ConnectionState.READY, connection.state(), "without the delay of those rounds");
        assertEquals(0, connection.roundsInVain());
    }

    @ParameterizedTest
    @CsvSource({ "timeout=10, 9.0", "timeout=1, 0.9", "'timeout=10, max=100', 9.0", "'Timeout=2 , x', 1.8" })
    void shouldReplaceAConnectionBeforeTheServerEndsIt(final String announced, final double seconds)
    {
        final HttpConnection connection = connect(RetirementPolicy.NEVER);
        serve(connection, "Keep-Alive: " + announced + "\r\n");
        scripted.advance((long)(seconds * SECOND_NS) - 1);
        assertEquals(1, network.size());
        scripted.advance(LOOK_NS + 1);
        assertEquals(2, network.size());
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "timeout", "timeout=", "timeout=x", "timeout=-1", "max=9999999999999999999999", "=5" })
    void shouldPassOverAnAnnouncementThatIsNone(final String announced)
    {
        final HttpConnection connection = connect(RetirementPolicy.NEVER);
        serve(connection, "Keep-Alive: " + announced + "\r\n");
        scripted.advance(3600 * SECOND_NS);
        assertEquals(1, network.size());
    }

    @Test
    void shouldHeedTheNumberOfRequestsThatAServerAnnounces()
    {
        final HttpConnection connection = connect(RetirementPolicy.NEVER);
        serve(connection, "Keep-Alive: max=2\r\n");
        serve(connection, "Keep-Alive: max=1\r\n");
        assertEquals(1, network.size());
        serve(connection, "Keep-Alive: max=0\r\n");
        scripted.work();
        assertEquals(2, network.size());

        serve(connection, "");
        serve(connection, "Keep-Alive: timeout=0\r\n");
        scripted.work();
        assertEquals(3, network.size(), "a server that keeps nothing");
    }

    @Test
    void shouldNotReplaceConnectionsInStep()
    {
        final RetirementPolicy policy = new RetirementPolicy(0, SECOND_NS, 0, 0.5);
        for (int i = 0; i < 16; i++)
        {
            connect(policy);
        }

        final Set<Integer> sizes = new HashSet<>();
        scripted.advance(SECOND_NS / 2 - LOOK_NS);
        assertEquals(16, network.size(), "at most so much is taken off");
        for (int i = 0; i < 500; i++)
        {
            scripted.advance(LOOK_NS);
            sizes.add(network.size());
        }
        assertTrue(network.size() >= 32, "the limit itself is kept");
        assertTrue(sizes.size() > 10, "spread out: " + sizes);
    }

    @Test
    void shouldRefuseNonsensicalPolicies()
    {
        assertThrows(IllegalArgumentException.class, () -> new RetirementPolicy(-1, 0, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RetirementPolicy(0, -1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> new RetirementPolicy(0, 0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> new RetirementPolicy(0, 0, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> new RetirementPolicy(0, 0, 0, Double.NaN));
    }

    private HttpConnection connect(final RetirementPolicy policy)
    {
        return scripted.connect(
            ScriptedEngine.configured(ReconnectPolicy.DEFAULT.withJitter(0), policy, Timeouts.DEFAULT));
    }

    private void serve(final HttpConnection connection, final String fields)
    {
        network.last().peerAnswers("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: 0\r\n\r\n");
        assertEquals(200, connection.exchange(request).status());
    }
}
