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

import org.agrona.MutableDirectBuffer;

/**
 * Where the caller writes a body in place, behind the head of the request.
 * <p>
 * The caller may write {@link #capacity()} bytes from {@link #offset()} on and nothing else. When a step of the request
 * failed before, the capacity is 0 and what is written does not matter.
 */
public interface BodyRegion
{
    /**
     * The memory to write to.
     *
     * @return a view of the region that the writer was given.
     */
    MutableDirectBuffer buffer();

    /**
     * Where the body begins.
     *
     * @return index in {@link #buffer()}.
     */
    int offset();

    /**
     * How long the body can be.
     *
     * @return length in bytes; the exact one if it was announced.
     */
    int capacity();

    /**
     * Says how much was written.
     * <p>
     * A length above the capacity fails the request with {@link RequestError#REQUEST_TOO_LARGE}, one that differs from
     * the announced length or is negative with {@link RequestError#BODY_LENGTH_MISMATCH}.
     *
     * @param length of the body in bytes, from {@link #offset()} on.
     * @return the last step.
     */
    FinalStage endBody(int length);
}
