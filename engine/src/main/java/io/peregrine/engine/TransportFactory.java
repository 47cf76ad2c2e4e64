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

import java.io.IOException;
import java.net.InetSocketAddress;

/** Opens transports. */
@FunctionalInterface
public interface TransportFactory
{
    /**
     * Starts to connect, without waiting.
     *
     * @param address       of the server.
     * @param socketOptions to set before connecting.
     * @return a transport whose {@link Transport#finishConnect()} is to be polled.
     * @throws IOException when the attempt fails at once.
     */
    Transport connect(InetSocketAddress address, SocketOptions socketOptions) throws IOException;

    /**
     * TCP, the shortest way that there is: the system's own calls on Linux, where {@code java.base/sun.nio.ch} is
     * exported and native access enabled; elsewhere {@link #socketChannel()}.
     *
     * @return a factory that any engine may use, the same each time.
     */
    static TransportFactory tcp()
    {
        return TcpTransport.SHORTEST;
    }

    /**
     * TCP through a {@link java.nio.channels.SocketChannel}.
     *
     * @return a factory that any engine may use, the same each time.
     */
    static TransportFactory socketChannel()
    {
        return TcpTransport.CHANNEL;
    }
}
