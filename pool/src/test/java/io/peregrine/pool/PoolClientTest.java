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
package io.peregrine.pool;

import io.peregrine.codec.Request;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.Requests;
import io.peregrine.engine.ScriptedTransport;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static io.peregrine.pool.NoConnectionPolicy.FAIL_FAST;
import static io.peregrine.pool.NoConnectionPolicy.WAIT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a client offers, and what it hears of it, step by step over a scripted network. */
class PoolClientTest extends AtomicClientScenario
{
    @Test
    void shouldAnswerWhatWasOffered()
    {
        final PoolClient client = launch((context) -> {});
        final long id = client.offer(client.post("/order/1").header("X-Api-Key", "k").body("{}"));
        assertTrue(id > 0);
        assertEquals(1, client.outstanding());
        assertFalse(scripted.isWritten("/order/1"), "not before the engine runs");
        scripted.work();
        assertTrue(scripted.isWritten("POST /order/1 HTTP/1.1\r\nHost: 127.0.0.1:8001\r\nX-Api-Key: k\r\n"));
        scripted.transportOf("/order/1").peerSends(
            "HTTP/1.1 201 Created\r\nX-Id: 7\r\nContent-Length: 4\r\n\r\ndone");
        scripted.work();

        assertEquals(1, client.poll(answers, LIMIT));
        final RecordingAnswers.Verdict verdict = answers.only();
        assertEquals(id, verdict.id());
        assertEquals("201 done 7 2",
            verdict.status() + " " + verdict.body() + " " + verdict.header() + " " + verdict.headerCount());
        assertEquals(0, client.outstanding());
        assertEquals(0, client.poll(answers, LIMIT));
    }

    @Test
    void shouldStampWhatHappenedWhen()
    {
        final PoolClient client = launch((context) -> {});
        final long startNs = scripted.nanoTime();
        offer(client, 1);
        scripted.advance(10);
        scripted.advance(10);
        final ScriptedTransport transport = scripted.transportOf("/order/1");
        final String answer = Requests.answer("1");
        transport.peerSends(answer.substring(0, 5));
        scripted.advance(10);
        transport.peerSends(answer.substring(5));
        scripted.advance(10);
        client.poll(answers, LIMIT);

        assertEquals(new RecordingAnswers.Times(startNs, startNs + 10, startNs + 10, startNs + 30, startNs + 40),
            answers.only().times());
        assertEquals(startNs + 40, client.times().completeNs());
    }

    @Test
    void shouldCountTheTimeOfAPartialWriteUntilTheKernelHasAll()
    {
        final PoolClient client = launch((context) -> context.requestSlots(1));
        scripted.network().transports().forEach((transport) -> transport.takes(20));
        final long startNs = scripted.nanoTime();
        offer(client, 1);
        scripted.advance(10);
        assertEquals(PoolClient.BACK_PRESSURED, client.offer(post(client, 2)), "the kernel does not have it all");
        scripted.network().transports().forEach(ScriptedTransport::takesEverything);
        scripted.advance(10);
        scripted.advance(10);
        assertTrue(client.offer(post(client, 2)) > 0, "the slot is free");
        scripted.transportOf("/order/1").peerSends(Requests.answer("1"));
        scripted.advance(10);
        client.poll(answers, LIMIT);

        assertEquals(startNs + 10, answers.only().times().takenNs());
        assertEquals(startNs + 20, answers.only().times().writtenNs());
    }

    @Test
    void shouldRefuseWhatIsNotARequestWithoutAnException()
    {
        final PoolClient client = launch((context) -> context.maxRequestLength(256));
        assertEquals(PoolClient.INVALID_REQUEST, client.offer(client.post("/order with blanks").body("{}")));
        assertEquals(PoolClient.REQUEST_TOO_LARGE, client.offer(client.post("/order").body("x".repeat(256))));
        assertEquals(PoolClient.REQUEST_TOO_LARGE, client.offer(Requests.post("/order", "x".repeat(256))));
        offer(client, 1);
        answer("/order/1", "1");
        client.poll(answers, LIMIT);
        assertEquals(List.of("1"), answers.outcomes(), "and goes on");
    }

    @Test
    void shouldLeaveNoTraceOfWhatWasStartedAndNotOffered()
    {
        final PoolClient client = launch((context) -> context.requestSlots(2));
        for (int i = 0; i < 10; i++)
        {
            assertThrows(IllegalStateException.class, () ->
            {
                client.post("/abandoned").header("X-A", "b");
                throw new IllegalStateException("in between");
            });
        }
        offer(client, 1);
        offer(client, 2);
        scripted.work();

        assertTrue(scripted.isWritten("/order/1") && scripted.isWritten("/order/2"));
        assertFalse(scripted.isWritten("abandoned"));
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldPushBackWhenNothingIsTakenAndTakeTheSameRequestLater(final RequestRingKind kind)
    {
        final PoolClient client = launch((context) -> context.requestSlots(4).requestRingKind(kind));
        for (int round = 0; round < 10; round++)
        {
            for (int i = 1; i <= 4; i++)
            {
                offer(client, 10 * round + i);
            }
            final Request request = client.post("/order/" + (10 * round + 5)).body("{}").finish();
            assertEquals(PoolClient.BACK_PRESSURED, client.offer(request));
            assertEquals(PoolClient.BACK_PRESSURED, client.offer(request));
            scripted.work();
            assertTrue(client.offer(request) > 0);
            assertThrows(IllegalStateException.class, () -> client.offer(request), "never twice");
            for (int i = 1; i <= 5; i++)
            {
                answer("/order/" + (10 * round + i), Integer.toString(10 * round + i));
            }
            client.poll(answers, LIMIT);
        }

        assertEquals(50, answers.outcomes().stream().distinct().count());
        assertEquals(50, answers.ids().stream().distinct().count());
    }

    @Test
    void shouldFailFastOrWaitAsEachRequestAsks()
    {
        final PoolClient client = launch((context) -> {});
        offer(client, 1);
        offer(client, 2);
        client.offer(post(client, 3), SECOND_NS, WAIT);
        client.offer(post(client, 4), SECOND_NS, FAIL_FAST);
        client.offer(post(client, 5), 2 * SECOND_NS, WAIT);
        scripted.work();
        client.poll(answers, LIMIT);
        final RecordingAnswers.Verdict fast = answers.only();
        assertEquals("NO_CONNECTION NOT_SENT ACQUIRE", fast.error() + " " + fast.delivery() + " " + fast.phase());
        assertTrue(fast.detail().contains("IN_FLIGHT"), fast.detail());

        scripted.advance(SECOND_NS);
        client.poll(answers, LIMIT);
        answer("/order/1", "1");
        client.poll(answers, LIMIT);
        assertEquals(List.of("NO_CONNECTION", "ACQUIRE_TIMEOUT", "1"), answers.outcomes());
        assertTrue(scripted.isWritten("/order/5"), "it took the connection at once");
        assertFalse(scripted.isWritten("/order/3") || scripted.isWritten("/order/4"));
    }

    @Test
    void shouldCountDeadlinesFromTheOffer()
    {
        final PoolClient client = launch((context) -> {});
        client.offer(post(client, 1), SECOND_NS, WAIT);
        scripted.advance(SECOND_NS);
        client.poll(answers, LIMIT);
        assertEquals("REQUEST_TIMEOUT NOT_SENT", answers.only().error() + " " + answers.only().delivery());

        client.offer(post(client, 2), SECOND_NS, WAIT);
        scripted.advance(SECOND_NS / 2);
        assertTrue(scripted.isWritten("/order/2"));
        scripted.advance(SECOND_NS / 2 + 1);
        client.poll(answers, LIMIT);
        assertEquals("REQUEST_TIMEOUT UNKNOWN",
            answers.verdicts().getLast().error() + " " + answers.verdicts().getLast().delivery());
        assertFalse(scripted.isWritten("/order/1"));
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldLetCancelsPassOrdersThatWait(final RequestRingKind kind)
    {
        final PoolClient client = launch((context) -> context.requestRingKind(kind).requestSlots(8));
        for (int id = 1; id <= 8; id++)
        {
            offer(client, id);
        }
        scripted.work();
        for (int id = 9; id <= 10; id++)
        {
            offer(client, id);
        }
        assertEquals(PoolClient.BACK_PRESSURED, client.offer(post(client, 11)), "the lane of orders is full");
        assertTrue(client.offer(client.priorityWriter().delete("/order/1")) > 0);
        scripted.work();
        answer("POST /order/1 ", "1");

        assertTrue(scripted.isWritten("DELETE /order/1"));
        assertFalse(scripted.isWritten("POST /order/3"));
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldServeClientsInTurnAndEachInItsOrder(final RequestRingKind kind)
    {
        final PoolClient greedy = launch((context) -> context
            .requestRingKind(kind)
            .pool(new ClientPoolBuilder().url("http://127.0.0.1:8001").connections(1)));
        final PoolClient modest = newClient();
        for (int id = 1; id <= 40; id++)
        {
            offer(greedy, id);
        }
        scripted.work();
        offer(modest, 100);
        offer(modest, 101);
        answerAll();

        final List<Integer> sent = Pattern.compile("/order/(\\d+)").matcher(scripted.network().get(0).written())
            .results().map((match) -> Integer.valueOf(match.group(1))).toList();
        assertTrue(sent.indexOf(100) <= 2 && sent.indexOf(101) <= 4, () -> "in turn: " + sent);
        assertEquals(IntStream.rangeClosed(1, 40).boxed().toList(), sent.stream().filter((id) -> id <= 40).toList());
        greedy.poll(answers, LIMIT);
        assertEquals(answers.ids().stream().sorted().toList(), answers.ids());
        assertEquals(40, answers.ids().size());
    }

    @Test
    void shouldTakeNoMoreOfAClientThatDoesNotPollAndLoseNothing()
    {
        final PoolClient sleepy = launch((context) -> context.answerRingLength(8 * 1024).requestSlots(256));
        final PoolClient lively = newClient();
        int offered = 0;
        int stalledAt = 0;
        while (offered < 200)
        {
            offer(sleepy, ++offered);
            answerAll();
            if (0 == stalledAt && scripted.count(PoolCounter.STALLS) > 0)
            {
                stalledAt = offered;
            }
        }
        assertTrue(stalledAt > 0 && stalledAt < 100, "stalled at " + stalledAt);
        assertTrue(scripted.count(PoolCounter.ANSWERS_HELD) <= ScriptedAtomicPool.CONNECTIONS);
        assertTrue(scripted.count(PoolCounter.REQUESTS_TAKEN) <= stalledAt + ScriptedAtomicPool.CONNECTIONS);

        offer(lively, 1000);
        answerAll();
        lively.poll(answers, LIMIT);
        assertEquals(List.of("done"), answers.outcomes(), "others do not suffer");

        while (answers.verdicts().size() < 201)
        {
            sleepy.poll(answers, LIMIT);
            answerAll();
        }
        assertEquals(201, answers.ids().stream().distinct().count());
        assertEquals(0, sleepy.outstanding());
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldJudgeWhatAStalledClientOfferedWhenItPollsAgain(final RequestRingKind kind)
    {
        final PoolClient client = launch((context) -> context.answerRingLength(8 * 1024).requestRingKind(kind));
        int id = 0;
        while (0 == scripted.count(PoolCounter.STALLS))
        {
            offer(client, ++id);
            answerAll();
        }
        final long fastId = client.offer(post(client, 500), SECOND_NS, FAIL_FAST);
        final long slowId = client.offer(post(client, 501), 5 * SECOND_NS, WAIT);
        scripted.advance(2 * SECOND_NS);
        assertFalse(scripted.isWritten("/order/501"));
        for (int i = 0; i < 10; i++)
        {
            client.poll(answers, LIMIT);
            answerAll();
        }

        assertEquals("done", answers.outcomes().get(answers.ids().indexOf(slowId)));
        final RecordingAnswers.Verdict fast = answers.verdicts().get(answers.ids().indexOf(fastId));
        assertEquals(Delivery.NOT_SENT, fast.delivery());
        assertTrue(fast.error() == ConnectionError.REQUEST_TIMEOUT || fast.error() == ConnectionError.ACQUIRE_TIMEOUT);
        assertEquals(0, client.outstanding());
    }

    @Test
    void shouldBringALargeAnswerInPartsAndInOnePiece()
    {
        final PoolClient client = launch((context) -> context.answerRingLength(8 * 1024));
        for (int length = 700; length < 20_000; length += 331)
        {
            final String body = "0123456789".repeat(length / 10);
            offer(client, length);
            answer("/order/" + length, body);
            for (int i = 0; i < 20; i++)
            {
                client.poll(answers, LIMIT);
                scripted.work();
            }
            assertEquals(body, answers.verdicts().getLast().body());
        }

        assertTrue(scripted.count(PoolCounter.ANSWERS_HELD) > 0, "some were longer than the ring");
        assertEquals(0, client.outstanding());
    }

    @Test
    void shouldRefuseALargeAnswerByItsLimit()
    {
        final PoolClient client = launch((context) ->
            context.answerRingLength(8 * 1024).largeAnswerPolicy(LargeAnswerPolicy.REFUSE));
        offer(client, 1);
        answer("/order/1", "x".repeat(2000));
        client.poll(answers, LIMIT);

        final RecordingAnswers.Verdict verdict = answers.only();
        assertEquals("ANSWER_TOO_LARGE UNKNOWN", verdict.error() + " " + verdict.delivery());
        assertTrue(verdict.detail().contains("answerRingLength") && verdict.detail().contains("200"));
        assertTrue(verdict.bytesRead() > 2000 && verdict.bytesWritten() > 0);
    }

    @Test
    void shouldCaptureOnlyTheHeadersAskedFor()
    {
        final PoolClient client = launch((context) -> context.captureHeaders("x-id", "Retry-After"));
        offer(client, 1);
        scripted.work();
        scripted.transportOf("/order/1").peerSends(
            "HTTP/1.1 200 OK\r\nServer: s\r\nX-ID: 9\r\nDate: d\r\nContent-Length: 1\r\n\r\n1");
        scripted.work();
        client.poll(answers, LIMIT);

        assertEquals("1 9", answers.only().headerCount() + " " + answers.only().header());
    }

    @Test
    void shouldWaitForAnExchange()
    {
        final PoolClient client = launch((context) ->
            context.clientIdleStrategy(() -> new AnsweringIdle(() -> answerAll())));
        final long otherId = offer(client, 1);
        assertThrows(IllegalStateException.class, () -> client.exchange(client.get("/a"), SECOND_NS));
        final RestResponse response = client.exchange(client.get("/account"), SECOND_NS, answers);
        client.offer(client.get("/next"));

        assertEquals("done", response.bodyAsString());
        client.poll(answers, LIMIT);
        assertThrows(IllegalStateException.class, response::status, "stale with the next poll");
        assertEquals(List.of(otherId), answers.ids());
    }

    @Test
    void shouldThrowWhatIsKnownOfAnExchangeThatFails()
    {
        final PoolClient client = launch((context) ->
            context.clientIdleStrategy(() -> new AnsweringIdle(() -> scripted.advance(SECOND_NS))));
        final ExchangeException ex =
            assertThrows(ExchangeException.class, () -> client.exchange(client.get("/account"), SECOND_NS));
        assertEquals("REQUEST_TIMEOUT UNKNOWN FIRST_BYTE", ex.error() + " " + ex.delivery() + " " + ex.phase());
        assertEquals(0, client.outstanding());
    }

    @Test
    void shouldLeaveTheVerdictOfAnAbandonedExchangeToALaterPoll()
    {
        final PoolClient client = launch((context) ->
            context.clientIdleStrategy(() -> new AnsweringIdle(() -> answerAll())));
        offer(client, 1);
        answerAll();
        answers.andThen(() ->
        {
            throw new IllegalStateException("handler");
        });
        assertThrows(IllegalStateException.class, () -> client.exchange(client.get("/account"), SECOND_NS, answers));
        answers.andThen(() -> {});
        answerAll();
        client.poll(answers, LIMIT);

        assertEquals(2, answers.ids().stream().distinct().count());
        assertEquals(0, client.outstanding());
    }

    @Test
    void shouldLetHandlersOfferButNotPoll()
    {
        final PoolClient client = launch((context) -> {});
        offer(client, 1);
        answerAll();
        final List<Throwable> thrown = new ArrayList<>();
        answers.andThen(() ->
        {
            offer(client, 2);
            thrown.add(assertThrows(IllegalStateException.class, () -> client.poll(answers, LIMIT)));
        });
        client.poll(answers, LIMIT);
        answers.andThen(() -> {});
        answerAll();
        client.poll(answers, LIMIT);

        assertEquals(1, thrown.size());
        assertEquals(2, answers.verdicts().size());
    }

    @Test
    void shouldCountAVerdictAsTakenWhenItsHandlerThrows()
    {
        final PoolClient client = launch((context) -> {});
        offer(client, 1);
        offer(client, 2);
        answerAll();
        answers.andThen(() ->
        {
            throw new IllegalStateException("handler");
        });
        assertThrows(IllegalStateException.class, () -> client.poll(answers, LIMIT));
        answers.andThen(() -> {});
        client.poll(answers, LIMIT);

        assertEquals(2, answers.ids().stream().distinct().count());
        assertEquals(0, client.outstanding());
    }

    private record AnsweringIdle(Runnable action) implements IdleStrategy
    {
        @Override
        public void idle(final int workCount)
        {
            action.run();
        }

        @Override
        public void idle()
        {
            action.run();
        }

        @Override
        public void reset()
        {
        }
    }
}
