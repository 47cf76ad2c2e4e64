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

import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/**
 * The JDK's oldest client, the connection kept alive by reading each answer to its end. It collects the body and writes
 * it together with the head: streamed, the two would be segments of their own, the second held back until the first is
 * acknowledged, since this client cannot switch that off.
 */
final class UrlConnectionPeer implements BenchClient
{
    private final byte[] body = ORDER.getBytes(StandardCharsets.US_ASCII);
    private final URL url;
    private final SSLSocketFactory sockets;
    private HttpURLConnection last;

    UrlConnectionPeer(final Target target) throws IOException, GeneralSecurityException
    {
        // It repeats a POST on its own unless told otherwise.
        System.setProperty("sun.net.http.retryPost", "false");
        url = target.uri().toURL();
        sockets = target.isTls() ? target.sslContext().getSocketFactory() : null;
    }

    @Override
    public int exchange() throws IOException
    {
        final HttpURLConnection connection = (HttpURLConnection)url.openConnection();
        last = connection;
        if (connection instanceof HttpsURLConnection https)
        {
            https.setSSLSocketFactory(sockets);
        }
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setUseCaches(false);
        connection.setRequestProperty("Accept", JSON);
        connection.setRequestProperty("Content-Type", JSON);
        connection.setRequestProperty(API_KEY_NAME, API_KEY);
        try (OutputStream output = connection.getOutputStream())
        {
            output.write(body);
        }

        final int status = connection.getResponseCode();
        try (InputStream input = connection.getInputStream())
        {
            final int length = input.readAllBytes().length;
            return OK == status ? length : -status;
        }
    }

    @Override
    public void close()
    {
        if (null != last)
        {
            last.disconnect();
        }
    }
}
