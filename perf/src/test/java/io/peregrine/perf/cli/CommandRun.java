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

import io.peregrine.perf.PeregrineTool;
import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A command that was run in this process, and what it printed. */
public final class CommandRun
{
    private final int exitCode;
    private final String out;
    private final String err;

    private CommandRun(final int exitCode, final String out, final String err)
    {
        this.exitCode = exitCode;
        this.out = out;
        this.err = err;
    }

    public static CommandRun of(final String... args)
    {
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        final CommandLine commandLine = PeregrineTool.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        final int exitCode = commandLine.execute(args);

        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    public int exitCode()
    {
        return exitCode;
    }

    public String out()
    {
        return out;
    }

    public String err()
    {
        return err;
    }

    /** The lines of output as maps, lists, strings, longs, doubles, booleans and nulls. */
    public List<Map<String, Object>> objects()
    {
        return out.lines().map(CommandRun::parse).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> parse(final String line)
    {
        try
        {
            return (Map<String, Object>)JsonValues.parse(line);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(line, ex);
        }
    }
}
