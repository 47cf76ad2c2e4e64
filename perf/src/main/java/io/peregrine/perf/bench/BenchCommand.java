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
import io.peregrine.perf.cli.CommandLines;
import io.peregrine.perf.cli.HelpOption;
import io.peregrine.perf.cli.PositiveConverter;
import io.peregrine.perf.floor.FloorBinary;
import io.peregrine.perf.floor.FloorTls;
import io.peregrine.perf.machine.IdleProcessors;
import io.peregrine.perf.machine.NearCores;
import io.peregrine.perf.machine.QuietCores;
import io.peregrine.perf.venue.VenueCertificate;
import io.peregrine.tls.TlsConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Measures round trips on loopback side by side: floors, this client, and what a user would take instead. */
@Command(
    name = "bench",
    sortOptions = false,
    description = {
        "Measures round trips on loopback, plain and over TLS: floors in C and raw NIO, this client, and its peers, " +
            "each in a process of its own, in turns of a few milliseconds.",
        ""},
    footer = {
        "",
        "Figures that a goal can be set for: SCENARIO.p50, .p90, .p99 (ratio to the floor), .peer (ratio to the best " +
            "peer's p50), .garbage (bytes a request); SCENARIO.CLIENT.p50 and so on for another client than this one.",
        "",
        "Exit codes: 0; 1 when a goal that was asked for is missed, or a client fails; 2 wrong usage."})
public final class BenchCommand implements Callable<Integer>
{
    private static final int CLIENT_CPU = 0;
    private static final int SERVER_CPU = 1;
    private static final int FULL_ROUNDS = 12;
    private static final int QUICK_ROUNDS = 10;
    private static final long FULL_CLIENT_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long QUICK_CLIENT_NS = TimeUnit.MILLISECONDS.toNanos(850);
    private static final List<ClientKind> QUICK_KINDS = List.of(ClientKind.PEREGRINE, ClientKind.APACHE);
    private static final List<Goal> GOALS = List.of(
        new Goal("plain.p50", 1.05), new Goal("plain.p99", 1.15), new Goal("plain.peer", 0.36),
        new Goal("plain-20us.peer", 0.36),
        new Goal("plain.garbage", 0), new Goal("tls.garbage", 0));

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = "--quick", description = "Orders only, the peer that does best, less than two minutes.")
    private boolean isQuick;

    @Option(names = "--rounds", paramLabel = "N", converter = PositiveConverter.class,
        description = "Rounds of each scenario.")
    private Integer rounds;

    @Option(names = "--warm-up", paramLabel = "SECONDS", converter = PositiveConverter.class, defaultValue = "20",
        description = "How long a client is warmed up at the most, ${DEFAULT-VALUE} s unless given; it is over " +
            "sooner when the client no longer becomes faster.")
    private int warmUpSeconds;

    @Option(names = "--distance", paramLabel = "LEAST-MOST", converter = NearCores.Converter.class,
        defaultValue = NearCores.DEFAULT,
        description = "Nanoseconds that a word may take between the two cores, there and back, for the orders " +
            "of a turn to be among the figures; ${DEFAULT-VALUE} unless given, as between cores of their own below " +
            "one cache.")
    private NearCores nearCores;

    @Option(names = "--quiet", paramLabel = "RATIO", converter = QuietCores.Converter.class,
        defaultValue = QuietCores.DEFAULT,
        description = "How much longer than the least ever a piece of work may take on each core for the orders " +
            "next to it to be among the figures; ${DEFAULT-VALUE} unless given. It takes longer while somebody " +
            "shares their units.")
    private double quietRatio;

    @Option(names = "--scenario", paramLabel = "NAME", description = "Only this one; may be given many times.")
    private final List<String> names = new ArrayList<>();

    @Option(names = "--client", paramLabel = "NAME", description = {
        "Only this one beside the floor; may be given many times: ${COMPLETION-CANDIDATES}."})
    private final List<ClientKind> kinds = new ArrayList<>();

    @Option(names = "--no-awake",
        description = "Leaves idle processors to the system. Without this they are kept from sleeping, where " +
            "/dev/cpu_dma_latency may be opened, as on a machine tuned for latency; and the host may move them " +
            "before a turn until the two are near each other.")
    private boolean isIdleLeftToTheSystem;

    @Option(names = "--assert", paramLabel = "GOAL",
        description = "A goal that must be met, as in 'plain.p50<=1.05'; may be given many times.")
    private final List<String> assertions = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIRECTORY",
        description = "Where to write histograms, plots, figures and the environment; target/bench of the build " +
            "unless given.")
    private Path directory;

    /** Made by the command line. */
    public BenchCommand()
    {
    }

    /**
     * Runs the rounds and prints each, then the tables and the goals.
     *
     * @return the exit code: 0, or 1 when a goal that was asked for is missed.
     * @throws IOException when the server or a client fails, or nothing can be written.
     */
    @Override
    public Integer call() throws IOException
    {
        final List<Scenario> scenarios = scenarios();
        final List<Goal> asked = askedGoals(scenarios);
        final PrintWriter out = spec.commandLine().getOut();
        final Optional<Path> binary = FloorBinary.find();
        final BenchFiles files = new BenchFiles(outputDirectory(binary));
        final String environment;
        final List<ScenarioResult> results;
        try (IdleProcessors idle = isIdleLeftToTheSystem ?
            IdleProcessors.asTheSystemHasIt() : IdleProcessors.keepAwake())
        {
            environment = Environment.describe(idle);
            files.writeEnvironment(environment);
            out.println(environment);
            results = measure(scenarios, binary.orElse(null), idle, out);
        }

        final Map<String, Double> figures = figures(results);
        final List<Goal> goals = goals(asked, figures);
        for (final ScenarioResult result : results)
        {
            files.write(result);
        }
        files.writeFigures(environment, results, figures, goals);
        print(results, figures, goals, out);
        final List<Goal> missed = asked.stream().filter((goal) -> !goal.isMet(figures)).toList();
        if (missed.isEmpty())
        {
            return ExitCode.OK;
        }

        CommandLines.complain(spec.commandLine(), missed.getFirst().describe(figures));
        return ExitCode.SOFTWARE;
    }

    private static Map<String, Double> figures(final List<ScenarioResult> results)
    {
        final Map<String, Double> figures = new TreeMap<>();
        results.forEach((result) -> result.addTo(figures));
        TlsShare.addTo(results, figures);

        return figures;
    }

    private static void print(
        final List<ScenarioResult> results,
        final Map<String, Double> figures,
        final List<Goal> goals,
        final PrintWriter out)
    {
        results.forEach((result) -> result.print(out));
        out.println();
        goals.forEach((goal) -> out.println(goal.describe(figures)));
        if (figures.containsKey(TlsShare.FLOOR_FIGURE))
        {
            out.printf(Locale.ROOT, "        %s: %.3f us, the same of the C floor, which only seals and opens%n",
                TlsShare.FLOOR_FIGURE, figures.get(TlsShare.FLOOR_FIGURE));
        }
    }

    private List<ScenarioResult> measure(
        final List<Scenario> scenarios, final Path binary, final IdleProcessors idle, final PrintWriter out)
        throws IOException
    {
        final List<Contender> contenders = new ArrayList<>();
        final Path certificateFile = Files.createTempFile("bench", ".pem");
        final Path keyFile = Files.createTempFile("bench", ".key");
        // Also when the run is interrupted.
        certificateFile.toFile().deleteOnExit();
        keyFile.toFile().deleteOnExit();
        try
        {
            final FloorTls tls = tls(certificateFile, keyFile);
            startContenders(contenders, binary);
            final List<Scenario> possible = new ArrayList<>();
            for (final Scenario scenario : scenarios)
            {
                if (null == binary && !scenario.isPlainOrder() || scenario.isTls() && null == tls)
                {
                    out.println(scenario.name() + " is left out: it needs a C compiler" +
                        (scenario.isTls() ? " and the wolfSSL library" : ""));
                }
                else
                {
                    possible.add(scenario);
                }
            }

            return new BenchRun(contenders, binary, tls, plan(), idle, out).run(possible);
        }
        finally
        {
            contenders.forEach(Contender::close);
            Files.delete(certificateFile);
            Files.delete(keyFile);
        }
    }

    private void startContenders(final List<Contender> contenders, final Path binary) throws IOException
    {
        if (null != binary)
        {
            contenders.add(Contender.floor(binary, CLIENT_CPU));
        }

        for (final ClientKind kind : kinds(null != binary))
        {
            contenders.add(Contender.client(kind, CLIENT_CPU));
        }
    }

    /** The first one is what the others are held against: the floor in Java where there is none in C. */
    private Set<ClientKind> kinds(final boolean hasFloor)
    {
        final Set<ClientKind> wanted = new LinkedHashSet<>();
        if (!hasFloor)
        {
            wanted.add(ClientKind.NIO);
        }
        wanted.addAll(!kinds.isEmpty() ? kinds : isQuick ? QUICK_KINDS : List.of(ClientKind.values()));

        return wanted;
    }

    private static FloorTls tls(final Path certificateFile, final Path keyFile) throws IOException
    {
        final String library = System.getProperty(TlsConfig.WOLFSSL_LIBRARY_PROPERTY, "");
        final VenueCertificate certificate = VenueCertificate.make();
        Files.writeString(certificateFile, certificate.pem());
        Files.writeString(keyFile, certificate.keyPem());

        return library.isEmpty() ? null : new FloorTls(Path.of(library), certificateFile, keyFile);
    }

    private RoundPlan plan()
    {
        return new RoundPlan(
            null == rounds ? isQuick ? QUICK_ROUNDS : FULL_ROUNDS : rounds,
            isQuick ? QUICK_CLIENT_NS : FULL_CLIENT_NS, warmUpSeconds, CLIENT_CPU, SERVER_CPU, nearCores, quietRatio);
    }

    private List<Scenario> scenarios()
    {
        final List<Scenario> all =
            !isQuick ? Scenario.ALL : kinds.isEmpty() ? Scenario.QUICK : Scenario.QUICK_WITH_PEERS;
        for (final String name : names)
        {
            if (all.stream().noneMatch((scenario) -> scenario.name().equals(name)))
            {
                throw new ParameterException(spec.commandLine(), "no scenario " + name + ": there are " +
                    String.join(", ", all.stream().map(Scenario::name).toList()));
            }
        }

        return names.isEmpty() ? all : all.stream().filter((scenario) -> names.contains(scenario.name())).toList();
    }

    private List<Goal> askedGoals(final List<Scenario> scenarios)
    {
        final List<Goal> goals;
        try
        {
            goals = assertions.stream().map(Goal::parse).toList();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }

        for (final Goal goal : goals)
        {
            if (scenarios.stream().noneMatch((scenario) -> scenario.hasFigure(goal.figure())))
            {
                throw new ParameterException(spec.commandLine(), "no figure " + goal.figure() + " of " +
                    String.join(", ", scenarios.stream().map(Scenario::name).toList()));
            }
        }

        return goals;
    }

    /** The project's own goals for what was measured, and those that were asked for. */
    private static List<Goal> goals(final List<Goal> asked, final Map<String, Double> figures)
    {
        final List<Goal> goals = new ArrayList<>(
            GOALS.stream().filter((goal) -> figures.containsKey(goal.figure())).toList());
        if (figures.containsKey(TlsShare.FIGURE))
        {
            goals.add(TlsShare.GOAL);
        }
        asked.stream().filter((goal) -> !goals.contains(goal)).forEach(goals::add);

        return goals;
    }

    private Path outputDirectory(final Optional<Path> binary)
    {
        if (null != directory)
        {
            return directory;
        }

        final Path parent = binary.map((path) -> path.resolveSibling("bench")).orElse(Path.of("bench"));
        return parent.resolve(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replace(':', '-'));
    }
}
