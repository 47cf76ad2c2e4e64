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

import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How clients, pools and engines end: with one verdict for each request, or without the client. */
class PoolClientEndTest extends AtomicClientScenario
{
    @Test
    void shouldDropAndCountWhatAClosedClientLeaves()
    {
        final PoolClient leaving = launch((context) -> {});
        offer(leaving, 1);
        offer(leaving, 2);
        offer(leaving, 3);
        scripted.work();
        offer(leaving, 4);
        leaving.close();
        scripted.work();
        assertEquals(1, scripted.pool().clientCount(), "two are under way");
        answer("/order/1", "1");
        answer("/order/2", "2");

        assertFalse(scripted.isWritten("/order/3") || scripted.isWritten("/order/4"));
        assertEquals(2, scripted.count(PoolCounter.ANSWERS_DISCARDED));
        assertEquals(2, scripted.count(PoolCounter.REQUESTS_DISCARDED));
        assertEquals(1, scripted.count(PoolCounter.CLIENTS_CLOSED));
        assertEquals(0, scripted.pool().clientCount());
        assertThrows(IllegalStateException.class, () -> leaving.poll(answers, LIMIT));
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldGiveThePlaceOfAClientToTheNext(final RequestRingKind kind)
    {
        final PoolClient stays = launch((context) -> context.maxClients(2).requestRingKind(kind));
        final List<Long> ids = new ArrayList<>();
        for (int i = 1; i <= 10; i++)
        {
            final PoolClient client = newClient();
            assertThrows(IllegalStateException.class, () -> scripted.pool().newClient());
            ids.add(offer(client, i));
            client.close();
            scripted.work();
            answerAll();
            assertEquals(1, scripted.pool().clientCount());
        }
        offer(stays, 11);
        answerAll();
        stays.poll(answers, LIMIT);

        assertEquals(10, ids.stream().distinct().count());
        assertEquals(1, answers.verdicts().size());
    }

    @Test
    void shouldNoticeThatAClientsThreadHasEnded() throws InterruptedException
    {
        launch((context) -> {});
        final PoolClient orphan = scripted.pool().newClient();
        final Thread strategy = new Thread(() ->
        {
            offer(orphan, 1);
            orphan.post("/claimed");
        });
        strategy.start();
        strategy.join();
        for (int i = 0; i < 10; i++)
        {
            scripted.advance(TimeUnit.MILLISECONDS.toNanos(1));
        }
        answerAll();

        assertEquals(1, scripted.count(PoolCounter.CLIENTS_DIED));
        assertEquals(1, scripted.count(PoolCounter.CLIENTS_CLOSED));
        assertEquals(1, scripted.pool().clientCount());
        orphan.singleThreadedCheckReset();
        orphan.close();
    }

    @Test
    void shouldLiveWithTheThreadThatItWasHandedTo() throws InterruptedException
    {
        launch((context) -> {});
        final PoolClient client = scripted.pool().newClient();
        final Thread first = new Thread(() -> offer(client, 1));
        first.start();
        first.join();
        client.singleThreadedCheckReset();
        offer(client, 2);
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(5));
        scripted.advance(TimeUnit.MILLISECONDS.toNanos(5));
        answerAll();
        client.poll(answers, LIMIT);

        assertEquals(List.of("done", "done"), answers.outcomes());
        client.close();
    }

    @Test
    void shouldBelongToTheFirstThreadThatUsesIt() throws InterruptedException
    {
        final PoolClient client = launch((context) -> {});
        offer(client, 1);
        final List<Throwable> thrown = new ArrayList<>();
        final Thread other = new Thread(() ->
        {
            try
            {
                client.poll(answers, LIMIT);
            }
            catch (final IllegalStateException ex)
            {
                thrown.add(ex);
            }
        });
        other.start();
        other.join();
        assertEquals(1, thrown.size());
    }

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldGiveEachRequestItsVerdictWhenThePoolCloses(final RequestRingKind kind)
    {
        final PoolClient client = launch((context) -> context.answerRingLength(8 * 1024).requestRingKind(kind));
        final List<Long> ids = new ArrayList<>();
        while (0 == scripted.count(PoolCounter.STALLS))
        {
            ids.add(offer(client, ids.size() + 1));
            answerAll();
        }
        final int answered = ids.size();
        for (int i = 0; i < 5; i++)
        {
            ids.add(offer(client, 100 + i));
            scripted.work();
        }
        ids.add(client.offer(client.priorityWriter().delete("/order/1")));
        scripted.pool().close();
        assertEquals(PoolClient.CLOSED, client.offer(post(client, 3)));
        assertFalse(client.isOpen());
        while (client.outstanding() > 0)
        {
            assertTrue(client.poll(answers, 2) > 0, "verdicts are missing: " + client.outstanding());
        }

        assertEquals(0, client.poll(answers, LIMIT));
        assertEquals(ids.stream().sorted().toList(), answers.ids().stream().sorted().toList());
        assertEquals(answered, answers.verdicts().stream().filter((verdict) -> null == verdict.error()).count());
        assertTrue(answers.verdicts().stream().filter((verdict) -> null != verdict.error())
            .allMatch((verdict) -> ConnectionError.CLOSED_LOCALLY == verdict.error() &&
                Delivery.NOT_SENT == verdict.delivery()));
    }

    @Test
    void shouldSayUnknownOfWhatWasUnderWayWhenThePoolCloses()
    {
        final PoolClient client = launch((context) -> {});
        offer(client, 1);
        scripted.work();
        offer(client, 2);
        scripted.pool().close();
        client.poll(answers, LIMIT);
        client.poll(answers, LIMIT);

        assertEquals(List.of(Delivery.UNKNOWN, Delivery.NOT_SENT),
            answers.verdicts().stream().map(RecordingAnswers.Verdict::delivery).toList());
        assertThrows(IllegalStateException.class, () -> scripted.pool().newClient());
    }

    @Test
    void shouldGoOnAfterAnUnexpectedException()
    {
        final PoolClient client = launch((context) -> {});
        offer(client, 1);
        scripted.work();
        scripted.transportOf("/order/1").breaks(new IllegalStateException("bug"));
        scripted.pool().invoker().invoke();
        scripted.transportOf("/order/1").mends();
        offer(client, 2);
        answerAll();
        client.poll(answers, LIMIT);

        assertEquals(1, scripted.errors().size());
        assertEquals(1, scripted.count(PoolCounter.DUTY_CYCLE_ERRORS));
        assertEquals(List.of("done", "done"), answers.outcomes());
        assertTrue(scripted.pool().isOpen());
    }

    @Test
    void shouldEndWithAVerdictForAllWhenExceptionsDoNotEnd()
    {
        final PoolClient client = launch((context) -> context.maxErrorsInARow(3));
        offer(client, 1);
        offer(client, 2);
        offer(client, 3);
        scripted.work();
        offer(client, 4);
        scripted.transportOf("/order/1").breaks(new IllegalStateException("bug"));
        for (int i = 0; i < 5; i++)
        {
            scripted.pool().invoker().invoke();
        }

        assertTrue(scripted.pool().hasFailed());
        assertEquals(3, scripted.count(PoolCounter.DUTY_CYCLE_ERRORS));
        assertEquals(PoolClient.CLOSED, client.offer(post(client, 5)));
        while (client.outstanding() > 0)
        {
            assertTrue(client.poll(answers, LIMIT) > 0);
        }
        assertEquals(List.of("ENGINE_FAILED"), answers.outcomes().stream().distinct().toList());
        assertEquals(List.of(Delivery.UNKNOWN, Delivery.UNKNOWN, Delivery.NOT_SENT, Delivery.NOT_SENT),
            answers.verdicts().stream().sorted((a, b) -> Long.compare(a.id(), b.id()))
                .map(RecordingAnswers.Verdict::delivery).toList());
    }

    @Test
    void shouldRefuseSettingsThatDoNotFit()
    {
        final AtomicClientPoolContext context = new AtomicClientPoolContext();
        assertThrows(NullPointerException.class, () -> AtomicClientPool.launch(context));
        assertThrows(IllegalArgumentException.class, () -> context.requestSlots(0));
        assertThrows(IllegalArgumentException.class, () -> context.answerRingLength(3000));
        assertThrows(IllegalArgumentException.class, () -> launch((settings) -> settings.answerRingLength(1024)));
        assertThrows(IllegalArgumentException.class, () -> CpuPinning.cpu(-1));
        assertTrue(context.toString().contains("maxRequestLength: 4096"), context.toString());
    }
}
