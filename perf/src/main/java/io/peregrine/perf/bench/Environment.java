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
package io.peregrine.perf.bench;

import io.peregrine.perf.machine.IdleProcessors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** What figures were measured on, to stand beside them. */
final class Environment
{
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";
    private static final String UNKNOWN = "unknown";

    private Environment()
    {
    }

    static String describe(final IdleProcessors idle) throws IOException
    {
        return "machine: " + cpu() + ", " + Runtime.getRuntime().availableProcessors() + " processors\n" +
            "system:  " + System.getProperty("os.name") + " " + System.getProperty("os.version") + " " +
            System.getProperty("os.arch") + "\n" +
            "java:    " + System.getProperty("java.vm.vendor") + " " + System.getProperty("java.vm.version") + "\n" +
            "idle:    " + idle + "\n" +
            "date:    " + LocalDate.now(ZoneOffset.UTC) + "\n" +
            "commit:  " + commit() + "\n";
    }

    private static String cpu() throws IOException
    {
        if (!Files.exists(CPU_INFO))
        {
            return UNKNOWN;
        }

        return Files.readAllLines(CPU_INFO).stream().filter((line) -> line.startsWith(MODEL)).findFirst()
            .map((line) -> line.substring(line.indexOf(':') + 1).trim()).orElse(UNKNOWN);
    }

    private static String commit()
    {
        try
        {
            final Process process = new ProcessBuilder("git", "describe", "--always", "--dirty")
                .redirectErrorStream(true).start();
            final String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor(1, TimeUnit.SECONDS) && 0 == process.exitValue() ? text : UNKNOWN;
        }
        catch (final IOException ignore)
        {
            return UNKNOWN;
        }
        catch (final InterruptedException ignore)
        {
            Thread.currentThread().interrupt();
            return UNKNOWN;
        }
    }
}
