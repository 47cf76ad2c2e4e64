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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What the system's own calls report, in the terms of a transport. */
@Timeout(60)
class SocketTransportTest
{
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
    private ServerSocket listener;
    private Transport transport;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException
    {
        assumeTrue("Linux".equals(System.getProperty("os.name")), "the calls are those of Linux");
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        transport = TcpTransport.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()), SocketOptions.DEFAULT);
        peer = listener.accept();
        while (!transport.finishConnect())
        {
            Thread.onSpinWait();
        }
    }

    @AfterEach
    void close() throws IOException
    {
        if (null != listener)
        {
            transport.close();
            peer.close();
            listener.close();
        }
    }

    @Test
    void shouldBeWhatConnectionsAreMadeOf()
    {
        assertInstanceOf(SocketTransport.class, transport);
    }

    @Test
    void shouldReadNothingWhileNothingIsThere() throws IOException
    {
        assertEquals(0, transport.read(buffer));
        assertEquals(0, buffer.position());
    }

    @Test
    void shouldReadToWhereTheBufferIs() throws IOException
    {
        peer.getOutputStream().write("hello, world".getBytes(US_ASCII));
        buffer.position(10).limit(15);
        assertEquals(5, awaitRead());
        assertEquals(15, buffer.position());
        buffer.limit(1024);
        assertEquals(7, awaitRead());

        final byte[] bytes = new byte[12];
        buffer.get(10, bytes);
        assertEquals("hello, world", new String(bytes, US_ASCII));
    }

    @Test
    void shouldTellTheEndOfTheStream() throws IOException
    {
        peer.getOutputStream().write('x');
        peer.close();

        assertEquals(1, awaitRead());
        assertEquals(-1, awaitRead());
        assertEquals(-1, transport.read(buffer));
    }

    @Test
    void shouldTellAReset() throws IOException
    {
        peer.setSoLinger(true, 0);
        peer.close();

        assertEquals("Connection reset", assertThrows(IOException.class, this::awaitRead).getMessage());
        assertThrows(IOException.class, () -> transport.write(buffer));
    }

    /** The system tells an error once, and the end of the stream from then on: it is not to be taken for the peer's. */
    @Test
    void shouldTakeNoEndBehindAnErrorForThePeers() throws IOException
    {
        peer.setSoLinger(true, 0);
        peer.close();

        assertThrows(IOException.class, this::awaitRead);
        assertEquals("Connection failed",
            assertThrows(IOException.class, () -> transport.read(buffer)).getMessage());
    }

    @Test
    void shouldReadIntoArraysAndIntoNoRoom() throws IOException
    {
        peer.getOutputStream().write("xy".getBytes(US_ASCII));
        assertEquals(1, awaitRead(ByteBuffer.allocate(1)));
        buffer.limit(0);
        assertEquals(0, transport.read(buffer));
        buffer.clear();
        assertEquals(1, awaitRead());
    }

    @Test
    void shouldReadNothingOnceClosed()
    {
        transport.close();

        assertThrows(IOException.class, () -> transport.read(buffer));
        assertThrows(IOException.class, () -> transport.write(buffer));
    }

    @Test
    void shouldWriteFromDirectMemoryAndFromArrays() throws IOException
    {
        buffer.put(3, "direct".getBytes(US_ASCII)).position(3).limit(9);
        assertEquals(6, transport.write(buffer));
        assertEquals(9, buffer.position());
        assertEquals(5, transport.write(ByteBuffer.wrap("array".getBytes(US_ASCII))));

        assertEquals("directarray", new String(peer.getInputStream().readNBytes(11), US_ASCII));
    }

    @Test
    void shouldCountWhatTheKernelTakes() throws IOException
    {
        final byte[] bytes = new byte[1 << 24];
        new SplittableRandom(31).nextBytes(bytes);
        final ByteBuffer source = ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();

        int taken = transport.write(source);
        while (taken > 0)
        {
            taken = transport.write(source);
        }
        assertEquals(0, taken);
        assertTrue(source.hasRemaining(), "the kernel takes everything");

        final int count = source.position();
        assertArrayEquals(Arrays.copyOf(bytes, count), peer.getInputStream().readNBytes(count));
    }

    private int awaitRead() throws IOException
    {
        return awaitRead(buffer);
    }

    private int awaitRead(final ByteBuffer destination) throws IOException
    {
        int length = transport.read(destination);
        while (0 == length)
        {
            Thread.onSpinWait();
            length = transport.read(destination);
        }

        return length;
    }
}
