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
package io.peregrine.engine;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A non-blocking byte stream to a server: one socket's life. Methods are called by the engine's thread only.
 */
public interface Transport
{
    /**
     * Goes on connecting.
     *
     * @return true once connected.
     * @throws IOException when the connection cannot be made.
     */
    boolean finishConnect() throws IOException;

    /**
     * Reads what is there.
     *
     * @param destination for the bytes, between its position and its limit; it has room for at least one.
     * @return number of bytes read, 0 when none are there, -1 when the stream has ended.
     * @throws IOException when the connection is broken.
     */
    int read(ByteBuffer destination) throws IOException;

    /**
     * Writes what the kernel takes.
     *
     * @param source of the bytes, between its position and its limit; the position moves on.
     * @return number of bytes taken.
     * @throws IOException when the connection is broken; then none of the bytes offered by this call were taken.
     */
    int write(ByteBuffer source) throws IOException;

    /**
     * Closes the stream, quietly; closing twice does nothing.
     */
    void close();
}
