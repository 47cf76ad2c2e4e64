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

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Bytes out, answers in, over a plain socket; no read waits longer than ten seconds. */
final class RawClient implements AutoCloseable
{
    private static final int TIMEOUT_MS = 10_000;
    private static final int RECEIVE_BUFFER_LENGTH = 64 * 1024;

    private final Socket socket;
    private final InputStream in;

    /** What was read of one answer; the names of the fields are in lower case. */
    record Response(int status, Map<String, String> fields, String body)
    {
        String field(final String name)
        {
            return fields.get(name.toLowerCase(Locale.ROOT));
        }

        boolean isLast()
        {
            return "close".equals(field("Connection"));
        }
    }

    RawClient(final int port) throws IOException
    {
        this(port, RECEIVE_BUFFER_LENGTH);
    }

    /** A small receive buffer makes a client that is slow to take its answers. */
    RawClient(final int port, final int receiveBufferLength) throws IOException
    {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBufferLength);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    void send(final String bytes) throws IOException
    {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    Response exchange(final String bytes) throws IOException
    {
        send(bytes);
        return read();
    }

    Response read() throws IOException
    {
        return read(false);
    }

    /** Reads an answer to HEAD, whose Content-Length is not followed by a body. */
    Response readHead() throws IOException
    {
        return read(true);
    }

    void endOutput() throws IOException
    {
        socket.shutdownOutput();
    }

    boolean isAtEnd() throws IOException
    {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException
    {
        socket.close();
    }

    private Response read(final boolean isBodiless) throws IOException
    {
        final String statusLine = readLine();
        if (!statusLine.matches("HTTP/1\\.1 \\d{3} [A-Za-z ]+"))
        {
            throw new IOException("not a status line: " + statusLine);
        }

        final Map<String, String> fields = new TreeMap<>();
        String line = readLine();
        while (!line.isEmpty())
        {
            final int colon = line.indexOf(": ");
            if (null != fields.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2)))
            {
                throw new IOException("a field comes twice: " + line);
            }

            line = readLine();
        }

        final int length = isBodiless ? 0 : Integer.parseInt(fields.getOrDefault("content-length", "0"));
        final String body = new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        if (body.length() < length)
        {
            throw new EOFException("the body ends after " + body.length() + " of " + length);
        }

        return new Response(Integer.parseInt(statusLine.substring(9, 12)), fields, body);
    }

    private String readLine() throws IOException
    {
        final ByteArrayOutputStream line = new ByteArrayOutputStream();
        int b = in.read();
        while ('\n' != b)
        {
            if (b < 0)
            {
                throw new EOFException("the connection ended within: " + line);
            }

            line.write(b);
            b = in.read();
        }

        final String text = line.toString(StandardCharsets.ISO_8859_1);
        if (!text.endsWith("\r"))
        {
            throw new IOException("a line does not end in CR LF: " + text);
        }

        return text.substring(0, text.length() - 1);
    }
}
