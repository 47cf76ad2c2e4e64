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

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The body of the requests that {@code call} sends: given as text, as a file or on standard input. */
final class CallBody
{
    /** Longest body in bytes: 16 MiB. */
    static final int LENGTH_LIMIT = 16 * 1024 * 1024;

    private static final String STANDARD_INPUT = "@-";
    private static final char FILE_MARK = '@';

    private CallBody()
    {
    }

    /** The bytes of a body; throws IOException, with a message for people, when there are none to be had. */
    static byte[] read(final String data) throws IOException
    {
        final byte[] body;
        if (STANDARD_INPUT.equals(data))
        {
            body = readUpToLimit(System.in);
        }
        else if (!data.isEmpty() && FILE_MARK == data.charAt(0))
        {
            body = readFile(data.substring(1));
        }
        else
        {
            body = data.getBytes(StandardCharsets.UTF_8);
        }

        if (body.length > LENGTH_LIMIT)
        {
            throw new IOException("the body is longer than " + LENGTH_LIMIT + " bytes");
        }

        return body;
    }

    private static byte[] readFile(final String name) throws IOException
    {
        try (InputStream in = Files.newInputStream(Path.of(name)))
        {
            return readUpToLimit(in);
        }
        catch (final NoSuchFileException ex)
        {
            throw new IOException("no such file: " + name, ex);
        }
        catch (final IOException | InvalidPathException ex)
        {
            throw new IOException("cannot read " + name + ": " + ex.getMessage(), ex);
        }
    }

    private static byte[] readUpToLimit(final InputStream in) throws IOException
    {
        return in.readNBytes(LENGTH_LIMIT + 1);
    }
}
