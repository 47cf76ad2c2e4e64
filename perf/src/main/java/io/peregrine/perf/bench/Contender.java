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
package io.peregrine.perf.bench;

import io.peregrine.perf.bench.client.ClientKind;
import io.peregrine.perf.bench.client.ClientProcess;
import io.peregrine.perf.floor.CFloorClient;
import io.peregrine.perf.floor.FloorServer;
import io.peregrine.perf.floor.FloorTls;
import org.HdrHistogram.Histogram;

import java.io.IOException;
import java.nio.file.Path;

/** Takes its turn in every round: the floor in C, a process a round, or a client that sleeps between its turns. */
final class Contender implements AutoCloseable
{
    private static final String C_FLOOR = "C floor";

    private final String name;
    private final ClientKind kind;
    private final CFloorClient floor;
    private final int cpu;
    private ClientProcess process;

    private Contender(
        final String name, final ClientKind kind, final CFloorClient floor, final int cpu)
    {
        this.name = name;
        this.kind = kind;
        this.floor = floor;
        this.cpu = cpu;
    }

    static Contender floor(final Path binary, final int cpu)
    {
        return new Contender(C_FLOOR, null, new CFloorClient(binary, cpu), cpu);
    }

    static Contender client(final ClientKind kind, final int cpu) throws IOException
    {
        final Contender contender = new Contender(kind.label(), kind, null, cpu);
        contender.process = ClientProcess.start(kind, cpu);

        return contender;
    }

    String name()
    {
        return name;
    }

    /** The kind of client, null for the floor in C. */
    ClientKind kind()
    {
        return kind;
    }

    boolean takesPartIn(final Scenario scenario)
    {
        return null == kind ||
            (scenario.isTls() ? kind.isTlsSupported() : ClientKind.PEREGRINE_JSSE != kind);
    }

    Round run(final FloorServer server, final Scenario scenario, final FloorTls tls, final int warmUp, final int count)
        throws IOException
    {
        final NoiseMeter noise =
            null == process ? new NoiseMeter(server.pid()) : new NoiseMeter(server.pid(), process.pid());
        noise.start();
        final Histogram latencyNs;
        if (null == process)
        {
            latencyNs = floor.atRate(scenario.rate()).overTls(scenario.isTls() ? tls.library() : null)
                .run(server.port(), warmUp, count);
        }
        else
        {
            latencyNs = process.run(server.port(), scenario.isTls() ? tls.certificate() : null,
                scenario.answer().actualBodyLength(), warmUp, count, scenario.rate());
        }

        return new Round(
            latencyNs, null == process ? Double.NaN :
                (double)process.garbageBytes() / Math.max(1, latencyNs.getTotalCount()), noise.stop());
    }

    /** Whether its failure is reported, and the others go on: a peer's, which is not this project's to mend. */
    boolean isDispensable()
    {
        return null != kind && kind.isPeer();
    }

    /** A new process in place of one that failed. */
    void restart() throws IOException
    {
        process.close();
        process = ClientProcess.start(kind, cpu);
    }

    @Override
    public void close()
    {
        if (null != process)
        {
            process.close();
        }
    }
}
