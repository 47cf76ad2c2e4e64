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

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.WebClient;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;

/** Helidon's web client, in the caller's thread over a connection that is kept. */
final class HelidonPeer implements BenchClient
{
    private static final HeaderName KEY = HeaderNames.create(API_KEY_NAME);

    private final byte[] body = ORDER.getBytes(StandardCharsets.US_ASCII);
    private final WebClient client;

    HelidonPeer(final Target target) throws IOException, GeneralSecurityException
    {
        final var builder = WebClient.builder()
            .baseUri(target.uri().resolve("/"))
            .protocolPreference(List.of("http/1.1"))
            .sendExpectContinue(false)
            .shareConnectionCache(false);
        if (target.isTls())
        {
            builder.tls(Tls.builder().sslContext(target.sslContext()).build());
        }
        client = builder.build();
    }

    @Override
    public int exchange()
    {
        try (HttpClientResponse response = client.post(PATH)
            .header(HeaderNames.ACCEPT, JSON)
            .header(HeaderNames.CONTENT_TYPE, JSON)
            .header(KEY, API_KEY)
            .submit(body))
        {
            final int length = response.as(byte[].class).length;
            return OK == response.status().code() ? length : -response.status().code();
        }
    }

    @Override
    public void close()
    {
        client.closeResource();
    }
}
