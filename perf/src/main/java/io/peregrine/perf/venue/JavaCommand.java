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

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static io.peregrine.tls.TlsConfig.WOLFSSL_LIBRARY_PROPERTY;

/** How to start another program on the Java, the class path and the flags of this one. */
public final class JavaCommand
{
    /** The system property that names the file of JVM flags, as in {@code java @file}; without it there are none. */
    public static final String FLAGS_PROP_NAME = "peregrine.flags";

    /** A small heap of fixed size and no collector threads, which would disturb what is measured. */
    private static final List<String> HEAP_FLAGS =
        List.of("-XX:+UseSerialGC", "-Xms256m", "-Xmx256m", "-XX:-UsePerfData");

    private JavaCommand()
    {
    }

    /**
     * The command line that runs a class.
     *
     * @param mainClass the class to run.
     * @param args      its arguments.
     * @return the program and its arguments.
     */
    public static List<String> of(final Class<?> mainClass, final String... args)
    {
        return of(List.of(), mainClass, args);
    }

    /**
     * The command line that runs a class in a JVM with further options.
     *
     * @param options   of the JVM, besides those that all have.
     * @param mainClass the class to run.
     * @param args      its arguments.
     * @return the program and its arguments.
     */
    public static List<String> of(final List<String> options, final Class<?> mainClass, final String... args)
    {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        final String flagsFile = System.getProperty(FLAGS_PROP_NAME);
        if (null != flagsFile)
        {
            command.add("@" + flagsFile);
        }

        command.addAll(HEAP_FLAGS);
        command.addAll(options);
        command.add("-D" + WOLFSSL_LIBRARY_PROPERTY + "=" + System.getProperty(WOLFSSL_LIBRARY_PROPERTY, ""));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(mainClass.getName());
        command.addAll(List.of(args));
        return command;
    }
}
