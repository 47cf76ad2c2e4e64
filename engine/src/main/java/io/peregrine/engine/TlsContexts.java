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

import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsException;
import org.agrona.CloseHelper;

import java.util.IdentityHashMap;
import java.util.Map;

/** The contexts of TLS that the connections of an engine share, one for each configuration. */
final class TlsContexts implements AutoCloseable
{
    private final Map<TlsConfig, TlsContext> contexts = new IdentityHashMap<>();
    private TlsConfig defaults;

    /** Opened the first time that it is asked for; null asks for the defaults. */
    TlsContext of(final TlsConfig configOrNull) throws TlsException
    {
        final TlsConfig config = null == configOrNull ? defaults() : configOrNull;
        TlsContext context = contexts.get(config);
        if (null == context)
        {
            context = TlsContext.open(config);
            contexts.put(config, context);
        }

        return context;
    }

    int size()
    {
        return contexts.size();
    }

    @Override
    public void close()
    {
        CloseHelper.quietCloseAll(contexts.values());
        contexts.clear();
    }

    private TlsConfig defaults() throws TlsException
    {
        if (null == defaults)
        {
            defaults = TlsConfig.defaults();
        }

        return defaults;
    }
}
