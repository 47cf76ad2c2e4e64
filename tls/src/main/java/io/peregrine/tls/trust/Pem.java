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
package io.peregrine.tls.trust;

import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Blocks of text in PEM form (RFC 7468).
 *
 * @param label   such as {@code CERTIFICATE}.
 * @param content bytes of the block, null when it has headers of its own: the old form of encrypted keys.
 */
record Pem(String label, byte[] content)
{
    static final int MAX_FILE_LENGTH = 1024 * 1024;

    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** All blocks of a file, in order; text between them is ignored. */
    static List<Pem> read(final Path file) throws TlsException
    {
        return parse(new String(bytes(file), StandardCharsets.ISO_8859_1), file.toString());
    }

    /** All blocks of a text, in order; the source is named in errors. */
    static List<Pem> parse(final String text, final String source) throws TlsException
    {
        final List<Pem> blocks = new ArrayList<>();
        String label = null;
        StringBuilder body = new StringBuilder();
        for (final String line : text.lines().map(String::strip).toList())
        {
            if (line.startsWith(BEGIN) && line.endsWith(DASHES))
            {
                label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                body = new StringBuilder();
            }
            else if (null != label && line.equals(END + label + DASHES))
            {
                blocks.add(block(label, body.toString(), source, blocks.size() + 1));
                label = null;
            }
            else if (null != label)
            {
                body.append(line);
            }
        }

        if (null != label)
        {
            throw bad(source, blocks.size() + 1, label + " has no end", null);
        }

        return blocks;
    }

    /** Content of a small file. */
    static byte[] bytes(final Path file) throws TlsException
    {
        try (InputStream input = Files.newInputStream(file))
        {
            final byte[] bytes = input.readNBytes(MAX_FILE_LENGTH + 1);
            if (bytes.length > MAX_FILE_LENGTH)
            {
                throw new TlsException(
                    TlsError.BAD_CONFIGURATION, file + " is longer than " + MAX_FILE_LENGTH + " bytes");
            }

            return bytes;
        }
        catch (final TlsException ex)
        {
            throw ex;
        }
        catch (final IOException ex)
        {
            throw new TlsException(TlsError.BAD_CONFIGURATION, "cannot read " + file + ": " + ex, ex);
        }
    }

    /** Text of one block. */
    static String format(final String label, final byte[] content)
    {
        return BEGIN + label + DASHES + '\n' +
            Base64.getMimeEncoder(64, new byte[]{ '\n' }).encodeToString(content) + '\n' +
            END + label + DASHES + '\n';
    }

    static TlsException bad(final String source, final int number, final String reason, final Exception cause)
    {
        return new TlsException(
            TlsError.BAD_CONFIGURATION, source + ", PEM block " + number + ": " + reason, cause);
    }

    private static Pem block(final String label, final String body, final String source, final int number)
        throws TlsException
    {
        if (body.contains(":"))
        {
            return new Pem(label, null);
        }

        try
        {
            return new Pem(label, Base64.getDecoder().decode(body));
        }
        catch (final IllegalArgumentException ex)
        {
            throw bad(source, number, label + " is not base 64", ex);
        }
    }
}
