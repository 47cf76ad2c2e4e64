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

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * What every command does alike: {@code --help}, exit codes 0 for success, 1 for failure and 2 for wrong usage, and one
 * line on standard error that says what went wrong.
 */
public final class CommandLines
{
    private static final int OUTPUT_BUFFER_LENGTH = 64 * 1024;

    private CommandLines()
    {
    }

    /**
     * Prepares a command and its subcommands.
     *
     * @param command annotated for picocli.
     * @return the command line.
     */
    public static CommandLine of(final Object command)
    {
        final CommandLine commandLine = new CommandLine(command);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        // Here @FILE is for a command to read, not a file of arguments.
        commandLine.setExpandAtFiles(false);
        commandLine.setParameterExceptionHandler(CommandLines::onWrongUsage);
        commandLine.setExecutionExceptionHandler(CommandLines::onFailure);

        return commandLine;
    }

    /**
     * Executes a command on buffered standard output.
     *
     * @param commandLine to execute.
     * @param args        of the command.
     * @return the exit code.
     */
    public static int run(final CommandLine commandLine, final String... args)
    {
        final PrintWriter out = new PrintWriter(new BufferedWriter(
            new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8),
            OUTPUT_BUFFER_LENGTH));
        commandLine.setOut(out);
        try
        {
            return commandLine.execute(args);
        }
        catch (final OutOfMemoryError ex)
        {
            System.err.println(commandLine.getCommandName() + ": out of memory: " + ex.getMessage());
            return ExitCode.SOFTWARE;
        }
        finally
        {
            out.flush();
        }
    }

    /**
     * Says on standard error, in one line, what went wrong.
     *
     * @param commandLine of the command that it went wrong in.
     * @param reason      what went wrong.
     */
    public static void complain(final CommandLine commandLine, final String reason)
    {
        final String line = reason.strip().replaceAll("\\R+", " ");
        commandLine.getErr().println(commandLine.getCommandSpec().qualifiedName() + ": " + line);
        commandLine.getErr().flush();
    }

    private static int onWrongUsage(final ParameterException ex, final String[] args)
    {
        final CommandLine commandLine = ex.getCommandLine();
        complain(commandLine,
            ex.getMessage() + " (see " + commandLine.getCommandSpec().qualifiedName() + " --help)");

        return ExitCode.USAGE;
    }

    private static int onFailure(final Exception ex, final CommandLine commandLine, final ParseResult parseResult)
    {
        complain(commandLine, null == ex.getMessage() ? ex.toString() : ex.getMessage());
        return ExitCode.SOFTWARE;
    }
}
