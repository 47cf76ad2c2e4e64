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

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Every phase of an exchange ends by its deadline, whatever the server does. */
class DeadlineTest
{
    private static final long WRITE_NS = 1_000;
    private static final long FIRST_BYTE_NS = 3_000;
    private static final long REQUEST_NS = 10_000;
    private static final Timeouts TIMEOUTS = new Timeouts(1, 1, 1, WRITE_NS, FIRST_BYTE_NS, REQUEST_NS);

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final ScriptedEngine scripted = new ScriptedEngine(watcher);
    private final RecordingHandler handler = new RecordingHandler();
    private final Request request = Requests.get("/order");
    private final HttpConnection connection = scripted.connect(
        ScriptedEngine.configured(ReconnectPolicy.NEVER, RetirementPolicy.NEVER, TIMEOUTS));

    @AfterEach
    void closeEngine()
    {
        scripted.close();
        assertEquals(0, scripted.network().openCount());
    }

    @Test
    void shouldGiveUpWritingToAServerThatDoesNotRead()
    {
        peer().takes(5);
        connection.send(request, handler);
        scripted.advance(WRITE_NS);
        assertEquals(0, handler.outcomes().size());
        scripted.advance(1);

        thenFailed(ConnectionError.WRITE_TIMEOUT, Phase.WRITE, Delivery.UNKNOWN, 5);
    }

    @Test
    void shouldSayThatNothingWasSentWhenTheKernelTookNothing()
    {
        peer().takes(0);
        connection.send(request, handler);
        scripted.advance(WRITE_NS + 1);

        thenFailed(ConnectionError.WRITE_TIMEOUT, Phase.WRITE, Delivery.NOT_SENT, 0);
    }

    @Test
    void shouldGiveUpWaitingForTheFirstByte()
    {
        connection.send(request, handler);
        scripted.advance(FIRST_BYTE_NS);
        assertEquals(0, handler.outcomes().size());
        scripted.advance(1);

        thenFailed(ConnectionError.FIRST_BYTE_TIMEOUT, Phase.FIRST_BYTE, Delivery.UNKNOWN, request.length());
    }

    @Test
    void shouldCountTheFirstByteFromTheEndOfTheRequest()
    {
        peer().takes(5);
        connection.send(request, handler);
        scripted.advance(WRITE_NS);
        peer().takesEverything();
        scripted.work();
        scripted.advance(FIRST_BYTE_NS);
        assertEquals(0, handler.outcomes().size());
        scripted.advance(1);

        thenFailed(ConnectionError.FIRST_BYTE_TIMEOUT, Phase.FIRST_BYTE, Delivery.UNKNOWN, request.length());
    }

    @Test
    void shouldNotBeOutlivedByAServerThatDrips()
    {
        connection.send(request, handler);
        final String answer = Requests.answer("x".repeat(100));
        int dripped = 0;
        for (long elapsedNs = 0; elapsedNs <= REQUEST_NS; elapsedNs += 500)
        {
            assertEquals(0, handler.outcomes().size());
            peer().peerSends(answer.substring(dripped, ++dripped));
            scripted.advance(500);
        }

        thenFailed(ConnectionError.REQUEST_TIMEOUT, Phase.READ, Delivery.UNKNOWN, request.length());
        assertEquals(dripped, handler.only().bytesRead());
    }

    @Test
    void shouldDropARequestThatIsOverdue()
    {
        connection.send(request, 7, scripted.clock().nanoTime(), handler);

        thenFailed(ConnectionError.REQUEST_TIMEOUT, Phase.ACQUIRE, Delivery.NOT_SENT, 0);
        assertEquals(7, handler.only().correlationId());
        assertEquals("", peer().written());
        assertEquals(ConnectionState.READY, connection.state(), "the connection is as good as before");
    }

    @Test
    void shouldKeepTheDeadlineOfTheSend()
    {
        connection.send(request, 0, scripted.clock().nanoTime() + 2_000, handler);
        scripted.advance(2_000);
        assertEquals(0, handler.outcomes().size());
        scripted.advance(1);

        thenFailed(ConnectionError.REQUEST_TIMEOUT, Phase.FIRST_BYTE, Delivery.UNKNOWN, request.length());
    }

    @Test
    void shouldWaitNoLongerThanTheDeadlineOfTheExchange()
    {
        final long startNs = scripted.clock().nanoTime();
        final long deadlineNs = startNs + TimeUnit.MILLISECONDS.toNanos(1);
        final ExchangeException ex = assertThrows(ExchangeException.class,
            () -> connection.exchange(request, deadlineNs));

        assertEquals(ConnectionError.FIRST_BYTE_TIMEOUT, ex.error());
        assertEquals(Phase.FIRST_BYTE, ex.phase());
        assertEquals(0, ex.connectionUses());
        assertEquals(ScriptedEngine.addresses(1)[0], ex.remoteAddress());
    }

    @Test
    void shouldNotBelieveAnAnswerThatComesAfterTheDeadline()
    {
        connection.send(request, handler);
        scripted.advance(REQUEST_NS + 1);
        assertEquals(1, handler.outcomes().size());
        assertEquals(0, scripted.network().openCount(), "nobody reads from it any more");
    }

    private void thenFailed(
        final ConnectionError error, final Phase phase, final Delivery delivery, final long bytesWritten)
    {
        final RecordingHandler.Outcome outcome = handler.only();
        assertEquals(error, outcome.error());
        assertEquals(phase, outcome.phase());
        assertEquals(delivery, outcome.delivery());
        assertEquals(bytesWritten, outcome.bytesWritten());
    }

    private ScriptedTransport peer()
    {
        return scripted.network().last();
    }
}
