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
package io.peregrine.perf.floor;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Builds the C program of the floor from its source, when it is missing or older than that. */
public final class FloorBinary
{
    private static final String COMPILER = "gcc";
    private static final String NAME = "floor";
    private static final long COMPILE_TIMEOUT_SECONDS = 60;

    private FloorBinary()
    {
    }

    /**
     * The program in the build directory that this class was loaded from, built now if necessary.
     *
     * @return the program; empty without a C compiler, or away from the project's source.
     * @throws IOException when there is a compiler and it fails.
     */
    public static Optional<Path> find() throws IOException
    {
        final Path target = buildDirectory();
        if (null == target)
        {
            return Optional.empty();
        }

        final Path source = target.resolveSibling(Path.of("src", "main", "c", "floor.c"));
        return Files.exists(source) && isCompilerPresent() ? Optional.of(compile(source, target)) : Optional.empty();
    }

    /**
     * Builds the program.
     *
     * @param source    the source file.
     * @param directory where to put the program; must exist.
     * @return the program, which is left alone when it is newer than its source.
     * @throws IOException when the compiler is missing or fails.
     */
    public static Path compile(final Path source, final Path directory) throws IOException
    {
        final Path binary = directory.resolve(NAME);
        if (Files.exists(binary) &&
            Files.getLastModifiedTime(binary).compareTo(Files.getLastModifiedTime(source)) >= 0)
        {
            return binary;
        }

        // Under another name first, so that nobody starts half a program.
        final Path unfinished = Files.createTempFile(directory, NAME, ".tmp");
        try
        {
            run(COMPILER, "-O2", "-Wall", "-Wextra", "-Werror", "-pthread", "-o", unfinished.toString(),
                source.toString());
            return Files.move(
                unfinished, binary, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        finally
        {
            Files.deleteIfExists(unfinished);
        }
    }

    /** The nearest directory above the class files or their archive that is called target, or null. */
    private static Path buildDirectory()
    {
        try
        {
            Path path = Path.of(FloorBinary.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            while (null != path && !path.endsWith("target"))
            {
                path = path.getParent();
            }

            return path;
        }
        catch (final URISyntaxException ignore)
        {
            return null;
        }
    }

    private static boolean isCompilerPresent()
    {
        try
        {
            run(COMPILER, "--version");
            return true;
        }
        catch (final IOException ignore)
        {
            return false;
        }
    }

    private static void run(final String... command) throws IOException
    {
        final Path log = Files.createTempFile(NAME, ".log");
        try
        {
            final Process process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
            await(process, command[0]);
            if (0 != process.exitValue())
            {
                throw new IOException(command[0] + " failed: " + Files.readString(log, StandardCharsets.UTF_8));
            }
        }
        finally
        {
            Files.deleteIfExists(log);
        }
    }

    private static void await(final Process process, final String name) throws IOException
    {
        try
        {
            if (!process.waitFor(COMPILE_TIMEOUT_SECONDS, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
                throw new IOException(name + " takes more than " + COMPILE_TIMEOUT_SECONDS + " s");
            }
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while " + name + " was running", ex);
        }
    }
}
