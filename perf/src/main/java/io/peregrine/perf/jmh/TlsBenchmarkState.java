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
package io.peregrine.perf.jmh;

import io.peregrine.perf.venue.VenueCertificate;
import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsProvider;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import javax.net.ssl.SSLContext;

/** What the benchmarks of TLS share: one provider, and a server that is the same for all. */
@State(Scope.Thread)
public abstract class TlsBenchmarkState
{
    /** Provider of the client. */
    @Param({"wolfSSL", "JDK", "Conscrypt"})
    public String provider;

    private TlsContext context;
    private TlsContext contextWithoutResumption;
    private SSLContext servers;

    /** For the benchmarks. */
    protected TlsBenchmarkState()
    {
    }

    /**
     * Makes the server's certificate and the client's context.
     *
     * @throws TlsException when the provider is not there.
     */
    @Setup(Level.Trial)
    public void openContexts() throws TlsException
    {
        final VenueCertificate certificate = VenueCertificate.make();
        servers = certificate.sslContext();
        final TlsConfig.Builder builder = TlsConfig.builder().withoutSystemRoots().trustPem(certificate.pem())
            .provider("wolfSSL".equals(provider) ? TlsProvider.WOLFSSL : TlsProvider.JSSE)
            .cipherSuites("TLS_AES_128_GCM_SHA256");
        if ("Conscrypt".equals(provider))
        {
            builder.jsseProvider(provider);
        }
        context = TlsContext.open(builder.build());
        contextWithoutResumption = TlsContext.open(builder.sessionResumption(false).build());
    }

    /** Frees the contexts. */
    @TearDown(Level.Trial)
    public void closeContexts()
    {
        context.close();
        contextWithoutResumption.close();
    }

    TlsContext context()
    {
        return context;
    }

    /** A context whose sessions are never resumed. */
    TlsContext contextWithoutResumption()
    {
        return contextWithoutResumption;
    }

    SSLContext servers()
    {
        return servers;
    }
}
