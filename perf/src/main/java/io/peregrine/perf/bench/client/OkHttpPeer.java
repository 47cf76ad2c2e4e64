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

import okhttp3.ConnectionSpec;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/** OkHttp: one client, its connection kept, calls executed in the caller's thread, nothing repeated. */
final class OkHttpPeer implements BenchClient
{
    private final OkHttpClient client;
    private final Target target;
    private final RequestBody body =
        RequestBody.create(ORDER.getBytes(StandardCharsets.US_ASCII), MediaType.get(JSON));

    OkHttpPeer(final Target target) throws IOException, GeneralSecurityException
    {
        this.target = target;
        final OkHttpClient.Builder builder = new OkHttpClient.Builder()
            .protocols(List.of(Protocol.HTTP_1_1))
            .retryOnConnectionFailure(false)
            .followRedirects(false);
        if (target.isTls())
        {
            builder.sslSocketFactory(target.sslContext().getSocketFactory(), target.trustManager())
                .connectionSpecs(List.of(ConnectionSpec.RESTRICTED_TLS));
        }
        client = builder.build();
    }

    @Override
    public int exchange() throws IOException
    {
        final Request request = new Request.Builder().url(target.uri().toString())
            .header("Accept", JSON).header(API_KEY_NAME, API_KEY).post(body).build();
        try (Response response = client.newCall(request).execute())
        {
            return OK == response.code() ? response.body().bytes().length : -response.code();
        }
    }

    @Override
    public void close()
    {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
