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
package io.peregrine.tls.wolfssl;

import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/**
 * The two rings of sealed bytes between a session and whoever owns the socket: a pair of the library's memory BIOs. The
 * socket reads and writes their memory itself, so that sealed bytes are not copied on the way in, nor out.
 * <p>
 * A ring that was emptied starts again at its beginning. Input is asked for only when its ring is empty, output is
 * taken out before more is sealed, so what is in a ring nearly always is in one piece; the library handles the rest.
 */
@SuppressWarnings("restricted")
final class RecordRings
{
    /** More than one record of the largest kind, so that no record has to wait for room. */
    static final int CAPACITY = 32 * 1024;

    private static final ByteBuffer EMPTY = ByteBuffer.allocateDirect(0);
    private static final int UNKNOWN = -1;

    private final BioFunctions functions;
    private final Arena arena = Arena.ofShared();
    private final long pointer = arena.allocate(ValueLayout.JAVA_LONG).address();
    private final MemorySegment pointerMemory = MemorySegment.ofAddress(pointer).reinterpret(Long.BYTES);
    private final ByteBuffer inputMemory;
    private final ByteBuffer outputMemory;
    private final long outputBase;
    private final long inner;
    private final long outer;

    // What the library has told, so that it is asked again only when the session may have changed it.
    private int inputLength = UNKNOWN;
    private int outputLength = UNKNOWN;
    private int outputOffset;

    RecordRings(final BioFunctions functions) throws TlsException
    {
        this.functions = functions;
        inner = newRing();
        outer = newRing();
        if (0 == inner || 0 == outer || WolfSsl.SUCCESS != functions.makePair(inner, outer))
        {
            freeOuter();
            freeInner();
            throw new TlsException(TlsError.PROVIDER_FAILED, "no memory for the rings of a session");
        }

        inputMemory = memoryOf(outer);
        outputMemory = memoryOf(inner);
        outputBase = pointerMemory.get(ValueLayout.JAVA_LONG, 0);
    }

    /** The end for the session, which frees it together with itself. */
    long inner()
    {
        return inner;
    }

    /** The session was called, which may have taken input and left output. */
    void onSessionCalled()
    {
        inputLength = UNKNOWN;
        outputLength = UNKNOWN;
    }

    boolean isInputEmpty()
    {
        if (UNKNOWN == inputLength)
        {
            inputLength = functions.pending(inner);
        }

        return 0 == inputLength;
    }

    /** The whole ring; it must be empty. */
    ByteBuffer inputRegion()
    {
        return inputMemory.clear();
    }

    void onInput(final int length)
    {
        functions.writeBio(outer, pointer, length);
        inputLength = UNKNOWN;
    }

    /** What can be sent in one piece; empty if there is nothing. */
    ByteBuffer outputRegion()
    {
        if (UNKNOWN == outputLength)
        {
            outputLength = Math.max(0, functions.peekBio(outer, pointer));
            outputOffset = (int)(pointerMemory.get(ValueLayout.JAVA_LONG, 0) - outputBase);
        }

        return 0 == outputLength ? EMPTY :
            outputMemory.clear().limit(outputOffset + outputLength).position(outputOffset);
    }

    void onOutput(final int length)
    {
        functions.readBio(outer, pointer, length);
        // Behind the end of the memory there may be more at its beginning.
        final boolean isMorePossible = CAPACITY == outputOffset + outputLength;
        outputOffset += length;
        outputLength = isMorePossible ? UNKNOWN : outputLength - length;
    }

    /** Frees the outer end; the session has freed the inner one. */
    void freeOuter()
    {
        if (0 != outer)
        {
            functions.freeBio(outer);
        }
        arena.close();
    }

    /** Frees the inner end when no session took it over. */
    void freeInner()
    {
        if (0 != inner)
        {
            functions.freeBio(inner);
        }
    }

    private long newRing()
    {
        final long bio = functions.newBio(functions.pairMethod());
        if (0 != bio && WolfSsl.SUCCESS != functions.bioCapacity(bio, CAPACITY))
        {
            functions.freeBio(bio);
            return 0;
        }

        return bio;
    }

    /** Where an empty ring writes: writing nothing tells it, and moves nothing. */
    private ByteBuffer memoryOf(final long bio)
    {
        functions.writeBio(bio, pointer, 0);
        final long address = pointerMemory.get(ValueLayout.JAVA_LONG, 0);
        return MemorySegment.ofAddress(address).reinterpret(CAPACITY).asByteBuffer();
    }
}
