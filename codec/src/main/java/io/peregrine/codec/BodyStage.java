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

import org.agrona.DirectBuffer;

/**
 * Gives a request its body, or none by way of {@link #finish()}.
 * <p>
 * Every method allows a body. {@code Content-Length} is written by the encoder, as the last header.
 */
public interface BodyStage extends FinalStage
{
    /**
     * Copies a body.
     *
     * @param content all of which is the body.
     * @return the last step.
     */
    FinalStage body(byte[] content);

    /**
     * Copies a body.
     *
     * @param content holds the body.
     * @param offset  of its first byte.
     * @param length  of it in bytes.
     * @return the last step.
     * @throws IndexOutOfBoundsException if the region is outside the content.
     */
    FinalStage body(byte[] content, int offset, int length);

    /**
     * Copies a body.
     *
     * @param content holds the body.
     * @param offset  of its first byte.
     * @param length  of it in bytes.
     * @return the last step.
     * @throws IndexOutOfBoundsException if the region is outside the content.
     */
    FinalStage body(DirectBuffer content, int offset, int length);

    /**
     * Encodes a body as UTF-8.
     * <p>
     * Half of a surrogate pair fails the request with {@link RequestError#INVALID_BODY}.
     *
     * @param content the text of the body.
     * @return the last step.
     */
    FinalStage body(CharSequence content);

    /**
     * Begins a body that the caller writes in place and whose length is known only afterwards.
     * <p>
     * {@code Content-Length} is patched by {@link BodyRegion#endBody(int)}. The body stays where it was written as long
     * as its length has as many digits as that of the body before, and is moved by the difference otherwise.
     *
     * @return where to write.
     */
    BodyRegion beginBody();

    /**
     * Begins a body of known length that the caller writes in place.
     * <p>
     * A negative length fails the request with {@link RequestError#BODY_LENGTH_MISMATCH}.
     *
     * @param exactLength of the body in bytes, the only one that {@link BodyRegion#endBody(int)} accepts.
     * @return where to write.
     */
    BodyRegion beginBody(int exactLength);

    /**
     * Begins a body in chunks, with {@code Transfer-Encoding: chunked} in place of {@code Content-Length}.
     *
     * @return takes the chunks.
     */
    ChunkStage chunked();
}
