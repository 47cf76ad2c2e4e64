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

import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.MemoryServer;
import io.peregrine.tls.Provider;
import io.peregrine.tls.TlsContext;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How far a request got, in bytes that the kernel took of the records that carry it. */
@Timeout(60)
class TlsTransportTest
{
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Root");
    private static final SSLContext SERVERS =
        MemoryServer.context(AUTHORITY.leaf().dns("venue.example").issue(), null);
    private static final int ROUNDS_MAX = 1_000;
    private static final int EXCHANGES = 100;

    private final ScriptedTransport wire =
        new ScriptedTransport(new InetSocketAddress("127.0.0.1", 1), SocketOptions.DEFAULT);
    private final MemoryServer server = MemoryServer.start(SERVERS);
    private int delivered;
    private int sealedStart;

    @ParameterizedTest
    @EnumSource
    void shouldCountWhatTheKernelTookOfEachRecord(final Provider provider) throws IOException
    {
        final byte[] request = bytes(40_000);
        try (TlsContext context = open(provider))
        {
            final TlsTransport transport = connect(context);
            final ByteBuffer source = ByteBuffer.allocateDirect(request.length).put(request).flip();
            final Random random = new Random(11);
            long taken = 0;
            while (source.hasRemaining())
            {
                final int sealedBefore = wire.written().length();
                wire.takes(random.nextInt(4) * random.nextInt(3_000));
                final int newlyTaken = transport.write(source);
                taken += newlyTaken;

                final boolean isAnythingOut = wire.written().length() > sealedBefore;
                assertTrue(isAnythingOut || 0 == newlyTaken, "bytes counted of which none left");
                assertTrue(0 < taken || wire.written().length() == sealedStart, "bytes left of which none is counted");
                assertEquals(taken, source.position());
                deliver();
                assertTrue(server.received().length <= taken, "the server has more than is counted");
            }

            assertArrayEquals(request, server.received());
            transport.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotForgetWhatLeftBeforeAWriteFailed(final Provider provider) throws IOException
    {
        try (TlsContext context = open(provider))
        {
            final TlsTransport transport = connect(context);
            final ByteBuffer source = ByteBuffer.allocateDirect(40_000);
            wire.failsToWriteAfter(wire.written().length() + 20_000);

            final int taken = transport.write(source);
            assertTrue(taken >= 16_384 && taken < 20_000, "taken " + taken);
            assertThrows(IOException.class, () -> transport.write(source));
            assertTrue(source.hasRemaining());
            transport.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldCountNothingWhenNothingLeft(final Provider provider) throws IOException
    {
        try (TlsContext context = open(provider))
        {
            final TlsTransport transport = connect(context);
            final ByteBuffer source = ByteBuffer.allocateDirect(100);
            wire.failsToWriteAfter(wire.written().length());

            assertThrows(IOException.class, () -> transport.write(source));
            assertEquals(0, source.position());
            transport.close();
            assertTrue(wire.isClosed());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldSealAHeapBuffer(final Provider provider) throws IOException
    {
        final byte[] request = bytes(40_000);
        try (TlsContext context = open(provider))
        {
            final TlsTransport transport = connect(context);
            final ByteBuffer source = ByteBuffer.wrap(request);
            assertEquals(request.length, transport.write(source));
            assertFalse(source.hasRemaining());
            deliver();
            assertArrayEquals(request, server.received());
            transport.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldWriteOnceAndReadOnceForEachExchange(final Provider provider) throws IOException
    {
        final byte[] answer = Requests.answer("x".repeat(100)).getBytes(ISO_8859_1);
        final ByteBuffer request = ByteBuffer.allocateDirect(420);
        final ByteBuffer received = ByteBuffer.allocateDirect(32 * 1024);
        try (TlsContext context = open(provider))
        {
            final TlsTransport transport = connect(context);
            // Session tickets come before the first answer.
            assertEquals(0, transport.read(received));
            for (int i = 0; i < EXCHANGES; i++)
            {
                final int writesBefore = wire.writes();
                final int readsBefore = wire.reads();
                assertEquals(request.capacity(), transport.write(request.clear()));
                server.send(answer);
                deliver();
                assertEquals(answer.length, transport.read(received.clear()));
                assertEquals(1, wire.writes() - writesBefore);
                assertEquals(1, wire.reads() - readsBefore);
            }
            transport.close();
        }
    }

    private TlsTransport connect(final TlsContext context) throws IOException
    {
        final TlsTransport transport =
            new TlsTransport(wire, context.newSession("venue.example", 443), Runnable::run, 0);
        for (int i = 0; i < ROUNDS_MAX; i++)
        {
            if (transport.handshake(0))
            {
                deliver();
                sealedStart = wire.written().length();
                return transport;
            }
            deliver();
        }

        throw new AssertionError("the handshake does not end");
    }

    private void deliver()
    {
        final byte[] written = wire.written().getBytes(ISO_8859_1);
        final byte[] fresh = new byte[written.length - delivered];
        System.arraycopy(written, delivered, fresh, 0, fresh.length);
        delivered = written.length;
        server.onReceived(fresh);
        wire.peerSends(server.takeSealed());
    }

    private static TlsContext open(final Provider provider) throws IOException
    {
        return TlsContext.open(
            provider.config().trustPem(CertificateAuthority.pem(AUTHORITY.certificate())).build());
    }

    private static byte[] bytes(final int length)
    {
        final byte[] bytes = new byte[length];
        new Random(5).nextBytes(bytes);
        return bytes;
    }
}
