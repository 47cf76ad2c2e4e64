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

/**
 * The server at the other end of one engine: what the managers of keys and trust have to know of it, and what they
 * found out. They are shared by all engines, and are not always told which one they are called for; they are always
 * called on the thread that drives the engine, or runs its task, which says so here.
 */
final class Peer
{
    private static final ThreadLocal<Peer> CURRENT = new ThreadLocal<>();

    private final String host;
    private volatile boolean isVerified;
    private volatile boolean isCertificateRequested;

    Peer(final String host)
    {
        this.host = host;
    }

    /** Whose handshake this thread is busy with; null if none. */
    static Peer current()
    {
        return CURRENT.get();
    }

    /** From here to {@link #leave()} the thread is busy with this one. */
    void enter()
    {
        CURRENT.set(this);
    }

    static void leave()
    {
        CURRENT.remove();
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
