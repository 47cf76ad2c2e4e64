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
package io.peregrine.pool;

import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.EngineTestWatcher;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.Phase;
import io.peregrine.engine.RecordingHandler;
import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.MemoryServer;
import io.peregrine.tls.TlsConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import javax.net.ssl.SSLContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Faults in every phase over real sockets, plain and TLS, through both doors: the verdict is held against what the
 * server received, the slot heals, and the next order gets its own answer.
 */
@Timeout(120)
class FaultMatrixTest
{
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Venue root");
    private static final SSLContext SERVERS =
        MemoryServer.context(AUTHORITY.leaf().ip("127.0.0.1").issue(), AUTHORITY);
    private static final Path DOCUMENT = Path.of("../docs/reconnect.md");
    private static final String TABLE_START = "<!-- fault matrix: written by FaultMatrixTest -->\n";
    private static final String TABLE_END = "<!-- end of fault matrix -->\n";
    private static final int MAX_FILLERS = 64;
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration IMPATIENT = Duration.ofSeconds(1);

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    static Stream<Arguments> idleFaults()
    {
        return plainAndTls(FaultCase.IDLE);
    }

    static Stream<Arguments> handshakeFaults()
    {
        return FaultCase.HANDSHAKES.stream().flatMap((faultCase) ->
            Stream.of(OrderDoor.Kind.values()).map((kind) -> Arguments.of(faultCase, kind)));
    }

    static Stream<Arguments> doors()
    {
        return Stream.of(OrderDoor.Kind.values())
            .flatMap((kind) -> Stream.of(Arguments.of(false, kind), Arguments.of(true, kind)));
    }

    static Stream<Arguments> exchangeFaults()
    {
        return plainAndTls(FaultCase.EXCHANGES);
    }

    @ParameterizedTest
    @MethodSource("exchangeFaults")
    void shouldTellTheTruthOfAnOrder(final FaultCase faultCase, final boolean isTls, final OrderDoor.Kind kind)
        throws IOException
    {
        try (HostileServer server = server(faultCase, isTls, false);
            OrderDoor door = open(kind, server.url(), isTls, patience(faultCase)))
        {
            shouldServe(door, 1);
            final long receivedBefore = server.bytesReceived();
            final RecordingHandler.Outcome outcome = door.send(2, faultCase.bodyLength());

            assertEquals(faultCase.delivery(isTls), outcome.delivery(), outcome::toString);
            if (Delivery.ANSWERED == outcome.delivery())
            {
                assertEquals("2", outcome.body());
            }
            else
            {
                assertTrue(faultCase.errors(isTls).contains(outcome.error().name()), outcome::toString);
                assertEquals(faultCase.phase(), outcome.phase(), outcome::toString);
                assertEquals(1, outcome.connectionUses());
            }
            assertTrue(outcome.bytesWritten() >= server.bytesReceived() - receivedBefore ||
                Delivery.ANSWERED == outcome.delivery(), "more was received than was written");
            shouldHealAndServe(door, server);
        }
    }

    @ParameterizedTest
    @MethodSource("idleFaults")
    void shouldNoticeWhatHappensToAnIdleConnection(
        final FaultCase faultCase, final boolean isTls, final OrderDoor.Kind kind) throws IOException
    {
        try (HostileServer server = server(faultCase, isTls, false);
            OrderDoor door = open(kind, server.url(), isTls, patience(faultCase)))
        {
            shouldServe(door, 1);
            server.onIdle();
            door.awaitIdleError(faultCase.errors(isTls));
            shouldHealAndServe(door, server);
        }
    }

    @ParameterizedTest
    @MethodSource("handshakeFaults")
    void shouldSendNothingUntilTheHandshakeIsComplete(final FaultCase faultCase, final OrderDoor.Kind kind)
        throws IOException
    {
        try (HostileServer server = server(faultCase, true, true))
        {
            final ExchangeException ex = assertThrows(ExchangeException.class,
                () -> open(kind, server.url(), true, patience(faultCase)).close());

            assertTrue(faultCase.tlsErrors().contains(ex.error().name()), ex.error().name());
            assertEquals(Delivery.NOT_SENT, ex.delivery());
            assertEquals(ConnectionError.CONNECT_FAILED == ex.error() ? Phase.CONNECT : Phase.HANDSHAKE, ex.phase());
            assertEquals(List.of(), server.orders());
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void shouldSayThatNobodyListens(final boolean isTls, final OrderDoor.Kind kind) throws IOException
    {
        final int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")))
        {
            port = socket.getLocalPort();
        }

        final ExchangeException ex = assertThrows(ExchangeException.class,
            () -> open(kind, (isTls ? "https" : "http") + "://127.0.0.1:" + port, isTls, PATIENT).close());
        assertEquals("CONNECT_FAILED NOT_SENT CONNECT", ex.error().name() + " " + ex.delivery() + " " + ex.phase());
    }

    @ParameterizedTest
    @MethodSource("doors")
    void shouldNotWaitForeverForAFullBacklog(final boolean isTls, final OrderDoor.Kind kind) throws IOException
    {
        final List<SocketChannel> fillers = new ArrayList<>();
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1")))
        {
            fill(socket.getLocalPort(), fillers);
            final ExchangeException ex = assertThrows(ExchangeException.class,
                () -> open(kind,
                    (isTls ? "https" : "http") + "://127.0.0.1:" + socket.getLocalPort(), isTls, IMPATIENT).close());
            assertEquals("CONNECT_TIMEOUT NOT_SENT CONNECT",
                ex.error().name() + " " + ex.delivery() + " " + ex.phase());
        }
        finally
        {
            for (final SocketChannel filler : fillers)
            {
                filler.close();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("doors")
    void shouldTellTheTruthWhereverTheAnswerIsCut(final boolean isTls, final OrderDoor.Kind kind) throws IOException
    {
        final String answer = HostileServer.answer("2");
        for (int cut = 0; cut <= answer.length(); cut++)
        {
            final String sent = answer.substring(0, cut);
            final FaultCase faultCase = new FaultCase(
                Phase.READ, "cut at " + cut, Set.of(), Set.of(), Delivery.UNKNOWN, 64, (client) ->
                {
                    client.readOrder();
                    client.send(sent);
                    client.close();
                });
            try (HostileServer server = server(faultCase, isTls, false);
                OrderDoor door = open(kind, server.url(), isTls, patience(faultCase)))
            {
                shouldServe(door, 1);
                final RecordingHandler.Outcome outcome = door.send(2, 64);
                assertEquals(cut == answer.length() ? Delivery.ANSWERED : Delivery.UNKNOWN, outcome.delivery());
                assertEquals(cut == answer.length() ? 0 : cut, outcome.bytesRead());
                shouldHealAndServe(door, server);
            }
        }
    }

    @Test
    void shouldDocumentTheOutcomes() throws IOException
    {
        final String document = Files.readString(DOCUMENT);
        final int start = document.indexOf(TABLE_START) + TABLE_START.length();
        final int end = document.indexOf(TABLE_END);
        if (Boolean.getBoolean("peregrine.docs.write"))
        {
            Files.writeString(DOCUMENT, document.substring(0, start) + FaultCase.table() + document.substring(end));
            return;
        }

        assertEquals(FaultCase.table(), document.substring(start, end),
            "run this test with -Dperegrine.docs.write=true");
    }

    private static HostileServer server(final FaultCase faultCase, final boolean isTls, final boolean isBeforeTls)
        throws IOException
    {
        return new HostileServer(isTls ? SERVERS : null, isBeforeTls, (client) ->
        {
            if (!isBeforeTls)
            {
                client.serveOne();
            }
            faultCase.deed().act(client);
        });
    }

    private static Duration patience(final FaultCase faultCase)
    {
        return faultCase.isTimeout() ? IMPATIENT : PATIENT;
    }

    private static OrderDoor open(
        final OrderDoor.Kind kind, final String url, final boolean isTls, final Duration patience) throws IOException
    {
        final ClientPoolBuilder builder = new ClientPoolBuilder()
            .url(url)
            .transmitBufferLength(9 * 1024 * 1024)
            .sendBufferSize(64 * 1024)
            .connectTimeout(patience)
            .handshakeTimeout(patience)
            .writeTimeout(patience)
            .firstByteTimeout(patience)
            .requestTimeout(patience.multipliedBy(2));
        if (isTls)
        {
            builder.tls(TlsConfig.builder().withoutSystemRoots()
                .trustPem(CertificateAuthority.pem(AUTHORITY.certificate())).build());
        }

        return kind.open(builder);
    }

    private static void shouldServe(final OrderDoor door, final int id)
    {
        assertEquals(Integer.toString(id), door.send(id, 2).body());
    }

    /** The deed may leave the connection usable: then its end comes now. */
    private static void shouldHealAndServe(final OrderDoor door, final HostileServer server)
    {
        door.awaitReplacement();
        shouldServe(door, 3);
        assertEquals(server.orders().stream().distinct().toList(), server.orders(), "no order came twice");
    }

    private static Stream<Arguments> plainAndTls(final List<FaultCase> cases)
    {
        return cases.stream().flatMap((faultCase) ->
            doors().map((door) -> Arguments.of(faultCase, door.get()[0], door.get()[1])));
    }

    /** Connects until the kernel takes no more. */
    private static void fill(final int port, final List<SocketChannel> fillers) throws IOException
    {
        boolean isTaken = true;
        while (isTaken && fillers.size() < MAX_FILLERS)
        {
            final SocketChannel filler = SocketChannel.open();
            fillers.add(filler);
            filler.configureBlocking(false);
            filler.connect(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
            while (!filler.finishConnect() && deadlineNs - System.nanoTime() > 0)
            {
                Thread.yield();
            }
            isTaken = filler.isConnected();
        }
    }
}
