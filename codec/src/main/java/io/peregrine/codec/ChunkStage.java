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
 * Adds chunks to a body with {@code Transfer-Encoding: chunked} (RFC 9112 section 7.1).
 */
public interface ChunkStage extends FinalStage
{
    /**
     * Adds a chunk; an empty one is left out because it would end the body.
     *
     * @param content of the chunk.
     * @return this for a fluent API.
     */
    ChunkStage chunk(byte[] content);

    /**
     * Adds a chunk; an empty one is left out because it would end the body.
     *
     * @param content holds the chunk.
     * @param offset  of its first byte.
     * @param length  of it in bytes.
     * @return this for a fluent API.
     * @throws IndexOutOfBoundsException if the region is outside the content.
     */
    ChunkStage chunk(byte[] content, int offset, int length);

    /**
     * Adds a chunk; an empty one is left out because it would end the body.
     *
     * @param content holds the chunk.
     * @param offset  of its first byte.
     * @param length  of it in bytes.
     * @return this for a fluent API.
     * @throws IndexOutOfBoundsException if the region is outside the content.
     */
    ChunkStage chunk(DirectBuffer content, int offset, int length);
}
