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

import io.peregrine.engine.Delivery;
import io.peregrine.engine.Phase;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import static io.peregrine.engine.Delivery.ANSWERED;
import static io.peregrine.engine.Delivery.NOT_SENT;
import static io.peregrine.engine.Delivery.UNKNOWN;
import static io.peregrine.engine.Phase.ACQUIRE;
import static io.peregrine.engine.Phase.FIRST_BYTE;
import static io.peregrine.engine.Phase.HANDSHAKE;
import static io.peregrine.engine.Phase.READ;
import static io.peregrine.engine.Phase.WRITE;

/**
 * Something that a server may do in a phase, and what the client is to make of it. Before the deed the connection has
 * served one order, unless it is not even made. Where it is a matter of timing between kernel and process, there are
 * several codes.
 */
record FaultCase(
    Phase phase,
    String fault,
    Set<String> plainErrors,
    Set<String> tlsErrors,
    Delivery delivery,
    int bodyLength,
    HostileServer.Deed deed)
{
    /** More than kernels buffer on both sides. */
    private static final int LONG = 8 * 1024 * 1024;
    private static final int SHORT = 64;
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String TIMEOUT_408 = "HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\n\r\n";
    private static final String READ_FAILED = "READ_FAILED";
    private static final String ENDED = "CLOSED_BEFORE_RESPONSE";
    private static final String TRUNCATED = "TRUNCATED";

    /** Deeds before the handshake of a connection; without TLS there is no such phase. */
    static final List<FaultCase> HANDSHAKES = List.of(
        new FaultCase(HANDSHAKE, "reset after accept", Set.of(), Set.of("HANDSHAKE_TRUNCATED", "CONNECT_FAILED"),
            NOT_SENT, SHORT, HostileServer.Client::reset),
        handshake("end after accept", "HANDSHAKE_TRUNCATED", HostileServer.Client::end),
        handshake("stall after accept", "HANDSHAKE_TIMEOUT", HostileServer.Client::stall),
        handshake("reset within the handshake", "HANDSHAKE_TRUNCATED", (client) ->
        {
            client.readBytes(50);
            client.reset();
        }),
        handshake("record cut short", "HANDSHAKE_TRUNCATED", (client) ->
        {
            client.readBytes(50);
            client.send("\u0016\u0003\u0003\u0000\u0050abc");
            client.end();
        }),
        handshake("record dripped", "HANDSHAKE_TIMEOUT", (client) ->
        {
            client.readBytes(50);
            client.drip("\u0016\u0003\u0003\u0000\u0050" + "x".repeat(79));
        }));

    /** Deeds while nothing is under way. */
    static final List<FaultCase> IDLE = List.of(
        idle("end", "IDLE_CONNECTION_ENDED", "TRUNCATED", HostileServer.Client::end),
        idle("close", "IDLE_CONNECTION_ENDED", "IDLE_CONNECTION_ENDED", HostileServer.Client::close),
        idle("reset", "IDLE_CONNECTION_ENDED", "IDLE_CONNECTION_ENDED", HostileServer.Client::reset),
        idle("408 that nobody asked for", "UNSOLICITED_BYTES", "UNSOLICITED_BYTES", (client) ->
        {
            client.send(TIMEOUT_408);
            client.stall();
        }),
        idle("a single byte", "UNSOLICITED_BYTES", "UNSOLICITED_BYTES", (client) ->
        {
            client.send("H");
            client.stall();
        }));

    /** Deeds while an order is under way. */
    static final List<FaultCase> EXCHANGES = List.of(
        of(WRITE, "server does not read", Set.of("WRITE_TIMEOUT"), UNKNOWN, LONG, HostileServer.Client::stall),
        of(WRITE, "reset", Set.of(READ_FAILED, "WRITE_FAILED"), UNKNOWN, LONG, (client) ->
        {
            client.readBytes(1000);
            client.reset();
        }),
        of(WRITE, "answer before the request is written", Set.of(), ANSWERED, LONG, (client) ->
        {
            client.readBytes(1000);
            client.send(HostileServer.answer("2"));
            client.stall();
        }),
        of(READ, "answer begins too early, then stall", Set.of("REQUEST_TIMEOUT"), UNKNOWN, LONG, (client) ->
        {
            client.readBytes(1000);
            client.send(HEAD);
            client.stall();
        }),
        of(FIRST_BYTE, "stall", Set.of("FIRST_BYTE_TIMEOUT"), UNKNOWN, SHORT, HostileServer.Client::stall),
        of(FIRST_BYTE, "reset within the request", Set.of(READ_FAILED), UNKNOWN, SHORT, (client) ->
        {
            client.readBytes(1);
            client.reset();
        }),
        of(FIRST_BYTE, "reset after the request", Set.of(READ_FAILED), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.reset();
        }),
        of(FIRST_BYTE, "end after the request", Set.of(ENDED), Set.of(TRUNCATED), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.end();
        }),
        of(FIRST_BYTE, "close after the request", Set.of(ENDED), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.close();
        }),
        of(READ, "end within the head", Set.of("TRUNCATED_HEAD"), Set.of(TRUNCATED), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.send(HEAD + "Content-");
            client.end();
        }),
        of(READ, "close within the body", Set.of("TRUNCATED_BODY"), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.send(HEAD + "Content-Length: 5\r\n\r\n1");
            client.close();
        }),
        of(READ, "reset within the body", Set.of(READ_FAILED), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.send(HEAD + "Content-Length: 5\r\n\r\n1");
            client.pause(50);
            client.reset();
        }),
        of(READ, "end of a body without length", Set.of(), Set.of(TRUNCATED), ANSWERED, SHORT, (client) ->
        {
            client.readOrder();
            client.send(HEAD + "Connection: close\r\n\r\n2");
            client.end();
        }),
        of(READ, "stall within the body", Set.of("REQUEST_TIMEOUT"), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.send(HEAD + "Content-Length: 5\r\n\r\n1");
            client.stall();
        }),
        of(READ, "drip", Set.of("REQUEST_TIMEOUT"), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.drip(HostileServer.answer("x".repeat(1000)));
        }),
        of(READ, "interim responses without end", Set.of("TOO_MANY_INTERIM_RESPONSES"), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.sendForever("HTTP/1.1 102 Processing\r\n\r\n");
        }),
        of(READ, "head without end", Set.of("TOO_MANY_HEADERS", "HEAD_TOO_LARGE"), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.send(HEAD);
            client.sendForever("X-Endless: and no end of it at all\r\n");
        }),
        of(READ, "body without end", Set.of("RECEIVE_BUFFER_TOO_SMALL"), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n");
            client.sendForever("10\r\n0123456789abcdef\r\n");
        }),
        of(READ, "two lengths", Set.of("CONFLICTING_CONTENT_LENGTH"), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.send(HEAD + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n2");
            client.stall();
        }),
        of(READ, "no HTTP", Set.of("MALFORMED_STATUS_LINE"), UNKNOWN, SHORT, (client) ->
        {
            client.readOrder();
            client.send("SSH-2.0-OpenSSH_9.6\r\n");
            client.stall();
        }),
        of(READ, "answer, and more behind it", Set.of(), ANSWERED, SHORT, (client) ->
        {
            client.send(HostileServer.answer(client.readOrder()) + HostileServer.answer("surprise"));
            client.stall();
        }),
        of(READ, "answer, then reset", Set.of(), ANSWERED, SHORT, (client) ->
        {
            client.serveOne();
            client.pause(50);
            client.reset();
        }),
        of(READ, "answer, then end", Set.of(), ANSWERED, SHORT, (client) ->
        {
            client.serveOne();
            client.end();
        }));

    static String table()
    {
        final StringBuilder table = new StringBuilder()
            .append("| phase | the server | plain | TLS | delivery |\n| --- | --- | --- | --- | --- |\n");
        table.append("| CONNECT | refuses | `CONNECT_FAILED` | `CONNECT_FAILED` | `NOT_SENT` |\n");
        table.append("| CONNECT | backlog is full | `CONNECT_TIMEOUT` | `CONNECT_TIMEOUT` | `NOT_SENT` |\n");
        for (final List<FaultCase> cases : List.of(HANDSHAKES, IDLE, EXCHANGES))
        {
            cases.forEach((faultCase) -> table.append(faultCase.row()));
        }

        return table.toString();
    }

    Set<String> errors(final boolean isTls)
    {
        return isTls ? tlsErrors : plainErrors;
    }

    /** Whether the client is to lose patience, which is then short. */
    boolean isTimeout()
    {
        return plainErrors.stream().anyMatch((error) -> error.endsWith("TIMEOUT")) ||
            tlsErrors.stream().anyMatch((error) -> error.endsWith("TIMEOUT"));
    }

    /** An answer over TLS needs more than one without: that its end is no attack. */
    Delivery delivery(final boolean isTls)
    {
        return ANSWERED == delivery && !errors(isTls).isEmpty() ? UNKNOWN : delivery;
    }

    @Override
    public String toString()
    {
        return phase + ": " + fault;
    }

    private String row()
    {
        final String plain = HANDSHAKE == phase ? "" : codes(plainErrors);
        final Delivery tlsDelivery = delivery(true);
        final String deliveries = tlsDelivery == delivery(false) ?
            "`" + delivery + "`" : "`" + delivery + "`, TLS `" + tlsDelivery + "`";

        return "| " + (ACQUIRE == phase ? "idle" : phase) + " | " + fault + " | " + plain + " | " + codes(tlsErrors) +
            " | " + (ACQUIRE == phase ? "nothing was under way" : deliveries) + " |\n";
    }

    private static String codes(final Set<String> errors)
    {
        return errors.isEmpty() ? "answer" : "`" + String.join("` or `", new TreeSet<>(errors)) + "`";
    }

    private static FaultCase handshake(final String fault, final String error, final HostileServer.Deed deed)
    {
        return new FaultCase(HANDSHAKE, fault, Set.of(), Set.of(error), NOT_SENT, SHORT, deed);
    }

    private static FaultCase idle(
        final String fault, final String plainError, final String tlsError, final HostileServer.Deed deed)
    {
        return new FaultCase(ACQUIRE, fault, Set.of(plainError), Set.of(tlsError), NOT_SENT, SHORT, (client) ->
        {
            client.awaitIdle();
            deed.act(client);
        });
    }

    private static FaultCase of(
        final Phase phase,
        final String fault,
        final Set<String> errors,
        final Delivery delivery,
        final int bodyLength,
        final HostileServer.Deed deed)
    {
        return of(phase, fault, errors, errors, delivery, bodyLength, deed);
    }

    private static FaultCase of(
        final Phase phase,
        final String fault,
        final Set<String> plainErrors,
        final Set<String> tlsErrors,
        final Delivery delivery,
        final int bodyLength,
        final HostileServer.Deed deed)
    {
        return new FaultCase(phase, fault, plainErrors, tlsErrors, delivery, bodyLength, deed);
    }
}
