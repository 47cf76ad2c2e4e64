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

import javax.net.ssl.SSLParameters;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;

/** The JDK's own client, its callbacks run by the thread that finds them instead of a pool. */
final class JdkPeer implements BenchClient
{
    private final HttpClient client;
    private final HttpRequest request;

    JdkPeer(final Target target) throws IOException, GeneralSecurityException
    {
        // It repeats requests on its own unless told otherwise.
        System.setProperty("jdk.httpclient.disableRetryConnect", "true");
        final HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .executor(Runnable::run);
        if (target.isTls())
        {
            final SSLParameters parameters = new SSLParameters();
            parameters.setProtocols(new String[]{ Target.TLS_VERSION });
            builder.sslContext(target.sslContext()).sslParameters(parameters);
        }
        client = builder.build();
        request = HttpRequest.newBuilder(target.uri())
            .header("Accept", JSON).header("Content-Type", JSON).header(API_KEY_NAME, API_KEY)
            .POST(HttpRequest.BodyPublishers.ofString(ORDER)).build();
    }

    @Override
    public int exchange() throws IOException, InterruptedException
    {
        final HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        return OK == response.statusCode() ? response.body().length : -response.statusCode();
    }

    @Override
    public void close()
    {
        client.close();
    }
}
