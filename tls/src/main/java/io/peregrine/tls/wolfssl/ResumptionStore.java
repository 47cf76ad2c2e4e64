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
package io.peregrine.tls.wolfssl;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Sessions that may be resumed, the youngest first; each is given out once, since a ticket should not be used twice
 * (RFC 8446 appendix C.4). Holds references of the library, and frees what it does not give out.
 */
final class ResumptionStore
{
    static final int MAX_SESSIONS = 64;

    private final ResumptionFunctions functions;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private boolean isClosed;

    ResumptionStore(final ResumptionFunctions functions)
    {
        this.functions = functions;
    }

    /** Takes over a reference; frees it at once when it cannot be used again. */
    void put(final String server, final long session)
    {
        if (isClosed || WolfSsl.SUCCESS != functions.isResumable(session))
        {
            functions.freeResumption(session);
            return;
        }

        entries.addFirst(new Entry(server, session));
        if (entries.size() > MAX_SESSIONS)
        {
            functions.freeResumption(entries.removeLast().session);
        }
    }

    /** Hands over a reference, or 0 when there is none for the server. */
    long take(final String server)
    {
        for (final Iterator<Entry> iterator = entries.iterator(); iterator.hasNext();)
        {
            final Entry entry = iterator.next();
            if (entry.server.equals(server))
            {
                iterator.remove();
                return entry.session;
            }
        }

        return 0;
    }

    void close()
    {
        isClosed = true;
        entries.forEach((entry) -> functions.freeResumption(entry.session));
        entries.clear();
    }

    private record Entry(String server, long session)
    {
    }
}
