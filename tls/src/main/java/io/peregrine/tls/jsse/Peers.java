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
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * What the managers of keys and trust, which are shared and called from the threads of tasks, have to know about one
 * engine, and what they found out.
 */
final class Peers
{
    private final Map<SSLEngine, Peer> peers = Collections.synchronizedMap(new WeakHashMap<>());

    Peer add(final SSLEngine engine, final String host)
    {
        final Peer peer = new Peer(host);
        peers.put(engine, peer);

        return peer;
    }

    Peer of(final SSLEngine engine)
    {
        return peers.get(engine);
    }

    void remove(final SSLEngine engine)
    {
        peers.remove(engine);
    }

    /** The server at the other end of an engine. */
    static final class Peer
    {
        private final String host;
        private volatile boolean isVerified;
        private volatile boolean isCertificateRequested;

        private Peer(final String host)
        {
            this.host = host;
        }

        String host()
        {
            return host;
        }

        void onVerified()
        {
            isVerified = true;
        }

        /** Was its certificate verified in this handshake, rather than in that of a session which was resumed? */
        boolean isVerified()
        {
            return isVerified;
        }

        void onCertificateRequested()
        {
            isCertificateRequested = true;
        }

        boolean isCertificateRequested()
        {
            return isCertificateRequested;
        }
    }
}
