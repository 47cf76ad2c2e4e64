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

/**
 * What a {@link ResponseReader} accepts at the most, and where it is lenient. Immutable: each setter returns a
 * changed copy, so one value can be shared by many readers and threads. A server is taken to be hostile: every limit
 * is finite.
 *
 * @param maxHeadLength            bytes of status line and header section, blank line included.
 * @param maxHeaders               fields in one head.
 * @param maxBodyLength            bytes of a decoded body.
 * @param maxInterimResponses      interim (1xx) responses before the final one.
 * @param maxChunkExtensionLength  bytes of chunk extensions of one response, all chunks together.
 * @param maxTrailerLength         bytes of the trailer section after the last chunk.
 * @param isBareLineFeedAllowed    whether a line of the head may end in LF alone, which RFC 9112 section 2.2 lets a
 *                                 recipient accept. Chunk framing stays strict.
 */
public record ResponseLimits(
    int maxHeadLength,
    int maxHeaders,
    int maxBodyLength,
    int maxInterimResponses,
    int maxChunkExtensionLength,
    int maxTrailerLength,
    boolean isBareLineFeedAllowed)
{
    /** Default of {@link #maxHeadLength()}: 8 KiB. */
    public static final int MAX_HEAD_LENGTH_DEFAULT = 8 * 1024;

    /** Default of {@link #maxHeaders()}. */
    public static final int MAX_HEADERS_DEFAULT = 64;

    /** Default of {@link #maxBodyLength()}: 1 MiB. */
    public static final int MAX_BODY_LENGTH_DEFAULT = 1024 * 1024;

    /** Default of {@link #maxInterimResponses()}. */
    public static final int MAX_INTERIM_RESPONSES_DEFAULT = 8;

    /** Default of {@link #maxChunkExtensionLength()}: 4 KiB. */
    public static final int MAX_CHUNK_EXTENSION_LENGTH_DEFAULT = 4 * 1024;

    /** Default of {@link #maxTrailerLength()}: 8 KiB. */
    public static final int MAX_TRAILER_LENGTH_DEFAULT = 8 * 1024;

    /** Strict, with the default of every limit. */
    public static final ResponseLimits DEFAULT = new ResponseLimits(
        MAX_HEAD_LENGTH_DEFAULT,
        MAX_HEADERS_DEFAULT,
        MAX_BODY_LENGTH_DEFAULT,
        MAX_INTERIM_RESPONSES_DEFAULT,
        MAX_CHUNK_EXTENSION_LENGTH_DEFAULT,
        MAX_TRAILER_LENGTH_DEFAULT,
        false);

    private static final int SHORTEST_HEAD_LENGTH = "HTTP/1.1 200\r\n\r\n".length();

    /**
     * Validates the limits.
     *
     * @throws IllegalArgumentException when a limit is too small to be of use; the message names it.
     */
    public ResponseLimits
    {
        requireAtLeast(SHORTEST_HEAD_LENGTH, maxHeadLength, "maxHeadLength");
        requireAtLeast(1, maxHeaders, "maxHeaders");
        requireAtLeast(0, maxBodyLength, "maxBodyLength");
        requireAtLeast(0, maxInterimResponses, "maxInterimResponses");
        requireAtLeast(0, maxChunkExtensionLength, "maxChunkExtensionLength");
        requireAtLeast(0, maxTrailerLength, "maxTrailerLength");
    }

    /**
     * Changes the limit of the head.
     *
     * @param length in bytes, blank line included.
     * @return a changed copy.
     */
    public ResponseLimits maxHeadLength(final int length)
    {
        return new ResponseLimits(length, maxHeaders, maxBodyLength, maxInterimResponses,
            maxChunkExtensionLength, maxTrailerLength, isBareLineFeedAllowed);
    }

    /**
     * Changes the number of fields in one head.
     *
     * @param count of fields.
     * @return a changed copy.
     */
    public ResponseLimits maxHeaders(final int count)
    {
        return new ResponseLimits(maxHeadLength, count, maxBodyLength, maxInterimResponses,
            maxChunkExtensionLength, maxTrailerLength, isBareLineFeedAllowed);
    }

    /**
     * Changes the limit of the decoded body. The receive buffer limits it too.
     *
     * @param length in bytes.
     * @return a changed copy.
     */
    public ResponseLimits maxBodyLength(final int length)
    {
        return new ResponseLimits(maxHeadLength, maxHeaders, length, maxInterimResponses,
            maxChunkExtensionLength, maxTrailerLength, isBareLineFeedAllowed);
    }

    /**
     * Changes the number of interim responses before the final one.
     *
     * @param count of interim responses.
     * @return a changed copy.
     */
    public ResponseLimits maxInterimResponses(final int count)
    {
        return new ResponseLimits(maxHeadLength, maxHeaders, maxBodyLength, count,
            maxChunkExtensionLength, maxTrailerLength, isBareLineFeedAllowed);
    }

    /**
     * Changes the limit of all chunk extensions of one response.
     *
     * @param length in bytes.
     * @return a changed copy.
     */
    public ResponseLimits maxChunkExtensionLength(final int length)
    {
        return new ResponseLimits(maxHeadLength, maxHeaders, maxBodyLength, maxInterimResponses,
            length, maxTrailerLength, isBareLineFeedAllowed);
    }

    /**
     * Changes the limit of the trailer section.
     *
     * @param length in bytes.
     * @return a changed copy.
     */
    public ResponseLimits maxTrailerLength(final int length)
    {
        return new ResponseLimits(maxHeadLength, maxHeaders, maxBodyLength, maxInterimResponses,
            maxChunkExtensionLength, length, isBareLineFeedAllowed);
    }

    /**
     * Accepts, or refuses, lines of the head that end in LF alone.
     *
     * @param isAllowed true to accept them.
     * @return a changed copy.
     */
    public ResponseLimits allowBareLineFeed(final boolean isAllowed)
    {
        return new ResponseLimits(maxHeadLength, maxHeaders, maxBodyLength, maxInterimResponses,
            maxChunkExtensionLength, maxTrailerLength, isAllowed);
    }

    private static void requireAtLeast(final int least, final int value, final String name)
    {
        if (value < least)
        {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }
}
