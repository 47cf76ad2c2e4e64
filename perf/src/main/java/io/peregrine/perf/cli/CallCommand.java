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

import io.peregrine.codec.HttpException;
import io.peregrine.codec.HttpMethod;
import io.peregrine.codec.HttpUrl;
import io.peregrine.codec.RequestError;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Performs exchanges, one after another, and prints each as a line of JSON. */
@Command(
    name = "call",
    sortOptions = false,
    description = {
        "Performs exchanges, one after another, and prints each as a line of JSON.",
        "All go over one pool of connections.",
        ""},
    footer = {
        "",
        "Each line has seq (from 0), status (null without an answer), headers (list of [name, value]), body_b64, " +
            "reused (the connection had served before), reusable (it may serve again), error (null or a stable " +
            "code), phase (of a failure: RESOLVE, CONNECT, HANDSHAKE, ACQUIRE, WRITE, FIRST_BYTE, READ), " +
            "delivery (NOT_SENT, UNKNOWN, ANSWERED), bytes_written, bytes_read, connection_age_ns, connection_uses " +
            "(exchanges it had served before), address and elapsed_ns. " +
            "When the first connections cannot be made there is one line, with seq 0.",
        "",
        "Exit codes: 0 when all exchanges were answered, whatever their status; 1 when one was not; 2 wrong usage."})
public final class CallCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private HelpOption help;

    @Option(names = {"-X", "--request"}, paramLabel = "METHOD",
        description = "Method of the requests: ${COMPLETION-CANDIDATES}; GET unless given, POST with a body.")
    private HttpMethod method;

    @Option(names = {"-H", "--header"}, paramLabel = "'N: v'", converter = HeaderField.Converter.class,
        description = "Header of the requests; may be given many times.")
    private final List<HeaderField> headers = new ArrayList<>();

    @Option(names = {"-d", "--data"}, paramLabel = "BODY",
        description = "Body of the requests, sent as it is; @FILE reads a file, @- standard input. At most 16 MiB.")
    private String data;

    @Option(names = "--repeat", paramLabel = "N", defaultValue = "1", converter = PositiveConverter.class,
        description = "Number of exchanges; 1 unless given.")
    private int repeat;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "1", converter = PositiveConverter.class,
        description = "Connections of the pool, all made before the first exchange; 1 unless given.")
    private int connections;

    @Option(names = "--deadline", paramLabel = "TIME", defaultValue = "10s", converter = DurationConverter.class,
        description = "Time of each exchange, such as 500ms, 5s or 1m, from the wait for a connection to the " +
            "complete answer; ${DEFAULT-VALUE} unless given. Also bounds each attempt to connect.")
    private Duration deadline;

    @Mixin
    private TlsOptions tls;

    @Parameters(paramLabel = "URL", description = "Such as https://venue.example/path?query.")
    private String url;

    /** Creates the command; picocli fills in its options. */
    public CallCommand()
    {
    }

    /**
     * Performs the exchanges.
     *
     * @return the exit code: 0 when all were answered, otherwise 1.
     * @throws IOException never, as standard output tells of failures in its own way.
     */
    @Override
    public Integer call() throws IOException
    {
        final JsonLines lines = new JsonLines(spec.commandLine().getOut());
        final CallReport report = new CallReport(lines);
        try (CallSession session = new CallSession(options(), lines))
        {
            checkRequest(session);
            if (session.connect(report))
            {
                for (int seq = 0; seq < repeat && !lines.isBroken(); seq++)
                {
                    session.exchange(seq, report);
                }
            }
        }

        lines.flush();
        if (0 == report.failures())
        {
            return ExitCode.OK;
        }

        CommandLines.complain(spec.commandLine(), report.summary());
        return ExitCode.SOFTWARE;
    }

    private CallOptions options()
    {
        try
        {
            final byte[] body = null == data ? null : CallBody.read(data);
            final HttpMethod bodyMethod = null == body ? HttpMethod.GET : HttpMethod.POST;
            return new CallOptions(
                null == method ? bodyMethod : method, HttpUrl.parse(url), headers, body, connections, deadline,
                tls.config().build());
        }
        catch (final HttpException | IllegalArgumentException | IOException ex)
        {
            throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }
    }

    /** A request that cannot be written is wrong usage, to be told before a connection is made. */
    private void checkRequest(final CallSession session)
    {
        try
        {
            session.checkRequest();
        }
        catch (final HttpException ex)
        {
            if (ex.error() instanceof RequestError)
            {
                throw new ParameterException(spec.commandLine(), ex.getMessage(), ex);
            }

            throw ex;
        }
    }
}
