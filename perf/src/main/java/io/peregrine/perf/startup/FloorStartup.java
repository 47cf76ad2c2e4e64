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
package io.peregrine.perf.startup;

import io.peregrine.perf.bench.client.StartupFigures;
import io.peregrine.perf.floor.CFloorProcess;
import io.peregrine.perf.floor.FloorClient;
import io.peregrine.perf.floor.TurnPlan;

import java.io.IOException;
import java.nio.file.Path;

/** The first orders of a fresh process of the floor client in C. */
final class FloorStartup
{
    private FloorStartup()
    {
    }

    static StartupFigures run(final Path binary, final int port, final int cpu) throws IOException
    {
        final long startNs = System.nanoTime();
        try (CFloorProcess client =
            CFloorProcess.connect(binary, cpu, port, FloorClient.DEFAULT_PAYLOAD_LENGTH, null, null))
        {
            final long readyNs = System.nanoTime();
            StartupFigures.pause();
            final long[] firstNs = client.turn(TurnPlan.of(0, StartupFigures.FIRST_COUNT)).timesNs();
            final long[] steadyNs = client.turn(TurnPlan.of(0, StartupFigures.STEADY_COUNT)).timesNs();

            final long[] pausedNs = new long[StartupFigures.PAUSED_COUNT];
            for (int i = 0; i < pausedNs.length; i++)
            {
                // It sleeps until it is told to go on.
                StartupFigures.pause();
                pausedNs[i] = client.turn(TurnPlan.of(0, 1)).timesNs()[0];
            }

            return StartupFigures.of(0, readyNs - startNs, firstNs, steadyNs, pausedNs);
        }
    }
}
