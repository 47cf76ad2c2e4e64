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

import io.peregrine.perf.bench.client.StartupProcess;
import io.peregrine.perf.cli.CommandLines;
import io.peregrine.perf.cli.HelpOption;
import io.peregrine.perf.cli.PositiveConverter;
import io.peregrine.perf.floor.FloorBinary;
import io.peregrine.perf.floor.FloorServer;
import io.peregrine.pool.ClientPoolBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Measures the first orders of fresh processes: cold, warmed up, and with the JVM's ahead-of-time cache. */
@Command(
    name = "startup",
    sortOptions = false,
    description = {
        "Measures what the first 1,000 orders of a fresh process cost, and how long it takes to be ready for them: " +
            "of a client in C, and of this one cold, after a warm-up of the pool, with an ahead-of-time cache of the " +
            "JVM, and with both; a rehearsal has the warm-up run the code that makes the orders, too. " +
            "Each figure is the median of several processes, which take turns.",
        ""},
    footer = {
        "",
        "main, connected: time from the start of the process. 1st to 101-1000: medians of round trips; longest: of " +
            "these 1,000; steady: median of the second half of the 50,000 orders behind them; rested: median of 21 " +
            "orders behind those, each after a pause as long as before the first one, 5 ms.",
        "",
        "Exit codes: 0; 1 when --assert is missed, or a process fails; 2 wrong usage."})
public final class StartupCommand implements Callable<Integer>
{
    private static final int CLIENT_CPU = 0;
    private static final int SERVER_CPU = 1;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = "--repeats", paramLabel = "N", defaultValue = "9", converter = PositiveConverter.class,
        description = "Processes of each kind; ${DEFAULT-VALUE} unless given.")
    private int repeats;

    @Option(names = "--warm-up", paramLabel = "N", converter = PositiveConverter.class,
        description = "Exchanges of a warm-up; as many as are recommended unless given.")
    private Integer warmUpExchanges;

    @Option(names = "--assert", paramLabel = "RATIO",
        description = "What the first order may cost after a warm-up, as a multiple of the steady median.")
    private Double maxRatio;

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the figures as JSON.")
    private Path jsonFile;

    /** Creates the command; picocli fills in its options. */
    public StartupCommand()
    {
    }

    /**
     * Runs the processes, prints the table.
     *
     * @return the exit code: 0, or 1 when the ratio that was asked for is missed.
     * @throws IOException when the server or a client fails, or a file cannot be written.
     */
    @Override
    public Integer call() throws IOException
    {
        final PrintWriter out = spec.commandLine().getOut();
        final Optional<Path> floor = FloorBinary.find();
        final List<StartupVariant> variants = variants(floor, out);
        final Path directory = Files.createTempDirectory("startup");
        final Path aotCache = directory.resolve("startup.aot");
        try
        {
            measure(variants, floor.orElse(null), aotCache);
        }
        finally
        {
            Files.deleteIfExists(aotCache);
            Files.delete(directory);
        }

        final StartupReport report = new StartupReport(variants);
        report.print(out);
        if (null != jsonFile)
        {
            report.write(jsonFile);
        }

        return verdict(variants);
    }

    private List<StartupVariant> variants(final Optional<Path> floor, final PrintWriter out)
    {
        final List<StartupVariant> variants = new ArrayList<>();
        if (floor.isPresent())
        {
            variants.add(StartupVariant.floor());
        }
        variants.add(new StartupVariant("cold", false, false, false));
        variants.add(new StartupVariant("warm-up", true, false, false));
        variants.add(new StartupVariant("warm-up and rehearsal", true, true, false));
        if (isClassPathOfJars())
        {
            variants.add(new StartupVariant("AOT cache", false, false, true));
            variants.add(new StartupVariant("both", true, false, true));
        }
        else
        {
            out.println("No ahead-of-time cache: it takes a class path of jars alone, as of scripts/peregrine.");
        }

        return variants;
    }

    private void measure(final List<StartupVariant> variants, final Path floor, final Path aotCache)
        throws IOException
    {
        final int exchanges = null == warmUpExchanges ? ClientPoolBuilder.WARM_UP_EXCHANGES : warmUpExchanges;
        try (FloorServer server = FloorServer.start(SERVER_CPU))
        {
            if (variants.stream().anyMatch(StartupVariant::isCached))
            {
                StartupProcess.train(server.port(), CLIENT_CPU, exchanges, aotCache);
            }
            for (int i = 0; i < repeats; i++)
            {
                for (final StartupVariant variant : variants)
                {
                    variant.add(variant.isFloor() ? FloorStartup.run(floor, server.port(), CLIENT_CPU) :
                        StartupProcess.run(server.port(), CLIENT_CPU,
                            variant.isWarmedUp() ? exchanges : 0, variant.isRehearsed(),
                            variant.isCached() ? aotCache : null));
                }
            }
        }
    }

    private int verdict(final List<StartupVariant> variants)
    {
        for (final StartupVariant variant : variants)
        {
            if (null != maxRatio && variant.isWarmedUp() && variant.firstRatio() > maxRatio)
            {
                CommandLines.complain(spec.commandLine(),
                    "missed: the first order costs more than " + maxRatio + " times the steady one: " + variant.name());
                return ExitCode.SOFTWARE;
            }
        }

        return ExitCode.OK;
    }

    private static boolean isClassPathOfJars()
    {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .allMatch((entry) -> Files.isRegularFile(Path.of(entry)));
    }
}
