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
import io.peregrine.perf.floor.CFloorProcess;
import io.peregrine.perf.floor.FloorClient;
import io.peregrine.perf.floor.FloorServer;
import io.peregrine.perf.floor.FloorTls;
import io.peregrine.perf.floor.TurnClient;
import net.openhft.affinity.Affinity;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;

/** Takes part in every round: the floor in C, a new process each time, or a client in a JVM that stays. */
final class Contender implements AutoCloseable
{
    private static final String C_FLOOR = "C floor";

    private final String name;
    private final ClientKind kind;
    private final Path binary;
    private final int cpu;
    /** Where all threads of a JVM may run but those that its client has bound; a process takes it over. */
    private final BitSet cpus = Affinity.getAffinity();
    private ClientProcess process;

    private Contender(final String name, final ClientKind kind, final Path binary, final int cpu)
    {
        this.name = name;
        this.kind = kind;
        this.binary = binary;
        this.cpu = cpu;
    }

    static Contender floor(final Path binary, final int cpu)
    {
        return new Contender(C_FLOOR, null, binary, cpu);
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
        if (ClientKind.NIO == kind && scenario.isChunked())
        {
            // It finds the end of an answer by its length, and no other way.
            return false;
        }

        if (null != kind && kind.isPeer() && !scenario.hasPeers())
        {
            return false;
        }

        return null == kind ||
            (scenario.isTls() ? kind.isTlsSupported() : ClientKind.PEREGRINE_JSSE != kind);
    }

    TurnClient connect(final FloorServer server, final Scenario scenario, final FloorTls tls, final Path echo)
        throws IOException
    {
        return null == process ?
            CFloorProcess.connect(binary, cpu, server.port(), FloorClient.DEFAULT_PAYLOAD_LENGTH,
                scenario.isTls() ? tls.library() : null, echo) :
            process.connect(server.port(), scenario.isTls() ? tls.certificate() : null,
                scenario.answer().actualBodyLength(), echo);
    }

    /** Whether its failure is reported, and the others go on: a peer's, which is not this project's to mend. */
    boolean isDispensable()
    {
        return null != kind && kind.isPeer();
    }

    /**
     * A new process in place of one that failed, on the same cores, though this thread may be bound by now; the floor
     * has one for each round anyhow.
     */
    void restart() throws IOException
    {
        if (null != process)
        {
            process.close();
            final BitSet ownCpus = Affinity.getAffinity();
            Affinity.setAffinity(cpus);
            try
            {
                process = ClientProcess.start(kind, cpu);
            }
            finally
            {
                Affinity.setAffinity(ownCpus);
            }
        }
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
