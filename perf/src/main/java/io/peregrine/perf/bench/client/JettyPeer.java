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
package io.peregrine.perf.bench.client;

import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

import java.nio.charset.StandardCharsets;

/** Jetty's client with one selector and no content decoders, its blocking call. */
final class JettyPeer implements BenchClient
{
    private final byte[] body = ORDER.getBytes(StandardCharsets.US_ASCII);
    private final HttpClient client;
    private final Target target;

    JettyPeer(final Target target) throws Exception
    {
        this.target = target;
        final ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        if (target.isTls())
        {
            final SslContextFactory.Client tls = new SslContextFactory.Client();
            tls.setSslContext(target.sslContext());
            connector.setSslContextFactory(tls);
        }
        client = new HttpClient(new HttpClientTransportOverHTTP(connector));
        client.setFollowRedirects(false);
        client.setMaxRequestsQueuedPerDestination(1);
        client.setMaxConnectionsPerDestination(1);
        client.start();
        client.getContentDecoderFactories().clear();
    }

    @Override
    public int exchange() throws Exception
    {
        final ContentResponse response = client.POST(target.uri())
            .headers((headers) -> headers.put("Accept", JSON).put(API_KEY_NAME, API_KEY))
            .body(new BytesRequestContent(JSON, body))
            .send();
        return OK == response.getStatus() ? response.getContent().length : -response.getStatus();
    }

    @Override
    public void close()
    {
        LifeCycle.stop(client);
    }
}
