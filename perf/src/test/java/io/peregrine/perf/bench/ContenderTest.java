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
import io.peregrine.perf.floor.FloorServer;
import io.peregrine.perf.floor.TurnClient;
import io.peregrine.perf.venue.CpuPinning;
import net.openhft.affinity.Affinity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(60)
class ContenderTest
{
    @Test
    void shouldStartAnewOnTheCoresOfTheFirstStart() throws IOException
    {
        final BitSet cpus = Affinity.getAffinity();
        assumeTrue(cpus.cardinality() > 1, "there is one core only");
        try (FloorServer server = FloorServer.startJava(CpuPinning.NO_CPU);
            Contender contender = Contender.client(ClientKind.NIO, CpuPinning.NO_CPU))
        {
            final long firstPid = pid(contender, server);
            final String firstCores = coresOf(firstPid);
            assumeTrue(CpuPinning.pin(cpus.nextSetBit(0)), "threads cannot be bound here");
            contender.restart();
            assertEquals(1, Affinity.getAffinity().cardinality(), "this thread stays where it is");

            final long pid = pid(contender, server);
            assertNotEquals(firstPid, pid);
            assertEquals(firstCores, coresOf(pid));
        }
        finally
        {
            Affinity.setAffinity(cpus);
        }
    }

    private static long pid(final Contender contender, final FloorServer server) throws IOException
    {
        try (TurnClient client = contender.connect(server, Scenario.QUICK.getFirst(), null, null))
        {
            return client.pid();
        }
    }

    private static String coresOf(final long pid) throws IOException
    {
        final List<String> status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
        return status.stream().filter((line) -> line.startsWith("Cpus_allowed_list:")).findFirst().orElseThrow();
    }
}
