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

import com.fasterxml.jackson.core.JacksonException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** Decodes recorded response streams and prints what a client makes of each as a line of JSON. */
@Command(
    name = "decode",
    sortOptions = false,
    description = {
        "Decodes recorded response streams and prints each as a line of JSON.",
        "Reads JSON objects, one a line: name (null if left out), method (of the request that is answered; GET if " +
            "left out) and bytes_b64. The bytes are decoded as one response stream that then ends, within the " +
            "default limits.",
        ""},
    footer = {
        "",
        "Each line has name, status (null unless complete), headers (list of [name, value]), body_b64, complete, " +
            "error (null or a stable code), reusable (the connection may serve again: nothing is left behind the " +
            "message) and consumed (bytes of the message, or the index of the byte that decided that it is refused).",
        "",
        "A line that cannot be read is told of on standard error, by its number, and skipped; the others are " +
            "decoded all the same.",
        "",
        "Exit codes: 0 when every line was read, whatever it decoded to; 1 when one was not; 2 wrong usage."})
public final class DecodeCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = "--batch", required = true, description = "Reads messages from standard input, one a line.")
    private boolean isBatch;

    @Option(names = "--split", paramLabel = "N", converter = PositiveConverter.class,
        description = "Feeds N bytes at a time, all at once unless given; the result never depends on it.")
    private Integer splitLength;

    /** Creates the command; picocli fills in its options. */
    public DecodeCommand()
    {
    }

    /**
     * Decodes line by line until standard input ends.
     *
     * @return the exit code: 0, or 1 when a line could not be read.
     * @throws IOException when standard input fails.
     */
    @Override
    public Integer call() throws IOException
    {
        final JsonLines lines = new JsonLines(spec.commandLine().getOut());
        final StreamDecoder decoder = new StreamDecoder(null == splitLength ? Integer.MAX_VALUE : splitLength);
        final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

        int exitCode = ExitCode.OK;
        int lineNumber = 0;
        String line = nextLine(in, lines);
        while (null != line && !lines.isBroken())
        {
            lineNumber++;
            if (!line.isBlank() && !decode(line, lineNumber, decoder, lines))
            {
                exitCode = ExitCode.SOFTWARE;
            }

            line = nextLine(in, lines);
        }

        lines.flush();
        return exitCode;
    }

    private boolean decode(
        final String line,
        final int lineNumber,
        final StreamDecoder decoder,
        final JsonLines lines) throws IOException
    {
        final RecordedStream stream;
        try
        {
            stream = RecordedStream.parse(line);
        }
        catch (final JacksonException ex)
        {
            CommandLines.complain(spec.commandLine(), "line " + lineNumber + ": " + ex.getOriginalMessage());
            return false;
        }

        decoder.decode(stream, lines);
        return true;
    }

    private static String nextLine(final BufferedReader in, final JsonLines lines) throws IOException
    {
        if (!in.ready())
        {
            lines.flush();
        }

        return in.readLine();
    }
}
