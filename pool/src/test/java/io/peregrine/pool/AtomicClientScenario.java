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

import io.peregrine.codec.FinalStage;
import io.peregrine.codec.RequestWriter;
import io.peregrine.engine.EngineTestWatcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A scripted pool and clients of it, closed and checked at the end of each test. */
abstract class AtomicClientScenario
{
    static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    static final int LIMIT = Integer.MAX_VALUE;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    final RecordingAnswers answers = new RecordingAnswers();
    private final List<PoolClient> clients = new ArrayList<>();
    ScriptedAtomicPool scripted;

    @AfterEach
    void closePool()
    {
        clients.forEach(PoolClient::close);
        if (null != scripted)
        {
            scripted.close();
            assertEquals(0, scripted.network().openCount());
        }
    }

    PoolClient launch(final Consumer<AtomicClientPoolContext> settings)
    {
        scripted = new ScriptedAtomicPool(settings);
        return newClient();
    }

    PoolClient newClient()
    {
        final PoolClient client = scripted.pool().newClient();
        clients.add(client);
        return client;
    }

    static FinalStage post(final PoolClient client, final int id)
    {
        final RequestWriter writer = client.writer();
        return writer.post("/order/" + id).body("{}");
    }

    static long offer(final PoolClient client, final int id)
    {
        final long correlationId = client.offer(post(client, id));
        assertTrue(correlationId > 0, () -> "offer: " + correlationId);
        return correlationId;
    }

    void answer(final String text, final String body)
    {
        scripted.answer(text, body);
    }

    void answerAll()
    {
        scripted.answerAll();
    }
}
