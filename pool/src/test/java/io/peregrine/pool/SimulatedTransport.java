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

import io.peregrine.engine.Transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** One connection of a {@link SimulatedServer}: what it does is drawn for each request when its first byte comes. */
final class SimulatedTransport implements Transport
{
    private static final int ID_OFFSET = "POST /order/".length();
    private static final int ID_LENGTH = 8;
    private static final int ENDLESS_SEGMENTS = 64;
    private static final long MAX_DELAY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final String END = "\0END";
    private static final String RESET = "\0RESET";

    private record Event(long dueNs, String segment)
    {
    }

    private final SimulatedServer server;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final long connectedNs;
    private final boolean isRefused;

    private SimulatedServer.Receipt current;
    private String id;
    private int requestLength;
    private int received;
    private int window = Integer.MAX_VALUE;
    private long windowOpensNs;
    private int writeFailureAt = Integer.MAX_VALUE;
    private int actsAt;
    private Runnable action;
    private boolean isReset;
    private boolean isGone;
    private boolean isClosed;

    SimulatedTransport(final SimulatedServer server, final long connectDelayNs, final boolean isRefused)
    {
        this.server = server;
        this.isRefused = isRefused;
        connectedNs = server.nowNs() + connectDelayNs;
    }

    boolean isClosed()
    {
        return isClosed;
    }

    void reset()
    {
        events.clear();
        send(0, RESET);
    }

    @Override
    public boolean finishConnect() throws IOException
    {
        checkOpen();
        if (connectedNs - server.nowNs() > 0)
        {
            return false;
        }
        if (isRefused)
        {
            throw new IOException("Connection refused");
        }
        if (server.isFaulty() && server.oneIn(6))
        {
            misbehaveWhileIdle();
        }

        return true;
    }

    @Override
    public int read(final ByteBuffer destination) throws IOException
    {
        checkOpen();
        if (isReset)
        {
            throw new IOException("Connection reset");
        }

        final Event event = events.peek();
        if (null == event || event.dueNs - server.nowNs() > 0)
        {
            return 0;
        }
        if (RESET.equals(event.segment))
        {
            isReset = true;
            throw new IOException("Connection reset");
        }
        if (END.equals(event.segment))
        {
            return -1;
        }

        events.remove();
        final int length = Math.min(destination.remaining(), event.segment.length());
        destination.put(event.segment.substring(0, length).getBytes(ISO_8859_1));
        if (length < event.segment.length())
        {
            events.addFirst(new Event(event.dueNs, event.segment.substring(length)));
        }

        return length;
    }

    @Override
    public int write(final ByteBuffer source) throws IOException
    {
        checkOpen();
        if (isReset)
        {
            throw new IOException("Broken pipe");
        }
        if (null == id)
        {
            begin(source);
        }
        if (received >= writeFailureAt)
        {
            isReset = true;
            throw new IOException("Connection reset");
        }

        if (windowOpensNs - server.nowNs() <= 0)
        {
            window = Integer.MAX_VALUE;
        }
        final int taken = Math.min(source.remaining(), Math.min(window, writeFailureAt - received));
        source.position(source.position() + taken);
        window -= Integer.MAX_VALUE == window ? 0 : taken;
        onTaken(taken);

        return taken;
    }

    @Override
    public void close()
    {
        isClosed = true;
    }

    /** What is idle may end, or say something that nobody asked for; never once a request has come. */
    private void misbehaveWhileIdle()
    {
        final String unsolicited = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 4\r\n\r\nidle";
        final String[] deeds = { END, RESET, unsolicited, "x" };
        send(server.upTo(MAX_DELAY_NS), deeds[server.below(deeds.length)]);
    }

    private void begin(final ByteBuffer source)
    {
        final byte[] bytes = new byte[source.remaining()];
        source.duplicate().get(bytes);
        id = new String(bytes, ID_OFFSET, ID_LENGTH, ISO_8859_1);
        requestLength = bytes.length;
        received = 0;
        current = server.receipt(Long.parseLong(id));
        actsAt = requestLength;
        action = () -> send(server.upTo(200_000), answer());
        if (server.isFaulty())
        {
            drawFaults();
        }
    }

    private void onTaken(final int taken)
    {
        // Whatever would have come while idle does not come any more, unless it has come already.
        if (0 == received && taken > 0)
        {
            events.removeIf((event) -> event.dueNs - server.nowNs() > 0);
            isGone = !events.isEmpty();
        }

        received += taken;
        current.bytesTaken += taken;
        if (!isGone && null != action && received >= actsAt && taken > 0)
        {
            final Runnable due = action;
            action = null;
            due.run();
        }
        if (!isGone && received == requestLength && taken > 0)
        {
            current.timesReceivedWhole++;
            id = null;
        }
    }

    private void drawFaults()
    {
        if (server.oneIn(6))
        {
            window = server.below(requestLength);
            windowOpensNs = server.nowNs() + (server.oneIn(3) ? TimeUnit.DAYS.toNanos(1) : server.upTo(MAX_DELAY_NS));
        }
        if (server.oneIn(15))
        {
            writeFailureAt = server.below(requestLength);
        }

        switch (server.below(18))
        {
            case 0 -> action = this::drip;
            case 1 -> action = () -> {};
            case 2 -> actAnywhere(() -> send(server.upTo(1_000), RESET));
            case 3 -> actAnywhere(() -> send(server.upTo(1_000), END));
            case 4 -> action = () -> sendPart(RESET);
            case 5 -> action = () -> sendPart(END);
            case 6 -> action = () -> send(0, answer() + extra());
            case 7 -> action = this::answerAndMisbehave;
            case 8 -> actAnywhere(() -> send(0, answer()));
            case 9 -> action = () -> send(0, "HTTP/1.1 103 Early Hints\r\n\r\n".repeat(server.below(20)) + answer());
            case 10 -> action = () -> sendEndless("HTTP/1.1 200 OK\r\n", "X-Endless: and no end\r\n");
            case 11 -> action = () -> sendEndless(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "10\r\n0123456789abcdef\r\n");
            case 12 -> action = () -> sendLast("HTTP/1.1 200 OK\r\nConnection: close\r\n");
            case 13 -> action = () -> sendLast("HTTP/1.0 200 OK\r\n");
            case 14 -> action = () -> send(0, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx");
            default ->
            {
                // As it should.
            }
        }
    }

    private void actAnywhere(final Runnable deed)
    {
        actsAt = 1 + server.below(requestLength);
        action = deed;
    }

    private void drip()
    {
        final String answer = answer();
        long dueNs = 0;
        for (int i = 0; i < answer.length();)
        {
            final int next = Math.min(answer.length(), i + 1 + server.below(20));
            dueNs += server.upTo(MAX_DELAY_NS / 4);
            send(dueNs, answer.substring(i, next));
            i = next;
        }
    }

    private void sendPart(final String end)
    {
        final String answer = answer();
        send(0, answer.substring(0, server.below(answer.length())));
        send(server.upTo(MAX_DELAY_NS), end);
    }

    private void answerAndMisbehave()
    {
        send(0, answer());
        misbehaveWhileIdle();
    }

    private void sendEndless(final String start, final String more)
    {
        send(0, start);
        for (int i = 1; i <= ENDLESS_SEGMENTS; i++)
        {
            send(i * 1_000L, more);
        }
    }

    private void sendLast(final String start)
    {
        send(server.upTo(100_000), start + "Content-Length: " + ID_LENGTH + "\r\n\r\n" + id);
        send(server.upTo(200_000) + 100_000, END);
    }

    private String answer()
    {
        return switch (server.below(3))
        {
            case 0 -> "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n" + id.substring(0, 3) +
                "\r\n5\r\n" + id.substring(3) + "\r\n0\r\n\r\n";
            case 1 -> "HTTP/1.1 503 Busy\r\nKeep-Alive: timeout=2, max=3\r\nContent-Length: 8\r\n\r\n" + id;
            default -> "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n" + id;
        };
    }

    private static String extra()
    {
        return "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nsurprise";
    }

    /** Events come in the order in which they are sent. */
    private void send(final long delayNs, final String segment)
    {
        if (!segment.isEmpty())
        {
            final long dueNs = server.nowNs() + delayNs;
            final Event last = events.peekLast();
            events.add(new Event(null != last && last.dueNs - dueNs > 0 ? last.dueNs : dueNs, segment));
        }
    }

    private void checkOpen()
    {
        if (isClosed)
        {
            throw new AssertionError("used after close");
        }
    }
}
