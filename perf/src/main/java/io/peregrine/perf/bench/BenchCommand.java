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

import io.peregrine.perf.cli.HelpOption;
import io.peregrine.perf.floor.CFloorClient;
import io.peregrine.perf.floor.FloorBinary;
import io.peregrine.perf.floor.FloorClient;
import io.peregrine.perf.floor.FloorServer;
import io.peregrine.perf.floor.NioFloorClient;
import io.peregrine.perf.venue.CpuPinning;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Measures round trips on loopback: a busy-polling C client where there is a C compiler, a raw-NIO one, and this
 * client, in rounds that take turns, so that whatever disturbs the machine disturbs all alike.
 */
@Command(
    name = "bench",
    description = "Measures round trips side by side with a busy-polling C client and a raw-NIO one.")
public final class BenchCommand implements Callable<Integer>
{
    private static final int CLIENT_CPU = 0;
    private static final int SERVER_CPU = 1;
    private static final int FIRST_WARM_UP = 50_000;

    @Mixin
    private HelpOption help;

    @Option(names = "--rounds", description = "Rounds of each client; default: ${DEFAULT-VALUE}.")
    private int rounds = 9;

    @Option(names = "--count", description = "Round trips measured in a round; default: ${DEFAULT-VALUE}.")
    private int count = 50_000;

    @Option(names = "--warm-up", description = "Round trips before each round; default: ${DEFAULT-VALUE}.")
    private int warmUp = 5_000;

    /**
     * Made by the command line.
     */
    public BenchCommand()
    {
    }

    /**
     * Runs the rounds and prints each, then the medians and their ratios to the floor.
     *
     * @return 0.
     * @throws IOException when the server or a client fails.
     */
    @Override
    public Integer call() throws IOException
    {
        final PrintStream out = System.out;
        final Optional<Path> binary = FloorBinary.find();
        final List<BenchSeries> series = new ArrayList<>();
        binary.ifPresent((path) -> series.add(new BenchSeries("C floor", new CFloorClient(path, CLIENT_CPU))));
        series.add(new BenchSeries("NIO floor", new NioFloorClient()));
        series.add(new BenchSeries("Peregrine", new PoolBenchClient()));

        try (FloorServer server = FloorServer.start(SERVER_CPU))
        {
            // Pinned after the server was started, which would inherit the CPU.
            if (!CpuPinning.pin(CLIENT_CPU))
            {
                out.println("warning: not pinned to CPU " + CLIENT_CPU + ": the figures will jitter");
            }

            for (final BenchSeries one : series)
            {
                one.client().run(server.port(), FIRST_WARM_UP, count);
            }

            for (int round = 1; round <= rounds; round++)
            {
                for (final BenchSeries one : series)
                {
                    final Histogram histogram = one.client().run(server.port(), warmUp, count);
                    one.add(histogram);
                    out.printf("round %d/%d  %-10s %s%n", round, rounds, one.name(), BenchSeries.describe(histogram));
                }
            }
        }

        out.println();
        for (final BenchSeries one : series)
        {
            out.println(one.summary(series.getFirst()));
        }
        out.printf("request %d bytes, answer %d bytes, %,d round trips a round; ratios are medians over rounds%n",
            FloorClient.REQUEST_LENGTH, FloorServer.ANSWER_LENGTH, count);

        return 0;
    }
}
