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

import io.peregrine.codec.Request;
import io.peregrine.codec.ResponseLimits;
import io.peregrine.tls.CertificateAuthority;
import io.peregrine.tls.CertificateAuthority.IssuedCertificate;
import io.peregrine.tls.MemoryServer;
import io.peregrine.tls.Provider;
import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What comes and goes over a session once it is there: long, cut short, interrupted by messages of TLS itself. */
@Timeout(60)
class TlsStreamTest
{
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.ec("Venue root");
    private static final IssuedCertificate SERVER = AUTHORITY.leaf().dns("localhost").issue();
    private static final SSLContext SERVERS = MemoryServer.context(SERVER, AUTHORITY);
    private static final String HEAD_WITHOUT_LENGTH = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
    private static final int LARGE = 1024 * 1024;

    @RegisterExtension
    final EngineTestWatcher watcher = new EngineTestWatcher();

    private final HttpEngine engine = watcher.watch(new HttpEngine(new EngineContext()));

    @AfterEach
    void closeEngine()
    {
        engine.close();
    }

    static Stream<Arguments> providersAndVersions()
    {
        return Stream.of(Provider.values()).flatMap((provider) ->
            Stream.of(TlsVersion.values()).map((version) -> Arguments.of(provider, version)));
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldReadAnAnswerOfManyRecords(final Provider provider, final TlsVersion version) throws IOException
    {
        final String body = "0123456789abcdef".repeat(LARGE / 16);
        try (TlsLoopbackServer server = new TlsLoopbackServer(SERVERS, version.protocolName(), false, (socket, raw) ->
        {
            socket.getInputStream().read();
            send(socket, "HTTP/1.1 200 OK\r\nContent-Length: " + LARGE + "\r\n\r\n" + body);
            socket.getInputStream().readAllBytes();
        }))
        {
            final HttpConnection connection = connect(new HttpConnectionBuilder(engine)
                .responseLimits(ResponseLimits.DEFAULT.maxBodyLength(LARGE))
                .receiveBufferLength(LARGE + ResponseLimits.DEFAULT.maxHeadLength()), provider, server);

            assertEquals(body, connection.exchange(Requests.get("/")).bodyAsString());
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldWriteARequestThatTheSocketTakesInParts(final Provider provider, final TlsVersion version)
        throws IOException
    {
        final Request request = Requests.post("/", "x".repeat(LARGE));
        try (TlsLoopbackServer server = new TlsLoopbackServer(SERVERS, version.protocolName(), false, (socket, raw) ->
        {
            final byte[] bytes = socket.getInputStream().readNBytes(request.length());
            send(socket, Requests.answer(String.valueOf(new String(bytes, StandardCharsets.ISO_8859_1)
                .equals(Requests.text(request)))));
            socket.getInputStream().readAllBytes();
        }))
        {
            final HttpConnection connection =
                connect(new HttpConnectionBuilder(engine).sendBufferSize(4 * 1024), provider, server);

            assertEquals("true", connection.exchange(request).bodyAsString());
            assertEquals(request.length(), connection.bytesWritten());
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldTakeTheEndOfTheSessionForTheEndOfTheBody(final Provider provider, final TlsVersion version)
        throws IOException
    {
        try (TlsLoopbackServer server = new TlsLoopbackServer(SERVERS, version.protocolName(), false, (socket, raw) ->
        {
            socket.getInputStream().read();
            send(socket, HEAD_WITHOUT_LENGTH + "the whole");
            socket.close();
        }))
        {
            final HttpConnection connection = connect(new HttpConnectionBuilder(engine), provider, server);
            assertEquals("the whole", connection.exchange(Requests.get("/")).bodyAsString());
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldNotTakeATruncationForTheEndOfTheBody(final Provider provider, final TlsVersion version)
        throws IOException
    {
        try (TlsLoopbackServer server = new TlsLoopbackServer(SERVERS, version.protocolName(), false, (socket, raw) ->
        {
            // All that was sent has to be read, or the end would be a reset.
            readRequest(socket);
            send(socket, HEAD_WITHOUT_LENGTH + "not the who");
            raw.shutdownOutput();
            socket.getInputStream().readAllBytes();
        }))
        {
            final HttpConnection connection = connect(new HttpConnectionBuilder(engine), provider, server);
            final ExchangeException ex =
                assertThrows(ExchangeException.class, () -> connection.exchange(Requests.get("/")));
            assertEquals(TlsError.TRUNCATED, ex.error());
            assertEquals(Delivery.UNKNOWN, ex.delivery());
            assertTrue(connection.isPoisoned());
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldSayThatItCloses(final Provider provider, final TlsVersion version) throws Exception
    {
        final CompletableFuture<Integer> end = new CompletableFuture<>();
        try (TlsLoopbackServer server = new TlsLoopbackServer(SERVERS, version.protocolName(), false, (socket, raw) ->
        {
            try
            {
                end.complete(socket.getInputStream().read());
            }
            catch (final IOException ex)
            {
                end.completeExceptionally(ex);
            }
        }))
        {
            connect(new HttpConnectionBuilder(engine), provider, server).close();
            assertEquals(-1, end.get(20, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @MethodSource("providersAndVersions")
    void shouldTakeALongChain(final Provider provider, final TlsVersion version) throws IOException
    {
        final IssuedCertificate deep = AUTHORITY.leaf().dns("localhost").intermediates(9).rsa().issue();
        try (TlsLoopbackServer server = new TlsLoopbackServer(
            MemoryServer.context(deep, AUTHORITY), version.protocolName(), false, (socket, raw) ->
            {
                socket.getInputStream().read();
                send(socket, Requests.answer("deep"));
                socket.getInputStream().readAllBytes();
            }))
        {
            final HttpConnection connection = connect(new HttpConnectionBuilder(engine), provider, server);
            assertEquals("deep", connection.exchange(Requests.get("/")).bodyAsString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldGoOnWithNewKeys(final Provider provider) throws IOException
    {
        // Typed at the server: K asks for new keys on both sides, k changes its own, other lines go to the client.
        try (TlsServerProcess server = TlsServerProcess.interactive(SERVER, TlsVersion.TLS_1_3))
        {
            final HttpConnection connection = connect(new HttpConnectionBuilder(engine), provider, server.url());
            int updates = 0;
            for (final String command : new String[]{ "K\n", "k\n", "K\n" })
            {
                final RecordingHandler handler = new RecordingHandler();
                updates++;
                connection.send(Requests.get("/" + updates), handler);
                server.awaitOutput("GET /" + updates, 1);
                server.type(command);
                server.awaitOutput(">>> TLS 1.3, Handshake [length 0005], KeyUpdate", updates);
                server.type("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nkeys\n");
                awaitOutcome(handler);
                assertEquals(200, handler.only().status(), () -> handler.only().toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldNotRenegotiate(final Provider provider) throws IOException
    {
        try (TlsServerProcess server = TlsServerProcess.interactive(SERVER, TlsVersion.TLS_1_2))
        {
            final HttpConnection connection = connect(new HttpConnectionBuilder(engine), provider, server.url());
            final RecordingHandler handler = new RecordingHandler();
            connection.send(Requests.get("/"), handler);
            server.awaitOutput("GET /", 1);
            server.type("r\n");
            awaitOutcome(handler);

            // Some refuse with an alert, at which this server gives up; some give up by themselves.
            assertTrue(handler.only().error() instanceof TlsError, () -> handler.only().toString());
            assertEquals(1, engine.counters().get(EngineCounter.TLS_HANDSHAKES));
        }
    }

    private void awaitOutcome(final RecordingHandler handler)
    {
        final long startNs = System.nanoTime();
        while (handler.outcomes().isEmpty())
        {
            engine.doWorkAndIdle();
            assertTrue(System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(20), "no outcome");
        }
    }

    private static HttpConnection connect(
        final HttpConnectionBuilder builder, final Provider provider, final TlsLoopbackServer server)
        throws TlsException
    {
        return connect(builder, provider, server.url("localhost"));
    }

    private static HttpConnection connect(
        final HttpConnectionBuilder builder, final Provider provider, final String url) throws TlsException
    {
        final TlsConfig config = provider.config()
            .trustPem(CertificateAuthority.pem(AUTHORITY.certificate())).build();
        return builder.tls(config).connect(url);
    }

    private static void readRequest(final SSLSocket socket) throws IOException
    {
        final StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0)
        {
            head.append((char)socket.getInputStream().read());
        }
    }

    private static void send(final SSLSocket socket, final String text) throws IOException
    {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
