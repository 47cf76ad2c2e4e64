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
package io.peregrine.perf.bench.client;

import io.peregrine.perf.venue.JavaCommand;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Fresh processes, each of which makes its first orders. */
public final class StartupProcess
{
    private static final int MAX_SECONDS = 60;
    private static final String WRITES_CACHE = "-XX:AOTCacheOutput=";
    private static final String READS_CACHE = "-XX:AOTCache=";

    private StartupProcess()
    {
    }

    /**
     * Runs a process to its end.
     *
     * @param port            of a server on the loopback address.
     * @param cpu             core to bind all its threads to, -1 for none.
     * @param warmUpExchanges exchanges to warm up with, 0 for none.
     * @param isRehearsed     whether the warm-up rehearses orders.
     * @param aotCache        ahead-of-time cache of its JVM, or null for none.
     * @return what it measured.
     * @throws IOException when it fails, or takes more than a minute.
     */
    public static StartupFigures run(
        final int port, final int cpu, final int warmUpExchanges, final boolean isRehearsed, final Path aotCache)
        throws IOException
    {
        // A JVM that cannot use its cache goes on without it, unless told otherwise.
        return run(null == aotCache ? List.of() : List.of(READS_CACHE + aotCache, "-XX:AOTMode=on"),
            ProcessBuilder.Redirect.INHERIT, port, cpu, warmUpExchanges, isRehearsed);
    }

    /**
     * Runs a process to its end and has its JVM write an ahead-of-time cache.
     *
     * @param port            of a server on the loopback address.
     * @param cpu             core to bind all its threads to, -1 for none.
     * @param warmUpExchanges exchanges to warm up with, 0 for none.
     * @param aotCache        file to write.
     * @throws IOException when it fails, writes none, or takes more than a minute.
     */
    public static void train(
        final int port, final int cpu, final int warmUpExchanges, final Path aotCache) throws IOException
    {
        Files.deleteIfExists(aotCache);
        // The JVM that makes the cache tells all its options on standard error, which nobody needs unless it fails.
        final Path log = Files.createTempFile("startup", ".log");
        try
        {
            run(List.of(WRITES_CACHE + aotCache), ProcessBuilder.Redirect.to(log.toFile()), port, cpu, warmUpExchanges,
                false);
            if (!Files.exists(aotCache))
            {
                throw new IOException("the JVM wrote no cache to " + aotCache + ": " + Files.readString(log));
            }
        }
        finally
        {
            Files.delete(log);
        }
    }

    private static StartupFigures run(
        final List<String> options,
        final ProcessBuilder.Redirect errors,
        final int port,
        final int cpu,
        final int warmUpExchanges,
        final boolean isRehearsed) throws IOException
    {
        final ProcessBuilder builder = new ProcessBuilder().redirectError(errors);
        builder.command(JavaCommand.of(options, StartupMain.class, Long.toString(System.nanoTime()),
            Integer.toString(port), Integer.toString(cpu), Integer.toString(warmUpExchanges),
            Boolean.toString(isRehearsed)));
        final Process process = builder.start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8))
        {
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || 0 != process.exitValue())
            {
                throw new IOException("the client failed, or took more than " + MAX_SECONDS + " s");
            }

            return StartupFigures.parse(figures(output));
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the client ran", ex);
        }
        finally
        {
            process.destroyForcibly();
        }
    }

    /** The JVM says on standard output that it has written a cache. */
    private static String figures(final BufferedReader output) throws IOException
    {
        return output.lines().filter((line) -> !line.isEmpty() && Character.isDigit(line.charAt(0))).findFirst()
            .orElseThrow(() -> new IOException("the client printed no figures"));
    }
}
