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

import io.peregrine.codec.ErrorCode;
import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.tls.TlsError;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The test's thread is a strategy's; the engine has its own. */
final class AtomicDoor implements OrderDoor
{
    private static final int MAX_REQUEST_LENGTH = 9 * 1024 * 1024;

    private final List<Throwable> errors = new ArrayList<>();
    private final RecordingAnswers answers = new RecordingAnswers();
    private final IdleStrategy idleStrategy = new BackoffIdleStrategy();
    private final AtomicClientPool pool;
    private final PoolClient client;

    AtomicDoor(final ClientPoolBuilder builder)
    {
        pool = AtomicClientPool.launch(new AtomicClientPoolContext()
            .engine(new EngineContext().roleName("atomic-door").idleStrategy(new BackoffIdleStrategy()))
            .pool(builder)
            .idleStrategy(new BackoffIdleStrategy())
            .errorHandler(errors::add)
            .maxClients(1)
            .requestSlots(1)
            .prioritySlots(1)
            .maxRequestLength(MAX_REQUEST_LENGTH));
        client = pool.newClient();
    }

    @Override
    public RecordingHandler.Outcome send(final int id, final int bodyLength)
    {
        final int before = answers.verdicts().size();
        final long correlationId = client.offer(client.post("/order/" + id).body("x".repeat(bodyLength)));
        assertTrue(correlationId > 0);
        await(() -> client.poll(answers, 1) > 0);
        assertEquals(before + 1, answers.verdicts().size());
        final RecordingAnswers.Verdict verdict = answers.verdicts().getLast();
        assertEquals(correlationId, verdict.id());

        return new RecordingHandler.Outcome(verdict.id(), verdict.status(), verdict.body(), verdict.error(),
            verdict.delivery(), verdict.bytesWritten(), verdict.bytesRead(), verdict.phase(),
            verdict.connectionUses());
    }

    @Override
    public String awaitIdleError(final Set<String> errors)
    {
        final List<ErrorCode> codes =
            Stream.<ErrorCode>concat(Stream.of(ConnectionError.values()), Stream.of(TlsError.values()))
                .filter((code) -> errors.contains(code.name())).toList();
        await(() -> codes.stream().anyMatch((code) -> pool.engineCounters().get(code) > 0));
        return codes.stream().filter((code) -> pool.engineCounters().get(code) > 0).findFirst().orElseThrow().name();
    }

    @Override
    public void awaitReplacement()
    {
        await(() -> pool.engineCounters().get(EngineCounter.CONNECTS) > 1);
    }

    @Override
    public void close()
    {
        assertEquals(0, client.outstanding());
        client.close();
        pool.close();
        assertEquals(List.of(), errors);
    }

    private void await(final BooleanSupplier condition)
    {
        idleStrategy.reset();
        while (!condition.getAsBoolean())
        {
            idleStrategy.idle();
        }
    }
}
