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

import org.agrona.DirectBuffer;

import java.nio.ByteBuffer;

/**
 * The part of a request that the kernel has not taken yet: a byte buffer over the very memory that the request was
 * encoded in. The byte buffer is kept for as long as requests come from the same memory, so that steady sending
 * allocates nothing.
 */
final class TransmitRegion
{
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private Object memory;
    private ByteBuffer view = EMPTY;

    /**
     * Points at a region; throws IllegalArgumentException when its memory can be reached neither as array nor buffer.
     */
    ByteBuffer wrap(final DirectBuffer buffer, final int offset, final int length)
    {
        // The array first: the adjustment of a buffer over a heap ByteBuffer counts from the start of its array.
        final byte[] byteArray = buffer.byteArray();
        final Object newMemory = null == byteArray ? buffer.byteBuffer() : byteArray;
        if (null == newMemory)
        {
            throw new IllegalArgumentException("request memory must be backed by a ByteBuffer or an array");
        }

        if (memory != newMemory)
        {
            view = null == byteArray ? buffer.byteBuffer().duplicate() : ByteBuffer.wrap(byteArray);
            memory = newMemory;
        }

        final int position = buffer.wrapAdjustment() + offset;
        return view.clear().limit(position + length).position(position);
    }

    boolean hasRemaining()
    {
        return view.hasRemaining();
    }

    ByteBuffer remaining()
    {
        return view;
    }

    /** Forgets what remains, and the memory, which may be freed afterwards. */
    void clear()
    {
        memory = null;
        view = EMPTY;
    }
}
