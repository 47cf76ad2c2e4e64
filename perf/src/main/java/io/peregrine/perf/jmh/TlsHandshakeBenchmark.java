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

import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import javax.net.ssl.SSLException;
import java.util.concurrent.TimeUnit;

/**
 * Handshakes of TLS 1.3, with P-256 certificates. The time is that of both ends, one after the other; the server is
 * always the JDK's, so that what differs is the client.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TlsHandshakeBenchmark extends TlsBenchmarkState
{
    /** JMH makes it. */
    public TlsHandshakeBenchmark()
    {
    }

    /**
     * Leaves a session to resume.
     *
     * @throws TlsException when the client fails.
     * @throws SSLException when the server fails.
     */
    @Setup(Level.Iteration)
    public void leaveSession() throws TlsException, SSLException
    {
        handshake(context());
    }

    /**
     * With certificates.
     *
     * @return false.
     * @throws TlsException when the client fails.
     * @throws SSLException when the server fails.
     */
    @Benchmark
    public boolean full() throws TlsException, SSLException
    {
        return handshake(contextWithoutResumption());
    }

    /**
     * With the ticket of the session before.
     *
     * @return true.
     * @throws TlsException when the client fails.
     * @throws SSLException when the server fails.
     */
    @Benchmark
    public boolean resumed() throws TlsException, SSLException
    {
        final boolean isResumed = handshake(context());
        if (!isResumed)
        {
            throw new IllegalStateException("not resumed");
        }

        return true;
    }

    private boolean handshake(final TlsContext context) throws TlsException, SSLException
    {
        try (TlsLink link = new TlsLink(context, servers()))
        {
            return link.client().info().isResumed();
        }
    }
}
