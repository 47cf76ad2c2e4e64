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
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import javax.net.ssl.SSLException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/**
 * A record of TLS 1.3 with AES-128-GCM: an answer opened from the memory that the socket reads into, copied there first
 * as the kernel would.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class TlsOpenBenchmark extends TlsBenchmarkState
{
    private static final int ANSWER_LENGTH = 104;
    private static final int BATCH = 1_000;

    private final ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER_LENGTH);
    private final ByteBuffer opened = ByteBuffer.allocateDirect(32 * 1024);
    private TlsLink link;
    private TlsSession session;
    private ByteBuffer sealed;
    private int recordLength;

    /** JMH makes it. */
    public TlsOpenBenchmark()
    {
    }

    /**
     * Shakes hands.
     *
     * @throws TlsException when the client fails.
     * @throws SSLException when the server fails.
     */
    @Setup(Level.Iteration)
    public void openLink() throws TlsException, SSLException
    {
        link = new TlsLink(context(), servers());
        session = link.client();
    }

    /**
     * Seals a batch; opening it takes so long that this does not disturb it.
     *
     * @throws SSLException when the server fails.
     */
    @Setup(Level.Invocation)
    public void seal() throws SSLException
    {
        sealed = link.sealed().clear();
        for (int i = 0; i < BATCH; i++)
        {
            link.sealByServer(answer);
        }
        recordLength = sealed.position() / BATCH;
        sealed.flip();
    }

    /** Frees the session. */
    @TearDown(Level.Iteration)
    public void closeLink()
    {
        link.close();
    }

    /**
     * Opens answers that were sealed before.
     *
     * @return bytes opened.
     * @throws TlsException when that fails.
     */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int open104() throws TlsException
    {
        int length = 0;
        for (int i = 0; i < BATCH; i++)
        {
            link.feed(sealed, recordLength);
            length += session.open(opened.clear());
        }
        if (BATCH * ANSWER_LENGTH != length)
        {
            throw new IllegalStateException(length + " bytes opened");
        }

        return length;
    }
}
