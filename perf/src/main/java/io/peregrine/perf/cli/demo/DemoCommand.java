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
package io.peregrine.perf.cli.demo;

import io.peregrine.perf.cli.CommandLines;
import io.peregrine.perf.cli.HelpOption;
import io.peregrine.perf.cli.PositiveConverter;
import io.peregrine.perf.venue.VenueProcess;
import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsProvider;
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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Starts a venue in a process of its own, sends orders to it and prints the latency of the answers. */
@Command(
    name = "demo",
    sortOptions = false,
    description = {
        "Sends orders to a venue simulator in another process and prints their latency.",
        "Checks every answer against its order. Latency and garbage are measured after a warm-up. Every " +
            DemoClient.FOLLOW_UP_INTERVAL + "th order is queried and canceled too, outside of the count.",
        ""},
    footer = {
        "",
        "With one connection an order is sent when the one before it is answered. With more, the first half of the " +
            "orders is sent like that, and the second half with an order in flight on each connection.",
        "With --threads each thread has an order in flight; if there is no core for each of them, and for engine and " +
            "venue, they give way to each other, and latencies are those of a crowded machine.",
        "",
        "Exit codes: 0 when every answer matched its order and no garbage was made; 1 otherwise; 2 wrong usage."})
public final class DemoCommand implements Callable<Integer>
{
    private static final int DEFAULT_ORDERS = 100_000;
    private static final int MIN_WARM_UP = 1_000;
    private static final int NO_CPU = -1;
    private static final String VENUE_MAX_SECONDS = "3600";

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = "--orders", paramLabel = "N", converter = PositiveConverter.class,
        description = "Number of orders; " + DEFAULT_ORDERS + " for each thread unless given.")
    private Integer orders;

    @Option(names = "--threads", paramLabel = "N", converter = PositiveConverter.class,
        description = "Strategy threads that submit through rings to an engine with a thread of its own; unless " +
            "given, one thread is client and engine in one.")
    private Integer threads;

    @Option(names = "--connections", paramLabel = "N", converter = PositiveConverter.class,
        description = "Connections of the pool; one for each thread unless given.")
    private Integer connections;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "20000", converter = PositiveConverter.class,
        description = "Number of orders before those, checked but not counted; ${DEFAULT-VALUE} unless given, at " +
            "least " + MIN_WARM_UP + ". More are sent while the JVM still compiles and, as it does, allocates.")
    private int warmUpOrders;

    @Option(names = "--cpu", paramLabel = "N", defaultValue = "0",
        description = "Core of the client's thread; ${DEFAULT-VALUE} unless given, -1 for any.")
    private int cpu;

    @Option(names = "--venue-cpu", paramLabel = "N", defaultValue = "1",
        description = "Core of the venue; ${DEFAULT-VALUE} unless given, -1 for any.")
    private int venueCpu;

    @Option(names = "--plain", description = "Speak plain HTTP instead of TLS.")
    private boolean isPlain;

    @Option(names = "--tls-provider", paramLabel = "P", defaultValue = "auto",
        description = "auto, wolfssl or jsse; ${DEFAULT-VALUE} unless given.")
    private TlsProvider tlsProvider;

    /** Creates the command; picocli fills in its options. */
    public DemoCommand()
    {
    }

    /**
     * Runs the demonstration.
     *
     * @return the exit code: 0, or 1 when an answer was lost or wrong, or when garbage was made.
     * @throws Exception when the venue cannot be started or talked to.
     */
    @Override
    public Integer call() throws Exception
    {
        if (warmUpOrders < MIN_WARM_UP)
        {
            throw new ParameterException(spec.commandLine(), "--warm-up must be at least " + MIN_WARM_UP);
        }

        final Path certificate = isPlain ? null : Files.createTempFile("venue", ".pem");
        final String trouble;
        // Before any thread is pinned, since a process inherits the core of the thread that starts it.
        try (VenueProcess venue = startVenue(certificate))
        {
            trouble = runClient(venue, tlsConfig(certificate));
        }
        finally
        {
            if (null != certificate)
            {
                Files.delete(certificate);
            }
        }

        if (null == trouble)
        {
            return ExitCode.OK;
        }

        CommandLines.complain(spec.commandLine(), trouble);
        return ExitCode.SOFTWARE;
    }

    private VenueProcess startVenue(final Path certificate) throws IOException
    {
        final List<String> options = new ArrayList<>(List.of("--max-seconds", VENUE_MAX_SECONDS));
        if (isShared())
        {
            options.add("--idle");
        }
        else
        {
            options.addAll(List.of("--cpu", String.valueOf(venueCpu)));
        }

        if (null != certificate)
        {
            options.addAll(List.of("--tls-certificate", certificate.toString()));
        }

        return VenueProcess.start(options.toArray(new String[0]));
    }

    /** Trusts the certificate that the venue has made, and nothing else. */
    private TlsConfig tlsConfig(final Path certificate) throws TlsException
    {
        return null == certificate ? null :
            TlsConfig.builder().provider(tlsProvider).withoutSystemRoots().trustPem(certificate).build();
    }

    /** What went wrong, or null; on a thread of its own, so that pinning it concerns nobody else. */
    private String runClient(final VenueProcess venue, final TlsConfig tls) throws Exception
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("venue: process " + venue.pid() + ", port " + venue.port());
        out.flush();

        final int threadCount = null == threads ? 1 : threads;
        final DemoConfig config = new DemoConfig(
            venue.port(),
            isShared() ? NO_CPU : cpu,
            null == orders ? DEFAULT_ORDERS * threadCount : orders,
            warmUpOrders,
            null == connections ? threadCount : connections,
            threadCount,
            tls);
        final FutureTask<String> client = new FutureTask<>(
            null == threads ? new DemoClient(config, out) : new ThreadedDemoClient(config, out));
        Thread.ofPlatform().daemon().name("demo-client").start(client);
        try
        {
            return client.get();
        }
        catch (final ExecutionException ex)
        {
            throw ex.getCause() instanceof final Exception cause ? cause : ex;
        }
    }

    /** With more threads that spin than cores all have to take turns. */
    private boolean isShared()
    {
        final int spinning = null == threads ? 1 : 1 + threads;
        return Runtime.getRuntime().availableProcessors() < spinning + 1;
    }
}
