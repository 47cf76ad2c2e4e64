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

import io.peregrine.engine.SocketOptions;
import io.peregrine.engine.Transport;
import io.peregrine.engine.TransportFactory;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.BooleanSupplier;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A venue in memory that answers an order with its number, late and in pieces, takes requests in pieces, and sometimes
 * resets. It counts how often each order has reached it. Used by the engine's thread alone, but for the counts.
 */
final class EchoVenue implements TransportFactory
{
    private static final String PATH = "POST /order/";
    private static final int MAX_DELAY_IN_READS = 40;
    private static final int MAX_FILLER = 1500;

    private final Random random;
    private final int resetInterval;
    private final BooleanSupplier isBroken;
    private final AtomicIntegerArray received;

    /** One in so many orders meets a reset, 0 for none; while broken, each read throws what no transport should. */
    EchoVenue(final long seed, final int resetInterval, final int orders, final BooleanSupplier isBroken)
    {
        random = new Random(seed);
        this.resetInterval = resetInterval;
        this.isBroken = isBroken;
        received = new AtomicIntegerArray(orders);
    }

    /** How often an order has begun to reach the venue. */
    int received(final int number)
    {
        return received.get(number);
    }

    @Override
    public Transport connect(final InetSocketAddress address, final SocketOptions socketOptions)
    {
        return new Connection();
    }

    private final class Connection implements Transport
    {
        private final ByteArrayOutputStream request = new ByteArrayOutputStream();
        private byte[] answer;
        private int answered;
        private int delayInReads;
        private boolean isReset;

        @Override
        public boolean finishConnect()
        {
            return true;
        }

        @Override
        public int read(final ByteBuffer destination) throws IOException
        {
            if (isBroken.getAsBoolean())
            {
                throw new IllegalStateException("bug");
            }
            if (isReset)
            {
                throw new IOException("Connection reset");
            }
            if (null == answer || delayInReads-- > 0)
            {
                return 0;
            }

            final int length = Math.min(destination.remaining(), 1 + random.nextInt(answer.length - answered));
            destination.put(answer, answered, length);
            answered += length;
            answer = answered == answer.length ? null : answer;
            return length;
        }

        @Override
        public int write(final ByteBuffer source) throws IOException
        {
            if (isReset)
            {
                throw new IOException("Broken pipe");
            }

            final int length = random.nextInt(8) == 0 ? random.nextInt(source.remaining() + 1) : source.remaining();
            for (int i = 0; i < length; i++)
            {
                request.write(source.get());
            }
            if (!source.hasRemaining())
            {
                onRequest(request.toString(ISO_8859_1));
                request.reset();
            }

            return length;
        }

        @Override
        public void close()
        {
            answer = null;
        }

        private void onRequest(final String text)
        {
            final String number = text.substring(PATH.length(), text.indexOf(' ', PATH.length()));
            received.incrementAndGet(Integer.parseInt(number));
            isReset = resetInterval > 0 && 0 == random.nextInt(resetInterval);
            final String filler = "x".repeat(random.nextInt(MAX_FILLER));
            answer = ("HTTP/1.1 200 OK\r\nX-Id: " + number + "\r\nX-Filler: " + filler + "\r\n" +
                "Content-Length: " + number.length() + "\r\n\r\n" + number).getBytes(ISO_8859_1);
            answered = 0;
            delayInReads = random.nextInt(MAX_DELAY_IN_READS);
        }
    }
}
