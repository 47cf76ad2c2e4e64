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
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.RecordingHandler;
import org.agrona.concurrent.BackoffIdleStrategy;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The test's thread is the engine's. */
final class InThreadDoor implements OrderDoor
{
    private final HttpEngine engine;
    private final ClientPool pool;

    InThreadDoor(final ClientPoolBuilder builder)
    {
        engine = new HttpEngine(new EngineContext().idleStrategy(new BackoffIdleStrategy()));
        pool = builder.build(engine, true);
    }

    @Override
    public RecordingHandler.Outcome send(final int id, final int bodyLength)
    {
        final RecordingHandler handler = new RecordingHandler();
        final ClientSlot slot = pool.acquire(engine.nanoTime() + TimeUnit.SECONDS.toNanos(20));
        assertNotNull(slot, "no slot");
        final Request request = slot.writer().post("/order/" + id).body("x".repeat(bodyLength)).finish();
        slot.send(request, handler);
        while (handler.outcomes().isEmpty())
        {
            engine.doWorkAndIdle();
        }

        return handler.only();
    }

    @Override
    public String awaitIdleError(final Set<String> errors)
    {
        while (null == pool.slot(0).connection().lastError())
        {
            engine.doWorkAndIdle();
        }

        final String error = pool.slot(0).connection().lastError().name();
        assertTrue(errors.contains(error), error);
        return error;
    }

    @Override
    public void awaitReplacement()
    {
        while (pool.slot(0).connection().exchangesServed() > 0 || 0 == pool.available())
        {
            engine.doWorkAndIdle();
        }
    }

    @Override
    public void close()
    {
        assertEquals(1, engine.connectionCount());
        pool.close();
    }
}
