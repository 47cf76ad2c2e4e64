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
package io.peregrine.perf.venue;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** What all connections of a simulator share; its one thread lends it to one connection after another. */
final class VenueServices
{
    /** The most that a connection keeps of answers which the socket did not take yet. */
    static final int TRANSMIT_LENGTH_LIMIT = 16 * 1024;

    private final int keepAliveRequests;
    private final VenueApi api;
    private final ResponseWriter responseWriter;
    private final Answer answer = new Answer();
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(16 * 1024);
    private final ByteBuffer writeBuffer = ByteBuffer.allocateDirect(TRANSMIT_LENGTH_LIMIT);

    private final SSLContext sslContext;

    VenueServices(final VenueConfig config)
    {
        sslContext = null == config.certificate() ? null : config.certificate().sslContext();
        keepAliveRequests = config.keepAliveRequests();
        api = new VenueApi(config);
        responseWriter = new ResponseWriter(config.epochClockMs());
    }

    /** What a connection reads and writes through. */
    VenueChannel channel(final SocketChannel socket)
    {
        if (null == sslContext)
        {
            return new PlainVenueChannel(socket);
        }

        final SSLEngine engine = sslContext.createSSLEngine();
        engine.setUseClientMode(false);
        final SSLParameters parameters = engine.getSSLParameters();
        parameters.setApplicationProtocols(new String[]{ "http/1.1" });
        // Like most venues that clients choose for.
        parameters.setUseCipherSuitesOrder(false);
        engine.setSSLParameters(parameters);

        return new TlsVenueChannel(socket, engine);
    }

    int keepAliveRequests()
    {
        return keepAliveRequests;
    }

    VenueApi api()
    {
        return api;
    }

    ResponseWriter responseWriter()
    {
        return responseWriter;
    }

    Answer answer()
    {
        return answer;
    }

    ByteBuffer readBuffer()
    {
        return readBuffer;
    }

    ByteBuffer writeBuffer()
    {
        return writeBuffer;
    }
}
