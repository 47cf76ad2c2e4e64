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
package io.peregrine.perf.venue;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Runs a {@link VenueSimulator} in a process of its own. Prints {@code LISTENING <port>} once clients can connect, and
 * ends when standard input does or when its time is up.
 */
@Command(
    name = "venue",
    mixinStandardHelpOptions = true,
    description = "Runs a venue simulator until standard input ends; prints LISTENING <port> when it is ready.")
public final class VenueMain implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--port", defaultValue = "0", description = "Port to listen on; 0 picks a free one.")
    private int port;

    @Option(names = "--cpu", defaultValue = "-1", description = "Core to pin the loop to; -1 for none.")
    private int cpu;

    @Option(names = "--max-seconds", defaultValue = "600", description = "Longest life (${DEFAULT-VALUE}).")
    private int maxSeconds;

    @Option(names = "--keepalive-requests", defaultValue = "0",
        description = "Requests that a connection serves before it is closed; 0 for no limit.")
    private int keepAliveRequests;

    @Option(names = "--weight-limit", defaultValue = "0",
        description = "Request weight a minute before requests are answered with 429; 0 for no limit.")
    private int weightLimit;

    @Option(names = "--order-limit", defaultValue = "0",
        description = "Orders in ten seconds before orders are answered with 429; 0 for no limit.")
    private int orderLimit;

    @Option(names = "--max-orders", defaultValue = "65536",
        description = "Orders to remember (${DEFAULT-VALUE}); the oldest is forgotten first.")
    private int maxOrders;

    @Option(names = "--max-connections", defaultValue = "2048",
        description = "Connections open at a time (${DEFAULT-VALUE}).")
    private int maxConnections;

    @Option(names = "--tls-certificate", paramLabel = "FILE",
        description = "Speak TLS, with a certificate made for this run, which is written to FILE for clients to trust.")
    private Path certificateFile;

    @Option(names = "--idle", description = "Back off when there is nothing to do, instead of spinning.")
    private boolean isIdling;

    /** Creates the command; picocli fills in its options. */
    public VenueMain()
    {
    }

    /**
     * Runs the command and ends the process: with 0 when it was told to end, 2 for wrong usage, 1 for a failure.
     *
     * @param args the options; {@code --help} lists them.
     */
    public static void main(final String[] args)
    {
        System.exit(new CommandLine(new VenueMain()).execute(args));
    }

    /**
     * Serves until told to end.
     *
     * @return the exit code: 0, or 1 when the address cannot be bound.
     */
    @Override
    public Integer call()
    {
        try (VenueSimulator simulator = new VenueSimulator(config()))
        {
            // The order book is moved out of the young generation now, not in the middle of a measurement.
            System.gc();
            LifeLine.hold(simulator::close, maxSeconds);
            CpuPinning.pin(cpu);
            System.out.println(ServerProcess.LISTENING + simulator.port());
            System.out.flush();
            simulator.run();
            return CommandLine.ExitCode.OK;
        }
        catch (final IOException ex)
        {
            System.err.println("cannot serve on " + host + ":" + port + ": " + ex.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private VenueConfig config() throws IOException
    {
        try
        {
            final VenueConfig config = new VenueConfig()
                .host(host)
                .port(port)
                .keepAliveRequests(keepAliveRequests)
                .weightLimit(weightLimit)
                .orderLimit(orderLimit)
                .maxOrders(maxOrders)
                .maxConnections(maxConnections)
                .isIdling(isIdling);
            if (null != certificateFile)
            {
                final VenueCertificate certificate = VenueCertificate.make();
                Files.writeString(certificateFile, certificate.pem());
                config.certificate(certificate);
            }

            return config;
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandLine.ParameterException(spec.commandLine(), ex.getMessage(), ex);
        }
    }
}
