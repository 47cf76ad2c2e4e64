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

/** Where a connection is in its life. */
public enum ConnectionState
{
    /** Not connected yet. */
    INIT,

    /** The addresses of the server are being looked up. */
    RESOLVING,

    /** The socket is connecting. */
    CONNECTING,

    /** The socket is connected, TLS is being agreed on. */
    HANDSHAKING,

    /** Connected, and takes a request. */
    READY,

    /** A request is being written, or its answer awaited. */
    IN_FLIGHT,

    /** Ended in good order: the last exchange was complete, but the connection may not be used again. */
    RETIRED,

    /** Ended by an error; sends are refused. */
    POISONED,

    /** Ended, and waiting for the next attempt to connect. */
    BACKING_OFF,

    /** Closed by its owner, for good. */
    CLOSED
}
