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

import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.TimeValue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** Apache HttpClient 5, the classic one: a pooled connection that is not checked before use, no feature that costs. */
final class ApachePeer implements BenchClient
{
    private final CloseableHttpClient client;
    private final Target target;
    private final ByteArrayEntity entity =
        new ByteArrayEntity(ORDER.getBytes(StandardCharsets.US_ASCII), ContentType.APPLICATION_JSON);

    ApachePeer(final Target target) throws IOException, GeneralSecurityException
    {
        this.target = target;
        final PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
            .setDefaultConnectionConfig(
                ConnectionConfig.custom().setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND).build())
            .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build());
        if (target.isTls())
        {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(target.sslContext()));
        }
        client = HttpClients.custom()
            .setConnectionManager(connections.build())
            .setDefaultRequestConfig(RequestConfig.custom().setExpectContinueEnabled(false).build())
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .disableRedirectHandling()
            .build();
    }

    @Override
    public int exchange() throws IOException
    {
        final HttpPost post = new HttpPost(target.uri());
        post.setHeader("Accept", JSON);
        post.setHeader(API_KEY_NAME, API_KEY);
        post.setEntity(entity);

        return client.execute(post, (response) ->
            OK == response.getCode() ?
                EntityUtils.toByteArray(response.getEntity()).length : -response.getCode());
    }

    @Override
    public void close() throws IOException
    {
        client.close();
    }
}
