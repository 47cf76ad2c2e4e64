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

/**
 * Options of a TCP socket, set before it connects so that they can take part in the handshake.
 *
 * @param isNagleDisabled   whether small writes leave at once (TCP_NODELAY).
 * @param keepAliveIdleNs   idle time in nanoseconds after which TCP probes the peer, or 0 for no probes.
 * @param receiveBufferSize bytes of the kernel's receive buffer (SO_RCVBUF), or 0 for the system's choice.
 * @param sendBufferSize    bytes of the kernel's send buffer (SO_SNDBUF), or 0 for the system's choice.
 */
public record SocketOptions(
    boolean isNagleDisabled,
    long keepAliveIdleNs,
    int receiveBufferSize,
    int sendBufferSize)
{
    /** Nagle's algorithm off, everything else as the system has it. */
    public static final SocketOptions DEFAULT = new SocketOptions(true, 0, 0, 0);
}
