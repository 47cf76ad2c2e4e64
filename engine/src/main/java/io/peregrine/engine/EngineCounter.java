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

/** The counters that every engine keeps, apart from one for each error code. */
public enum EngineCounter
{
    /** Requests handed to a connection that was ready for them. */
    REQUESTS("Requests"),

    /** Complete final responses, whatever their status. */
    ANSWERS("Answers"),

    /** Exchanges that ended without an answer. */
    FAILURES("Failures"),

    /** Bytes that the kernel took. */
    BYTES_WRITTEN("Bytes written"),

    /** Bytes that the kernel gave. */
    BYTES_READ("Bytes read"),

    /** Attempts to connect. */
    CONNECT_ATTEMPTS("Connect attempts"),

    /** Connections made. */
    CONNECTS("Connects"),

    /** TLS handshakes completed. */
    TLS_HANDSHAKES("TLS handshakes"),

    /** TLS handshakes among them that resumed an earlier session. */
    TLS_RESUMPTIONS("TLS resumptions"),

    /** Connections that ended in good order, and may not be used again. */
    RETIREMENTS("Retirements");

    private final String label;

    EngineCounter(final String label)
    {
        this.label = label;
    }

    /**
     * What the counter is called.
     *
     * @return the label.
     */
    public String label()
    {
        return label;
    }
}
