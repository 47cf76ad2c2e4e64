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

import io.peregrine.codec.AllocationGate;
import io.peregrine.codec.HeaderName;
import io.peregrine.codec.RequestWriter;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.LoopbackServer;
import io.peregrine.engine.RetirementPolicy;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Exactly no garbage in steady state, on the strategy's thread and on the engine's. */
@Timeout(600)
class AtomicAllocationTest
{
    private static final int CONNECTIONS = 2;
    private static final int WARM_UP = 60_000;
    private static final int ORDERS = 50_000;
    private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");
    private static final byte[] ORDER = "{\"symbol\":\"BTCUSDT\",\"quantity\":1}".getBytes(ISO_8859_1);
    private static final byte[] ANSWER =
        "HTTP/1.1 200 OK\r\nX-Used-Weight: 12\r\nContent-Length: 2\r\n\r\nok".getBytes(ISO_8859_1);

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final UnsafeBuffer order = new UnsafeBuffer(ORDER);
    private final Answers answers = new Answers();

    @ParameterizedTest
    @EnumSource(RequestRingKind.class)
    void shouldNotAllocate(final RequestRingKind kind) throws IOException
    {
        try (LoopbackServer server = new LoopbackServer((session) -> session.answerQuickly(ANSWER));
            AtomicClientPool pool = AtomicClientPool.launch(new AtomicClientPoolContext()
                .pool(new ClientPoolBuilder()
                    .url(server.url())
                    .connections(CONNECTIONS)
                    .retirementPolicy(RetirementPolicy.NEVER))
                .requestRingKind(kind)
                .idleStrategy(new YieldingIdleStrategy()));
            PoolClient client = pool.newClient())
        {
            final long total = AllocationGate.assertNoGarbage(
                WARM_UP, ORDERS, (count) -> run(client, count), pool.engineThread().threadId());

            assertEquals(total, answers.count);
        }
    }

    /** Two at a time, by both lanes. */
    private void run(final PoolClient client, final int count)
    {
        for (int i = 0; i < count; i += CONNECTIONS)
        {
            offer(client, client.writer(), i);
            offer(client, client.priorityWriter(), i);
            while (client.outstanding() > 0)
            {
                if (0 == client.poll(answers, CONNECTIONS))
                {
                    Thread.yield();
                }
            }
        }
    }

    private void offer(final PoolClient client, final RequestWriter writer, final long timestamp)
    {
        final long id = client.offer(writer.post("/api/v3/order")
            .header(TIMESTAMP, 1_000_000_000L + timestamp)
            .body(order, 0, ORDER.length));
        assertTrue(id > 0);
    }

    private static final class Answers implements AnswerHandler
    {
        private long count;

        @Override
        public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
        {
            if (200 == response.status() && times.completeNs() >= times.writtenNs())
            {
                count++;
            }
        }

        @Override
        public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
        {
            throw new AssertionError(failure.toString());
        }
    }
}
