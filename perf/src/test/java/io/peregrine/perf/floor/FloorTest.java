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
package io.peregrine.perf.floor;

import io.peregrine.perf.machine.CoreDistance;
import io.peregrine.perf.venue.VenueCertificate;
import io.peregrine.perf.venue.VenueProcess;
import io.peregrine.tls.TlsConfig;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

@Timeout(120)
class FloorTest
{
    private static final int ANY_CPU = -1;
    private static final int WARM_UP = 20;
    private static final int COUNT = 200;

    @Test
    void shouldMeasureInJavaAgainstTheJavaServer() throws IOException
    {
        try (FloorServer server = FloorServer.startJava(ANY_CPU))
        {
            assertFalse(server.isNative());
            thenMeasures(new NioFloorClient(), server.port());
            thenMeasures(new NioFloorClient(4096), server.port());
        }
    }

    @Test
    void shouldMeasureAgainstWhicheverServerThereIs() throws IOException
    {
        final FloorServer server = FloorServer.start(ANY_CPU);
        try (server)
        {
            thenMeasures(new NioFloorClient(), server.port());
        }

        assertFalse(server.isAlive());
    }

    @Test
    void shouldMeasureInC() throws IOException
    {
        final Path binary = givenBinary();
        try (FloorServer server = FloorServer.startNative(binary, ANY_CPU))
        {
            assertTrue(server.isNative());
            thenMeasures(new CFloorClient(binary, ANY_CPU), server.port());
            thenMeasures(new CFloorClient(binary, ANY_CPU, 0), server.port());
            thenMeasures(new NioFloorClient(0), server.port());
        }
    }

    @Test
    void shouldServeSeveralWhoTakeTurns() throws IOException
    {
        final Path binary = givenBinary();
        try (FloorServer server = FloorServer.startNative(binary, ANY_CPU);
            FloorServer javaServer = FloorServer.startJava(ANY_CPU))
        {
            thenTakeTurns(binary, server.port());
            thenTakeTurns(binary, javaServer.port());
        }
    }

    @Test
    void shouldTakeItsTimeUntilItAnswers() throws IOException
    {
        final Path binary = givenBinary();
        final FloorAnswer late = new FloorAnswer(FloorAnswer.UNSET, FloorAnswer.UNSET, 500);
        try (FloorServer server = FloorServer.startNative(binary, ANY_CPU, late, null, null);
            CFloorProcess client = CFloorProcess.connect(
                binary, ANY_CPU, server.port(), FloorClient.DEFAULT_PAYLOAD_LENGTH, null, null))
        {
            for (final long timeNs : client.turn(TurnPlan.of(0, WARM_UP)).timesNs())
            {
                assertTrue(timeNs >= TimeUnit.MICROSECONDS.toNanos(500), () -> timeNs + " ns");
            }
        }
    }

    @Test
    void shouldTellHowFarTheCoresAreWhileTheServerSpins() throws IOException
    {
        final Path binary = givenBinary();
        try (CoreDistance distance = new CoreDistance();
            FloorServer server =
                FloorServer.startNative(binary, ANY_CPU, FloorAnswer.ORDER, null, distance.file()))
        {
            assertEquals(CoreDistance.UNKNOWN, distance.measureNs(), "nobody is connected, and the server sleeps");
            try (TurnClient client = connect(binary, server.port()))
            {
                long distanceNs;
                do
                {
                    client.turn(TurnPlan.of(0, COUNT));
                    distanceNs = distance.measureNs();
                }
                while (CoreDistance.UNKNOWN == distanceNs);
                assertTrue(distanceNs > 0);
                client.turn(TurnPlan.of(0, COUNT));
                assertTrue(distance.workNs() > 2 * distance.measureNs(), "a piece of work, and the way there and back");
            }
        }
    }

    @Test
    void shouldLookAtTheCoresBeforeEachTenOrdersAndBehindTheLast() throws IOException
    {
        final Path binary = givenBinary();
        try (CoreDistance distance = new CoreDistance();
            FloorServer server =
                FloorServer.startNative(binary, ANY_CPU, FloorAnswer.ORDER, null, distance.file());
            CFloorProcess client = CFloorProcess.connect(
                binary, ANY_CPU, server.port(), FloorClient.DEFAULT_PAYLOAD_LENGTH, null, distance.file()))
        {
            assertEquals(4 * Turn.LOOK_LENGTH, client.turn(TurnPlan.of(0, 30)).looksNs().length);
            final Turn turn = client.turn(TurnPlan.of(0, 31));
            assertEquals(31, turn.timesNs().length);
            assertEquals(5 * Turn.LOOK_LENGTH, turn.looksNs().length);
            assertTrue(LongStream.of(turn.looksNs()).allMatch((ns) -> ns > 0));
            assertTrue(LongStream.of(turn.looksNs()).filter((ns) -> CoreDistance.UNKNOWN != ns).count() > 5,
                "the server answers, too");
            assertEquals(0, client.turn(new TurnPlan(0, 31, 10_000, Long.MAX_VALUE)).looksNs().length, "open loop");
        }
    }

    @Test
    void shouldEndATurnWhenItsTimeIsUp() throws IOException
    {
        final Path binary = givenBinary();
        try (FloorServer server = FloorServer.startNative(binary, ANY_CPU);
            TurnClient client = connect(binary, server.port()))
        {
            assertEquals(1, client.turn(new TurnPlan(0, COUNT, 0, 1)).timesNs().length);
        }
    }

    @Test
    void shouldNotSendBeforeAnOrderIsDue() throws IOException
    {
        final Path binary = givenBinary();
        try (FloorServer server = FloorServer.startNative(binary, ANY_CPU);
            TurnClient client = connect(binary, server.port()))
        {
            final long startNs = System.nanoTime();
            client.turn(new TurnPlan(0, 51, 1_000, Long.MAX_VALUE));
            assertTrue(System.nanoTime() - startNs >= TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void shouldSayWhatIsNoTurn() throws IOException
    {
        final Path binary = givenBinary();
        try (FloorServer server = FloorServer.startNative(binary, ANY_CPU);
            TurnClient client = connect(binary, server.port()))
        {
            final IOException ex =
                assertThrows(IOException.class, () -> client.turn(new TurnPlan(0, 0, 0, 1)));
            assertTrue(ex.getMessage().contains("not a turn: 0 0 0 1"), ex.getMessage());
        }
    }

    @Test
    void shouldMeasureAVenue() throws IOException
    {
        try (VenueProcess venue = VenueProcess.start("--idle"))
        {
            thenMeasures(new NioFloorClient(), venue.port());
            thenMeasures(new NioFloorClient(1024), venue.port());
            final Optional<Path> binary = FloorBinary.find();
            if (binary.isPresent())
            {
                thenMeasures(new CFloorClient(binary.get(), ANY_CPU), venue.port());
            }
        }
    }

    @Test
    void shouldSayThatTheServerIsNotThere() throws IOException
    {
        final int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            port = socket.getLocalPort();
        }

        assertThrows(IOException.class, () -> new NioFloorClient().run(port, 0, 1));
        final Path binary = givenBinary();
        final IOException ex =
            assertThrows(IOException.class, () -> new CFloorClient(binary, ANY_CPU).run(port, 0, 1));
        assertTrue(ex.getMessage().contains("cannot connect"), ex.getMessage());
    }

    @Test
    void shouldNotWaitLongForATlsHandshake(@TempDir final Path directory) throws IOException
    {
        final Path binary = givenBinary();
        final FloorTls tls = givenTls(directory);
        try (FloorServer server = FloorServer.startNative(binary, ANY_CPU, FloorAnswer.ORDER, tls, null);
            Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port()))
        {
            assertEquals(-1, silent.getInputStream().read());
            try (TurnClient client = connect(binary, server.port(), tls.library()))
            {
                thenMeasures(client);
            }
        }
    }

    @Test
    void shouldSayThatTheServerDoesNotSpeakTls(@TempDir final Path directory) throws IOException
    {
        final Path binary = givenBinary();
        final FloorTls tls = givenTls(directory);
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final IOException ex = assertThrows(
                IOException.class, () -> connect(binary, silent.getLocalPort(), tls.library()));
            assertTrue(ex.getMessage().contains("no TLS handshake within"), ex.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FloorClient.DEFAULT_PAYLOAD_LENGTH, 0, 10, 139, 140, 5000})
    void shouldSendTheSameBytesInCAndInJava(final int payloadLength) throws Exception
    {
        final Path binary = givenBinary();
        final String fromJava = requestOf(new NioFloorClient(payloadLength));
        final String fromC = requestOf(new CFloorClient(binary, ANY_CPU, payloadLength));

        assertEquals(fromJava, fromC);
        if (FloorClient.DEFAULT_PAYLOAD_LENGTH == payloadLength)
        {
            assertEquals(FloorClient.REQUEST_LENGTH, fromJava.length());
        }
    }

    /** The request as it arrives, without what differs: the port and the id. */
    private static String requestOf(final FloorClient client) throws Exception
    {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final Thread thread = Thread.ofVirtual().start(
                () -> assertThrows(IOException.class, () -> client.run(listener.getLocalPort(), 0, 1)));
            final String request;
            try (Socket socket = listener.accept())
            {
                socket.getOutputStream().write("HTTP/1.1 500 No\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                request = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            }

            thread.join();
            return request.replaceFirst("\"f[0-9a-f]{16}\"", "\"f0000000000000000\"")
                .replace(":" + listener.getLocalPort(), ":00000");
        }
    }

    private static TurnClient connect(final Path binary, final int port) throws IOException
    {
        return connect(binary, port, null);
    }

    private static TurnClient connect(final Path binary, final int port, final Path tlsLibrary) throws IOException
    {
        return CFloorProcess.connect(binary, ANY_CPU, port, FloorClient.DEFAULT_PAYLOAD_LENGTH, tlsLibrary, null);
    }

    private static void thenTakeTurns(final Path binary, final int port) throws IOException
    {
        try (TurnClient stays = connect(binary, port))
        {
            try (TurnClient leaves = connect(binary, port))
            {
                for (int i = 0; i < 5; i++)
                {
                    thenMeasures(stays);
                    thenMeasures(leaves);
                }
            }

            thenMeasures(stays);
        }
    }

    private static void thenMeasures(final TurnClient client) throws IOException
    {
        final Turn turn = client.turn(TurnPlan.of(WARM_UP, COUNT));
        assertEquals(COUNT, turn.timesNs().length);
        assertEquals(Turn.NO_GARBAGE, turn.garbageBytes());
    }

    private static Path givenBinary() throws IOException
    {
        final Optional<Path> binary = FloorBinary.find();
        assumeTrue(binary.isPresent(), "no C compiler here");
        return binary.get();
    }

    private static FloorTls givenTls(final Path directory) throws IOException
    {
        final String library = System.getProperty(TlsConfig.WOLFSSL_LIBRARY_PROPERTY, "");
        assumeFalse(library.isEmpty(), "no wolfSSL here");
        final VenueCertificate certificate = VenueCertificate.make();
        return new FloorTls(Path.of(library),
            Files.writeString(directory.resolve("floor.pem"), certificate.pem()),
            Files.writeString(directory.resolve("floor.key"), certificate.keyPem()));
    }

    private static void thenMeasures(final FloorClient client, final int port) throws IOException
    {
        final Histogram histogram = client.run(port, WARM_UP, COUNT);
        assertEquals(COUNT, histogram.getTotalCount());
        assertTrue(histogram.getMinValue() > 0);
    }
}
