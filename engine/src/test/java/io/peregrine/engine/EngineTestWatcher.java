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

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.ResponseError;
import net.openhft.chronicle.core.io.AbstractCloseable;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.util.ArrayList;

/**
 * Fails a test that leaves an engine, a connection or a pool open; and prints counters and error log of the
 * watched engines when a test fails. Register it in a field: {@code @RegisterExtension final EngineTestWatcher
 * watcher = ...}.
 */
public final class EngineTestWatcher implements BeforeEachCallback, AfterEachCallback
{
    private final ArrayList<HttpEngine> engines = new ArrayList<>();

    /** Starts to watch an engine. */
    public HttpEngine watch(final HttpEngine engine)
    {
        engines.add(engine);
        return engine;
    }

    @Override
    public void beforeEach(final ExtensionContext context)
    {
        AbstractCloseable.enableCloseableTracing();
    }

    @Override
    public void afterEach(final ExtensionContext context)
    {
        try
        {
            if (context.getExecutionException().isPresent())
            {
                engines.forEach((engine) -> print(context.getDisplayName(), engine));
            }

            AbstractCloseable.assertCloseablesClosed();
        }
        finally
        {
            engines.clear();
            AbstractCloseable.disableCloseableTracing();
        }
    }

    private static void print(final String testName, final HttpEngine engine)
    {
        final StringBuilder text = new StringBuilder();
        text.append(testName).append(": engine ").append(engine.roleName()).append('\n');
        for (final EngineCounter counter : EngineCounter.values())
        {
            text.append("  ").append(counter.label()).append(": ").append(engine.counters().get(counter)).append('\n');
        }
        append(text, engine, ResponseError.values());
        append(text, engine, ConnectionError.values());
        ErrorLogReader.read(engine.context().errorLogBuffer(), (count, firstMs, lastMs, message) ->
            text.append("  ").append(count).append(" x ").append(message.trim()).append('\n'));

        System.err.print(text);
    }

    private static void append(final StringBuilder text, final HttpEngine engine, final ErrorCode[] codes)
    {
        for (final ErrorCode code : codes)
        {
            final long count = engine.counters().get(code);
            if (count > 0)
            {
                text.append("  ").append(code.name()).append(": ").append(count).append('\n');
            }
        }
    }
}
