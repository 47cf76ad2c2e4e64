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
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

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

        final Path sources = target.resolveSibling(Path.of("src", "main", "c"));
        return Files.exists(sources) && isCompilerPresent() ? Optional.of(compile(sources, target)) : Optional.empty();
    }

    /**
     * Builds the program.
     *
     * @param sources   the directory of the source files.
     * @param directory where to put the program; must exist.
     * @return the program, which is left alone when it is newer than its sources.
     * @throws IOException when the compiler is missing or fails.
     */
    public static Path compile(final Path sources, final Path directory) throws IOException
    {
        final List<Path> files;
        try (Stream<Path> list = Files.list(sources))
        {
            files = list.sorted().toList();
        }

        final Path binary = directory.resolve(NAME);
        if (isNewer(binary, files))
        {
            return binary;
        }

        // Under another name first, so that nobody starts half a program.
        final Path unfinished = Files.createTempFile(directory, NAME, ".tmp");
        try
        {
            final List<String> command = new ArrayList<>(List.of(
                COMPILER, "-O2", "-Wall", "-Wextra", "-Werror", "-pthread", "-o", unfinished.toString()));
            files.stream().map(Path::toString).filter((file) -> file.endsWith(".c")).forEach(command::add);
            command.add("-ldl");
            run(command.toArray(new String[0]));
            return Files.move(
                unfinished, binary, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        finally
        {
            Files.deleteIfExists(unfinished);
        }
    }

    private static boolean isNewer(final Path binary, final List<Path> files) throws IOException
    {
        if (!Files.exists(binary))
        {
            return false;
        }

        final FileTime builtTime = Files.getLastModifiedTime(binary);
        for (final Path file : files)
        {
            if (builtTime.compareTo(Files.getLastModifiedTime(file)) < 0)
            {
                return false;
            }
        }

        return true;
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
