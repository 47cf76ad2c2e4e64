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
package io.peregrine.codec;

import org.agrona.concurrent.UnsafeBuffer;

import java.nio.ByteBuffer;

import static io.peregrine.codec.ReadState.INCOMPLETE;

/**
 * Feeds a stream to a reader piece by piece. Before each piece the free part of the buffer is filled with rubbish
 * of the kind that a parser would trip over, so that one which looks at bytes that have not come yet is found
 * out.
 */
final class ResponseFeeder
{
    private static final byte[] RUBBISH = { '\n', 0, '\r', 'x', '0', ' ', ':', ';', -1 };

    private ResponseFeeder()
    {
    }

    static ResponseVerdict feed(
        final ResponseReader reader,
        final HttpMethod method,
        final byte[] stream,
        final boolean isEndOfStream,
        final Segmentation segmentation)
    {
        return feed(reader, method, stream, stream.length, isEndOfStream, segmentation);
    }

    static ResponseVerdict feed(
        final ResponseReader reader,
        final HttpMethod method,
        final byte[] stream,
        final int streamLength,
        final boolean isEndOfStream,
        final Segmentation segmentation)
    {
        final UnsafeBuffer source = new UnsafeBuffer(stream);
        reader.expect(method);
        int offset = 0;
        while (offset < streamLength && INCOMPLETE == reader.state())
        {
            final int length = Math.min(segmentation.lengthAt(offset), streamLength - offset);
            fillWithRubbish(reader, offset);
            offset += 0 == (offset & 1) ? reader.read(source, offset, length) : receive(reader, stream, offset, length);
        }

        if (isEndOfStream && INCOMPLETE == reader.state())
        {
            reader.onEndOfStream();
        }

        return ResponseVerdict.of(reader, streamLength);
    }

    /** What a channel does: puts as much as fits into the receive region. */
    private static int receive(final ResponseReader reader, final byte[] stream, final int offset, final int length)
    {
        final ByteBuffer region = reader.receiveRegion();
        final int received = Math.min(length, region.remaining());
        region.put(stream, offset, received);
        reader.onReceived(received);

        return received;
    }

    private static void fillWithRubbish(final ResponseReader reader, final int offset)
    {
        final byte rubbish = RUBBISH[offset % RUBBISH.length];
        reader.buffer().setMemory(reader.receiveOffset(), Math.min(64, reader.receiveLength()), rubbish);
    }
}
