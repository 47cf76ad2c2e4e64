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

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.peregrine.codec.RestResponse;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;

/**
 * Prints JSON objects, one a line. Lines are kept back for a moment so that many of them leave together; whoever is
 * about to wait calls {@link #flush()}.
 */
final class JsonLines
{
    private static final long MAX_DELAY_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final PrintWriter out;
    private final JsonGenerator generator;
    private long lastFlushNs = System.nanoTime();
    private boolean isPending;
    private boolean isBroken;

    JsonLines(final PrintWriter out)
    {
        this.out = out;
        try
        {
            generator = JsonFactory.builder()
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .build()
                .createGenerator(out);
            generator.setPrettyPrinter(new MinimalPrettyPrinter(""));
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }

    /** Begins an object, for the caller to put fields into. */
    JsonGenerator begin() throws IOException
    {
        generator.writeStartObject();
        return generator;
    }

    /** Status, headers and body of a response, or as little as there is without one. */
    void writeResponse(final RestResponse response) throws IOException
    {
        if (null == response)
        {
            generator.writeNullField("status");
            generator.writeArrayFieldStart("headers");
            generator.writeEndArray();
            generator.writeStringField("body_b64", "");
        }
        else
        {
            generator.writeNumberField("status", response.status());
            writeHeaders(response);
            final byte[] body = new byte[response.bodyLength()];
            response.buffer().getBytes(response.bodyOffset(), body);
            generator.writeBinaryField("body_b64", body);
        }
    }

    /** Ends the object, and with it the line. */
    void end() throws IOException
    {
        generator.writeEndObject();
        generator.writeRaw('\n');
        isPending = true;
        if (System.nanoTime() - lastFlushNs > MAX_DELAY_NS)
        {
            flush();
        }
    }

    /** Lets the reader have all lines that are complete. */
    void flush() throws IOException
    {
        if (isPending)
        {
            generator.flush();
            isBroken = out.checkError();
            isPending = false;
            lastFlushNs = System.nanoTime();
        }
    }

    /** Whether nobody reads any more, as behind {@code | head -1}. */
    boolean isBroken()
    {
        return isBroken;
    }

    private void writeHeaders(final RestResponse response) throws IOException
    {
        generator.writeArrayFieldStart("headers");
        for (int i = 0; i < response.headerCount(); i++)
        {
            generator.writeStartArray();
            generator.writeString(response.headerName(i));
            generator.writeString(response.headerValue(i));
            generator.writeEndArray();
        }

        generator.writeEndArray();
    }
}
