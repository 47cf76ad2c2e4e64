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

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;

/**
 * A server on the loopback address.
 *
 * @param port        it listens on.
 * @param certificate it presents, in PEM form; null when it does not speak TLS.
 */
record Target(int port, Path certificate)
{
    static final String HOST = "127.0.0.1";
    static final String CIPHER_SUITE = "TLS_AES_128_GCM_SHA256";
    static final String TLS_VERSION = "TLSv1.3";

    boolean isTls()
    {
        return null != certificate;
    }

    URI uri()
    {
        return URI.create((isTls() ? "https://" : "http://") + HOST + ":" + port + BenchClient.PATH);
    }

    /** The platform's TLS, which trusts that server and no other. */
    SSLContext sslContext() throws IOException, GeneralSecurityException
    {
        final SSLContext context = SSLContext.getInstance(TLS_VERSION);
        context.init(null, new TrustManager[]{ trustManager() }, null);

        return context;
    }

    X509TrustManager trustManager() throws IOException, GeneralSecurityException
    {
        final KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream input = Files.newInputStream(certificate))
        {
            store.setCertificateEntry("server", CertificateFactory.getInstance("X.509").generateCertificate(input));
        }

        final TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);

        return (X509TrustManager)factory.getTrustManagers()[0];
    }
}
