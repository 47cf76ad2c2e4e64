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

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the benchmarks briefly, and says which of them allocate in steady state.
 * <p>
 * Left out are those that have to allocate, or whose surroundings do: {@link TlsHandshakeBenchmark}, JSSE's providers
 * altogether, and {@link TlsOpenBenchmark}, whose server seals by JSSE within what is measured. Average time is
 * measured everywhere, since sampling keeps its samples in memory that it allocates.
 */
public final class GarbageCheck
{
    private static final String PROFILER_KEY = "gc.alloc.rate.norm";
    private static final String[] NOT_CHECKED = {"TlsHandshakeBenchmark", "TlsOpenBenchmark"};
    private static final int WARM_UP_ITERATIONS = 3;
    /** The last one ends with what was set up being closed; the one before is that of steady state. */
    private static final int ITERATIONS = 2;

    private GarbageCheck()
    {
    }

    /**
     * Prints a line for each benchmark; exit status 1 when one allocates or fails.
     *
     * @param args of JMH: benchmarks, parameters, iterations.
     */
    public static void main(final String[] args)
    {
        try
        {
            final CommandLineOptions given = new CommandLineOptions(args);
            if (given.shouldHelp())
            {
                given.showHelp();
            }
            else if (given.shouldList())
            {
                new Runner(options(given)).list();
            }
            else
            {
                System.exit(report(new Runner(options(given)).run()) ? 0 : 1);
            }
        }
        catch (final CommandLineOptionException | IOException | RunnerException ex)
        {
            System.err.println("jmh --garbage: " +
                (ex instanceof NoBenchmarksException ? "no such benchmark" : ex.getMessage()));
            System.exit(1);
        }
    }

    private static Options options(final CommandLineOptions given)
    {
        final OptionsBuilder builder = new OptionsBuilder();
        builder.parent(given)
            .addProfiler(GCProfiler.class)
            .mode(Mode.AverageTime)
            .param("provider", "wolfSSL")
            .forks(1)
            .warmupIterations(given.getWarmupIterations().orElse(WARM_UP_ITERATIONS))
            .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
            .measurementIterations(given.getMeasurementIterations().orElse(ITERATIONS))
            .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)))
            .verbosity(given.verbosity().orElse(VerboseMode.SILENT))
            .shouldFailOnError(true);
        for (final String benchmark : NOT_CHECKED)
        {
            builder.exclude(benchmark);
        }

        return builder.build();
    }

    /** False when one allocates. */
    private static boolean report(final Iterable<RunResult> results)
    {
        boolean isClean = true;
        for (final RunResult result : results)
        {
            final IterationGarbage cleanest = cleanest(iterations(result));
            isClean &= cleanest.isClean();
            System.out.printf("%-9s  %9.5f B/op  %s%n",
                cleanest.isClean() ? "clean" : "ALLOCATES", cleanest.bytesPerOperation(), name(result));
        }

        return isClean;
    }

    /**
     * The iteration that allocated least: what an operation allocates it allocates in each of them, while the virtual
     * machine, warming up and closing down allocate in some.
     */
    static IterationGarbage cleanest(final Iterable<IterationGarbage> iterations)
    {
        IterationGarbage cleanest = new IterationGarbage(Double.POSITIVE_INFINITY, 0);
        for (final IterationGarbage iteration : iterations)
        {
            if (iteration.operations() > 0 &&
                (0 == cleanest.operations() || iteration.bytesOfOperation() < cleanest.bytesOfOperation()))
            {
                cleanest = iteration;
            }
        }

        return cleanest;
    }

    private static List<IterationGarbage> iterations(final RunResult result)
    {
        final List<IterationGarbage> iterations = new ArrayList<>();
        for (final BenchmarkResult fork : result.getBenchmarkResults())
        {
            for (final IterationResult iteration : fork.getIterationResults())
            {
                final Result<?> bytes = iteration.getSecondaryResults().get(PROFILER_KEY);
                if (null != bytes)
                {
                    iterations.add(new IterationGarbage(bytes.getScore(), iteration.getMetadata().getAllOps()));
                }
            }
        }

        return iterations;
    }

    private static String name(final RunResult result)
    {
        final StringBuilder name = new StringBuilder(result.getParams().getBenchmark());
        name.delete(0, GarbageCheck.class.getPackageName().length() + 1);
        for (final String key : result.getParams().getParamsKeys())
        {
            name.append(' ').append(key).append('=').append(result.getParams().getParam(key));
        }

        return name.toString();
    }
}
