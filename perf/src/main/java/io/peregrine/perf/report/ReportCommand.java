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
package io.peregrine.perf.report;

import io.peregrine.perf.cli.HelpOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Writes what other commands measured into the page about performance. */
@Command(
    name = "report",
    sortOptions = false,
    description = {
        "Writes what was measured into performance.md, between its marks, and copies the plots that it shows: " +
            "environment and round-trips (of bench), codec, rings, connections and tls (of JMH), startup, and goals " +
            "(of all that is given).",
        ""},
    footer = {"", "Exit codes: 0; 1 when a file or a mark is missing, and nothing is written then; 2 wrong usage."})
public final class ReportCommand implements Callable<Integer>
{
    private static final String PLOTS = "plots";

    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = "--bench", paramLabel = "DIRECTORY", description = "What bench wrote.")
    private Path benchDirectory;

    @Option(names = "--jmh", paramLabel = "FILE", description = "What scripts/jmh -rf json -rff FILE wrote.")
    private Path jmhFile;

    @Option(names = "--startup", paramLabel = "FILE", description = "What startup --json FILE wrote.")
    private Path startupFile;

    @Option(names = "--docs", paramLabel = "DIRECTORY", defaultValue = "docs",
        description = "Where performance.md is; ${DEFAULT-VALUE} unless given.")
    private Path docs;

    /** Made by the command line. */
    public ReportCommand()
    {
    }

    /**
     * Reads everything, then writes.
     *
     * @return the exit code: 0.
     * @throws IOException              when a file cannot be read or written.
     * @throws IllegalArgumentException when a file has not what it should have, or the page not its marks.
     */
    @Override
    public Integer call() throws IOException
    {
        if (null == benchDirectory && null == jmhFile && null == startupFile)
        {
            throw new ParameterException(spec.commandLine(), "nothing to report: give --bench, --jmh or --startup");
        }

        final Optional<BenchResults> bench = null == benchDirectory ?
            Optional.empty() : Optional.of(BenchResults.read(benchDirectory));
        final Optional<JmhResults> jmh = null == jmhFile ? Optional.empty() : Optional.of(JmhResults.read(jmhFile));
        final Optional<StartupResults> startup = null == startupFile ?
            Optional.empty() : Optional.of(StartupResults.read(startupFile));

        final Path file = docs.resolve("performance.md");
        final MarkedPage page = new MarkedPage(Files.readString(file));
        sections(bench, jmh, startup).forEach(page::replace);
        if (bench.isPresent())
        {
            bench.get().copyPlots(docs.resolve(PLOTS));
        }
        Files.writeString(file, page.text());
        spec.commandLine().getOut().println("written: " + file);

        return ExitCode.OK;
    }

    private static Map<String, String> sections(
        final Optional<BenchResults> bench, final Optional<JmhResults> jmh, final Optional<StartupResults> startup)
    {
        final Map<String, String> sections = new LinkedHashMap<>();
        sections.put("goals", AimTable.of(bench, jmh, startup));
        bench.ifPresent((results) ->
        {
            sections.put("environment", results.environment());
            sections.put("round-trips", results.roundTrips(PLOTS));
        });
        jmh.ifPresent((results) ->
        {
            sections.put("codec", results.codec());
            sections.put("rings", results.rings());
            sections.put("connections", results.connections());
            sections.put("tls", results.tls());
        });
        startup.ifPresent((results) -> sections.put("startup", results.table()));

        return sections;
    }
}
