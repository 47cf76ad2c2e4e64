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

import io.peregrine.perf.venue.CpuPinning;
import io.peregrine.engine.TransportFactory;
import io.peregrine.tls.TlsProvider;

/**
 * A JVM that makes its first orders, and then so many that it is known what they cost later. It prints one line, the
 * fields of {@link StartupFigures} in their order.
 */
public final class StartupMain
{
    private StartupMain()
    {
    }

    /**
     * Connects, measures, prints.
     *
     * @param args time at which the process was started, on the clock of {@link System#nanoTime()}, which all processes
     *             share; port of the server; core to bind all threads to, or -1; exchanges to warm up with; whether
     *             the warm-up rehearses orders, true or false.
     * @throws Exception when the server cannot be reached, or fails.
     */
    public static void main(final String[] args) throws Exception
    {
        final long mainNs = System.nanoTime();
        final long startNs = Long.parseLong(args[0]);
        CpuPinning.pin(Integer.parseInt(args[2]));
        final long[] firstNs = new long[StartupFigures.FIRST_COUNT];
        final long[] steadyNs = new long[StartupFigures.STEADY_COUNT];
        final long[] pausedNs = new long[StartupFigures.PAUSED_COUNT];
        final Target target = new Target(Integer.parseInt(args[1]), null);
        try (BenchClient client = new PeregrineClient(
            target, TransportFactory.tcp(), TlsProvider.AUTO, Integer.parseInt(args[3]), Boolean.parseBoolean(args[4])))
        {
            final long readyNs = System.nanoTime();
            StartupFigures.pause();
            measure(client, firstNs);
            measure(client, steadyNs);
            for (int i = 0; i < pausedNs.length; i++)
            {
                StartupFigures.pause();
                pausedNs[i] = measure(client);
            }

            System.out.println(
                StartupFigures.of(mainNs - startNs, readyNs - startNs, firstNs, steadyNs, pausedNs).line());
        }
    }

    private static void measure(final BenchClient client, final long[] timesNs) throws Exception
    {
        for (int i = 0; i < timesNs.length; i++)
        {
            timesNs[i] = measure(client);
        }
    }

    private static long measure(final BenchClient client) throws Exception
    {
        final long startNs = System.nanoTime();
        if (client.exchange() <= 0)
        {
            throw new IllegalStateException("the server refused an order");
        }

        return System.nanoTime() - startNs;
    }
}
