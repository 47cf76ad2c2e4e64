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
package io.peregrine.perf;

import io.peregrine.perf.bench.BenchCommand;
import io.peregrine.perf.cli.CallCommand;
import io.peregrine.perf.cli.CommandLines;
import io.peregrine.perf.cli.DecodeCommand;
import io.peregrine.perf.cli.FaultsCommand;
import io.peregrine.perf.cli.HelpOption;
import io.peregrine.perf.cli.SoakCommand;
import io.peregrine.perf.cli.demo.DemoCommand;
import io.peregrine.perf.report.ReportCommand;
import io.peregrine.perf.startup.StartupCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command-line tools, each a subcommand: {@code peregrine COMMAND [ARGS]}. */
@Command(
    name = "peregrine",
    description = "Tools of a low-latency HTTP/1.1 client engine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
        DemoCommand.class,
        CallCommand.class,
        DecodeCommand.class,
        BenchCommand.class,
        StartupCommand.class,
        ReportCommand.class,
        SoakCommand.class,
        FaultsCommand.class},
    footer = {"", "Exit codes: 0 success, 1 failure, 2 wrong usage. COMMAND --help says more."})
public final class PeregrineTool
{
    @Mixin
    private HelpOption help;

    /** Creates the command; picocli fills it in. */
    public PeregrineTool()
    {
    }

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the command and its arguments.
     */
    public static void main(final String[] args)
    {
        System.exit(CommandLines.run(commandLine(), args));
    }

    /**
     * All commands, ready to execute.
     *
     * @return the command line, writing to standard output and standard error until told otherwise.
     */
    public static CommandLine commandLine()
    {
        return CommandLines.of(new PeregrineTool());
    }
}
