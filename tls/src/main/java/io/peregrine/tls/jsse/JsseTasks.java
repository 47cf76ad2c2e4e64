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
package io.peregrine.tls.jsse;

import javax.net.ssl.SSLEngine;

/** The delegated tasks of an engine as one; an engine reports what goes wrong in them by itself. */
final class JsseTasks implements Runnable
{
    private final SSLEngine engine;
    private final Peer peer;
    private volatile boolean isDone;

    JsseTasks(final SSLEngine engine, final Peer peer)
    {
        this.engine = engine;
        this.peer = peer;
    }

    @Override
    public void run()
    {
        peer.enter();
        try
        {
            Runnable task = engine.getDelegatedTask();
            while (null != task)
            {
                task.run();
                task = engine.getDelegatedTask();
            }
        }
        finally
        {
            Peer.leave();
        }

        isDone = true;
    }

    boolean isDone()
    {
        return isDone;
    }
}
