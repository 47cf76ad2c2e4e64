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

import com.fasterxml.jackson.core.JsonGenerator;
import io.peregrine.codec.ReadState;
import io.peregrine.codec.ResponseLimits;
import io.peregrine.codec.ResponseReader;
import org.agrona.concurrent.UnsafeBuffer;

import java.io.IOException;

/** Decodes streams, a given number of bytes at a time, and prints what became of each. */
final class StreamDecoder
{
    private static final ResponseLimits LIMITS = ResponseLimits.DEFAULT;

    private final int splitLength;
    /** With room for the longest head and the longest body, so that the limits alone decide what is too large. */
    private final ResponseReader reader = new ResponseReader(LIMITS.maxHeadLength() + LIMITS.maxBodyLength(), LIMITS);
    private final UnsafeBuffer source = new UnsafeBuffer(0, 0);

    StreamDecoder(final int splitLength)
    {
        this.splitLength = splitLength;
    }

    void decode(final RecordedStream stream, final JsonLines lines) throws IOException
    {
        reader.expect(stream.method());
        feed(stream.bytes());
        // What comes behind a message, and whether it came along with the message, depends on where the stream was cut;
        // whether anything is left does not.
        final boolean isReusable = reader.isReusable() && stream.bytes().length == reader.bytesConsumed();
        if (ReadState.INCOMPLETE == reader.state())
        {
            reader.onEndOfStream();
        }

        final boolean isComplete = ReadState.COMPLETE == reader.state();
        final JsonGenerator json = lines.begin();
        json.writeStringField("name", stream.name());
        lines.writeResponse(isComplete ? reader.response() : null);
        json.writeBooleanField("complete", isComplete);
        json.writeStringField("error", null == reader.error() ? null : reader.error().name());
        json.writeBooleanField("reusable", isReusable);
        json.writeNumberField("consumed", reader.bytesConsumed());
        lines.end();
    }

    private void feed(final byte[] bytes)
    {
        source.wrap(bytes);
        int offset = 0;
        while (offset < bytes.length && ReadState.INCOMPLETE == reader.state())
        {
            offset += reader.read(source, offset, Math.min(splitLength, bytes.length - offset));
        }
    }
}
