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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A venue of a warm-up has clients that come and go as they like, and strangers who find its port. */
@Timeout(60)
class WarmUpVenueTest
{
    private static final int CONNECTIONS_IN_A_ROW = 64;

    private final ByteBuffer received = ByteBuffer.allocateDirect(8 * 1024);
    private WarmUpVenue venue;

    @BeforeEach
    void openVenue() throws IOException
    {
        venue = WarmUpVenue.open(2, null, () -> 1);
    }

    @AfterEach
    void closeVenue()
    {
        venue.close();
    }

    @ParameterizedTest
    @ValueSource(strings = { "\r\n\r\n", "P\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "/warm-up/\r\n\r\n" })
    void shouldOnlyCloseTheConnectionOfAStranger(final String text) throws IOException
    {
        assertOnlyThisIsClosed(text);
    }

    @Test
    void shouldOnlyCloseTheConnectionOfAStrangerWhoDoesNotStop() throws IOException
    {
        assertOnlyThisIsClosed("x".repeat(WarmUpVenue.MAX_REQUEST_LENGTH));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST /order HTTP/1.1\r\nContent-Length: 4\r\n\r\n\r\n\r\n",
        "POST /order HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n" })
    void shouldAnswerAnyOrderOfARehearsalOnceItIsThere(final String order) throws IOException
    {
        venue.close();
        venue = WarmUpVenue.open(2, WarmUpAnswer.ACCEPTED, () -> 1);
        try (SocketChannel client = connect())
        {
            // Twice, so that nothing is left of the first one.
            for (int i = 0; i < 2; i++)
            {
                send(client, order.substring(0, order.length() - 1));
                venue.doWork(0);
                assertEquals(0, client.read(received.clear()));

                send(client, order.substring(order.length() - 1));
                receiveAnswer(client);
            }
        }
    }

    @Test
    void shouldAnswerTheLongestOrderOfARehearsal() throws IOException
    {
        venue.close();
        venue = WarmUpVenue.open(2, WarmUpAnswer.ACCEPTED, () -> 1);
        final String start = "GET /?filter=";
        final String end = " HTTP/1.1\r\n\r\n";
        final String filter = "x".repeat(WarmUpVenue.MAX_REQUEST_LENGTH - start.length() - end.length());
        try (SocketChannel client = connect())
        {
            send(client, start + filter + end);
            receiveAnswer(client);
        }
    }

    @Test
    void shouldOutliveClientsThatDoNotWaitForTheirAnswer() throws IOException
    {
        for (final WarmUpAnswer answer : WarmUpAnswer.values())
        {
            try (SocketChannel client = connect())
            {
                send(client, request(answer));
            }
            // Reads, writes to nobody, and writes again.
            for (int i = 0; i < 4; i++)
            {
                venue.doWork(0);
            }
        }

        try (SocketChannel client = connect())
        {
            exchange(client);
        }
    }

    @Test
    void shouldNeedNoMemoryForFurtherConnections() throws IOException
    {
        final BufferPoolMXBean direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter((pool) -> "direct".equals(pool.getName()))
            .findAny()
            .orElseThrow();
        final long before = direct.getCount();
        for (int i = 0; i < CONNECTIONS_IN_A_ROW; i++)
        {
            try (SocketChannel client = connect())
            {
                exchange(client);
            }
        }

        assertTrue(direct.getCount() - before < CONNECTIONS_IN_A_ROW / 2);
    }

    private void assertOnlyThisIsClosed(final String text) throws IOException
    {
        try (SocketChannel client = connect(); SocketChannel stranger = connect())
        {
            exchange(client);
            send(stranger, text);
            while (!hasEnded(stranger))
            {
                venue.doWork(0);
            }
            exchange(client);
        }
    }

    private SocketChannel connect() throws IOException
    {
        final SocketChannel channel = SocketChannel.open(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), venue.address().port()));
        channel.configureBlocking(false);
        return channel;
    }

    private void exchange(final SocketChannel client) throws IOException
    {
        send(client, request(WarmUpAnswer.ACCEPTED));
        receiveAnswer(client);
    }

    private void receiveAnswer(final SocketChannel client) throws IOException
    {
        received.clear();
        while (received.position() < WarmUpAnswer.ACCEPTED.bytes().length)
        {
            venue.doWork(0);
            assertTrue(client.read(received) >= 0, "the connection is still there");
        }
    }

    private void send(final SocketChannel channel, final String text) throws IOException
    {
        final ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining())
        {
            channel.write(bytes);
            venue.doWork(0);
        }
    }

    private boolean hasEnded(final SocketChannel channel)
    {
        try
        {
            return channel.read(received.clear()) < 0;
        }
        catch (final IOException ignore)
        {
            // Reset.
            return true;
        }
    }

    private static String request(final WarmUpAnswer answer)
    {
        return "GET " + answer.path() + " HTTP/1.1\r\n\r\n";
    }
}
