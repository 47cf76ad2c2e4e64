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
package io.peregrine.perf.cli;

import io.peregrine.engine.EngineContext;
import io.peregrine.engine.EngineCounter;
import io.peregrine.engine.HttpConnectionBuilder;
import io.peregrine.engine.HttpEngine;
import io.peregrine.perf.venue.VenueProcess;
import io.peregrine.tls.TlsConfig;
import org.agrona.concurrent.BackoffIdleStrategy;
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
import java.util.Locale;
import java.util.concurrent.Callable;

/** Connects, shakes hands and closes over and over, and watches the memory. */
@Command(
    name = "soak",
    sortOptions = false,
    description = {
        "Connects to a venue simulator over TLS, shakes hands and closes, over and over, and watches the memory.",
        ""},
    footer = {
        "",
        "Prints the memory of the process (VmRSS) and of the heap in use after a collection, ten times. " +
            "Both are to be flat: memory may grow while the JVM warms up, in the first half, and by at most " +
            SoakCommand.MAX_GROWTH_PERCENT + " % in the second.",
        "",
        "Exit codes: 0 when the memory stayed flat; 1 when it grew; 2 wrong usage."})
public final class SoakCommand implements Callable<Integer>
{
    static final int MAX_GROWTH_PERCENT = 5;

    private static final int STEPS = 10;
    private static final int PERCENT = 100;

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Mixin
    private TlsOptions tls;

    @Option(names = "--handshakes", paramLabel = "N", defaultValue = "10000", converter = PositiveConverter.class,
        description = "Number of connections; ${DEFAULT-VALUE} unless given.")
    private int handshakes;

    /** Creates the command; picocli fills in its options. */
    public SoakCommand()
    {
    }

    /**
     * Runs the loop.
     *
     * @return the exit code: 0 when the memory stayed flat, otherwise 1.
     * @throws IOException when the venue cannot be started.
     */
    @Override
    public Integer call() throws IOException
    {
        final Path certificate = Files.createTempFile("venue", ".pem");
        try (VenueProcess venue =
            VenueProcess.start("--idle", "--max-seconds", "3600", "--tls-certificate", certificate.toString());
            HttpEngine engine = new HttpEngine(new EngineContext().idleStrategy(new BackoffIdleStrategy())))
        {
            final List<Long> rssKb = soak(engine, "https://127.0.0.1:" + venue.port(), config(certificate));
            final long middleKb = rssKb.get(STEPS / 2 - 1);
            final long growthPercent = PERCENT * (rssKb.getLast() - middleKb) / middleKb;
            if (growthPercent <= MAX_GROWTH_PERCENT)
            {
                return ExitCode.OK;
            }

            CommandLines.complain(spec.commandLine(), "the process grew by " + growthPercent + " % in the second half");
            return ExitCode.SOFTWARE;
        }
        finally
        {
            Files.delete(certificate);
        }
    }

    private TlsConfig config(final Path certificate) throws IOException
    {
        try
        {
            return tls.config().withoutSystemRoots().trustPem(certificate).build();
        }
        catch (final IllegalArgumentException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }
    }

    private List<Long> soak(final HttpEngine engine, final String url, final TlsConfig config) throws IOException
    {
        final PrintWriter out = spec.commandLine().getOut();
        final List<Long> rssKb = new ArrayList<>();
        int made = 0;
        for (int step = 1; step <= STEPS; step++)
        {
            final int due = (int)((long)handshakes * step / STEPS);
            while (made < due)
            {
                new HttpConnectionBuilder(engine).tls(config).connect(url).close();
                made++;
            }

            final long heapKb = ProcessMemory.heapKb();
            rssKb.add(ProcessMemory.rssKb());
            out.printf(Locale.ROOT, "%,9d handshakes, %,9d resumed, RSS %,9d KiB, heap %,8d KiB%n",
                engine.counters().get(EngineCounter.TLS_HANDSHAKES),
                engine.counters().get(EngineCounter.TLS_RESUMPTIONS),
                rssKb.getLast(),
                heapKb);
            out.flush();
        }

        return rssKb;
    }
}
