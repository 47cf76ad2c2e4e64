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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/** Names and their addresses as the test has them; look-ups are over at once unless they are held up. */
public final class ScriptedResolver implements NameResolver, Executor
{
    private final Map<String, InetAddress[]> names = new HashMap<>();
    private final ArrayDeque<Runnable> heldUp = new ArrayDeque<>();
    private boolean isHoldingUp;
    private int lookUps;

    ScriptedResolver()
    {
        names.put("localhost", new InetAddress[]{ InetAddress.getLoopbackAddress() });
    }

    /** The name has these addresses from now on. */
    public void set(final String host, final String... literals)
    {
        final InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++)
        {
            addresses[i] = InetAddress.ofLiteral(literals[i]);
        }
        names.put(host, addresses);
    }

    /** The name does not exist from now on. */
    public void remove(final String host)
    {
        names.remove(host);
    }

    /** Look-ups do not end until they are released. */
    public void holdUp()
    {
        isHoldingUp = true;
    }

    public void release()
    {
        isHoldingUp = false;
        while (!heldUp.isEmpty())
        {
            heldUp.remove().run();
        }
    }

    /** How many look-ups were started. */
    public int lookUps()
    {
        return lookUps;
    }

    @Override
    public InetAddress[] resolve(final String host) throws UnknownHostException
    {
        final InetAddress[] addresses = names.get(host);
        if (null == addresses)
        {
            throw new UnknownHostException(host);
        }

        return addresses;
    }

    @Override
    public void execute(final Runnable task)
    {
        lookUps++;
        if (isHoldingUp)
        {
            heldUp.add(task);
        }
        else
        {
            task.run();
        }
    }
}
