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

import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The rings as the socket sees them, with the test in the place of the session: it reads and writes the inner end. */
class RecordRingsTest
{
    private static final int RECORD_LENGTH = 20_000;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment pointer = arena.allocate(ValueLayout.JAVA_LONG);
    private final Random random = new Random(3);
    private BioFunctions functions;
    private RecordRings rings;

    @BeforeEach
    void setUp() throws TlsException
    {
        functions = WolfSsl.load(TlsConfig.builder().build().wolfSslLibrary()).bios();
        rings = new RecordRings(functions);
    }

    @AfterEach
    void tearDown()
    {
        rings.freeInner();
        rings.freeOuter();
        arena.close();
    }

    @Test
    void shouldShowWhatIsLeftOfOutputThatIsTakenInParts()
    {
        assertFalse(rings.outputRegion().hasRemaining());
        final byte[] record = bytes(RECORD_LENGTH);
        assertEquals(record.length, sessionWrites(record));

        int taken = 0;
        for (int length = 1; taken < record.length; length = Math.min(2 * length, record.length - taken))
        {
            assertArrayEquals(Arrays.copyOfRange(record, taken, record.length), shown());
            assertArrayEquals(Arrays.copyOfRange(record, taken, record.length), shown(), "asked again");
            rings.onOutput(length);
            taken += length;
        }
        assertFalse(rings.outputRegion().hasRemaining());
    }

    @Test
    void shouldShowOutputThatGoesOnAtTheBeginningOfItsMemory()
    {
        final int roomBehind = RecordRings.CAPACITY - RECORD_LENGTH;
        for (final int rest : new int[]{ 1, 100, 5_000 })
        {
            final byte[] first = bytes(RECORD_LENGTH);
            assertEquals(first.length, sessionWrites(first));
            rings.onOutput(first.length - rest);
            final byte[] second = bytes(16_000);
            assertEquals(roomBehind, sessionWrites(second), "to the end of the memory");
            assertEquals(second.length - roomBehind,
                sessionWrites(Arrays.copyOfRange(second, roomBehind, second.length)), "at its beginning");

            final byte[] expected = concat(Arrays.copyOfRange(first, first.length - rest, first.length), second);
            assertEquals(rest + roomBehind, rings.outputRegion().remaining(), "in one piece");
            assertArrayEquals(expected, takeAll(1_000));
            assertFalse(rings.outputRegion().hasRemaining());
        }
    }

    @Test
    void shouldTakeOnlyWhatThereIsRoomFor()
    {
        final byte[] first = bytes(RecordRings.CAPACITY + 1);
        assertEquals(RecordRings.CAPACITY, sessionWrites(first));
        rings.onOutput(100);

        final byte[] second = bytes(1_000);
        assertEquals(100, sessionWrites(second));
        assertArrayEquals(
            concat(Arrays.copyOfRange(first, 100, RecordRings.CAPACITY), Arrays.copyOf(second, 100)), takeAll(7_000));
        assertEquals(second.length, sessionWrites(second), "the whole ring is free again");
        assertArrayEquals(second, takeAll(second.length));
    }

    @Test
    void shouldHoldInputUntilTheSessionHasTakenAllOfIt()
    {
        for (final int length : new int[]{ 1, RECORD_LENGTH, RecordRings.CAPACITY, 5 })
        {
            assertTrue(rings.isInputEmpty());
            final ByteBuffer region = rings.inputRegion();
            assertEquals(RecordRings.CAPACITY, region.remaining());
            final byte[] record = bytes(length);
            region.put(record);
            rings.onInput(length);
            assertFalse(rings.isInputEmpty());

            final byte[] firstPart = sessionReads(length / 2);
            assertFalse(rings.isInputEmpty());
            assertArrayEquals(record, concat(firstPart, sessionReads(length - length / 2)));
        }
        assertTrue(rings.isInputEmpty());
    }

    /** Writes what fits in one piece; returns how much that was. */
    private int sessionWrites(final byte[] bytes)
    {
        final int length = functions.writeBio(rings.inner(), pointer.address(), bytes.length);
        pointed(length).copyFrom(MemorySegment.ofArray(bytes).asSlice(0, length));
        rings.onSessionCalled();

        return length;
    }

    private byte[] sessionReads(final int length)
    {
        final int read = 0 == length ? 0 : functions.readBio(rings.inner(), pointer.address(), length);
        rings.onSessionCalled();

        return 0 == read ? new byte[0] : pointed(read).toArray(ValueLayout.JAVA_BYTE);
    }

    @SuppressWarnings("restricted")
    private MemorySegment pointed(final int length)
    {
        return MemorySegment.ofAddress(pointer.get(ValueLayout.JAVA_LONG, 0)).reinterpret(length);
    }

    private byte[] shown()
    {
        final ByteBuffer region = rings.outputRegion();
        final byte[] bytes = new byte[region.remaining()];
        region.get(bytes);

        return bytes;
    }

    private byte[] takeAll(final int pieceLength)
    {
        final ByteArrayOutputStream taken = new ByteArrayOutputStream();
        for (byte[] shown = shown(); shown.length > 0; shown = shown())
        {
            final int length = Math.min(shown.length, pieceLength);
            taken.write(shown, 0, length);
            rings.onOutput(length);
        }

        return taken.toByteArray();
    }

    private byte[] bytes(final int length)
    {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);

        return bytes;
    }

    private static byte[] concat(final byte[] first, final byte[] second)
    {
        final byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);

        return both;
    }
}
