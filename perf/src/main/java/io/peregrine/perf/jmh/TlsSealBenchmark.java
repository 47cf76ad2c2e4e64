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

import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import javax.net.ssl.SSLException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** A record of TLS 1.3 with AES-128-GCM: an order sealed into the memory that the socket writes from. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TlsSealBenchmark extends TlsBenchmarkState
{
    private static final int ORDER_LENGTH = 420;

    private final ByteBuffer order = ByteBuffer.allocateDirect(ORDER_LENGTH);
    private TlsLink link;
    private TlsSession session;

    /** JMH makes it. */
    public TlsSealBenchmark()
    {
    }

    /**
     * Shakes hands.
     *
     * @throws TlsException when the client fails.
     * @throws SSLException when the server fails.
     */
    @Setup
    public void openLink() throws TlsException, SSLException
    {
        link = new TlsLink(context(), servers());
        session = link.client();
    }

    /** Frees the session. */
    @TearDown
    public void closeLink()
    {
        link.close();
    }

    /**
     * Seals an order.
     *
     * @return bytes sealed.
     * @throws TlsException when that fails.
     */
    @Benchmark
    public int seal420() throws TlsException
    {
        session.seal(order);
        final ByteBuffer output = session.outputRegion();
        final int length = output.remaining();
        output.position(output.limit());
        session.onOutput(length);

        return length;
    }
}
