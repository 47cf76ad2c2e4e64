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
import io.peregrine.tls.CertificateAuthority.IssuedCertificate;
import io.peregrine.tls.TlsVersion;
import org.agrona.IoUtil;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A real TLS server in a process of its own, on a free port of the loopback interface; its files go with it. */
final class TlsServerProcess implements AutoCloseable
{
    /** The servers that there are. */
    enum Kind
    {
        NGINX,
        HAPROXY,
        OPENSSL
    }

    /** What the servers answer with, but for openssl's, which describes the session. */
    static final String BODY = "pong";

    private static final long START_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long STOP_TIMEOUT_S = 20;
    private static final long RETRY_MS = 10;
    private static final String NGINX_CONFIG = """
        daemon off;
        worker_processes 1;
        %1$s
        pid %2$s/nginx.pid;
        error_log %2$s/error.log;
        events
        {
            worker_connections 64;
        }
        http
        {
            client_body_temp_path %2$s/body;
            proxy_temp_path %2$s/proxy;
            fastcgi_temp_path %2$s/fastcgi;
            uwsgi_temp_path %2$s/uwsgi;
            scgi_temp_path %2$s/scgi;
            access_log off;
            keepalive_requests 2;
            ssl_session_cache shared:SSL:1m;
            server
            {
                listen 127.0.0.1:%3$d ssl;
                ssl_certificate %2$s/server.pem;
                ssl_certificate_key %2$s/server.pem;
                ssl_protocols %4$s;
                %5$s
                add_header X-Client "$ssl_client_s_dn";
                add_header X-Protocol $ssl_protocol;
                location /
                {
                    return 200 '%6$s';
                }
            }
        }
        """;
    private static final String HAPROXY_CONFIG = """
        global
            ssl-default-bind-options ssl-min-ver %3$s ssl-max-ver %3$s
        defaults
            mode http
            timeout client 30s
            timeout server 30s
            timeout connect 5s
        frontend venue
            bind 127.0.0.1:%2$d ssl crt %1$s/server.pem alpn http/1.1 %4$s
            http-after-response set-header X-Client "%%[ssl_c_s_dn]"
            http-request return status 200 content-type text/plain string %5$s
        """;

    private final Path root;
    private final int port;
    private final Process process;

    TlsServerProcess(
        final Kind kind,
        final IssuedCertificate certificate,
        final TlsVersion version,
        final CertificateAuthority clients) throws IOException
    {
        this(certificate, clients, (server) -> server.command(kind, version, null != clients));
    }

    private TlsServerProcess(
        final IssuedCertificate certificate, final CertificateAuthority clients, final Commands commands)
        throws IOException
    {
        root = Files.createTempDirectory("peregrine-tls");
        certificate.writePem(root, "server");
        if (null != clients)
        {
            clients.writePem(root.resolve("ca.pem"));
        }
        port = freePort();
        process = new ProcessBuilder(commands.of(this))
            .redirectErrorStream(true)
            .redirectOutput(root.resolve("output.log").toFile())
            .start();
        awaitListening();
    }

    /** An openssl server that prints each message, and does and sends what is typed at it. */
    static TlsServerProcess interactive(final IssuedCertificate certificate, final TlsVersion version)
        throws IOException
    {
        return new TlsServerProcess(certificate, null, (server) -> List.of(
            "openssl", "s_server", "-accept", String.valueOf(server.port), "-cert", server.root + "/server.crt",
            "-key", server.root + "/server.key", "-msg",
            TlsVersion.TLS_1_2 == version ? "-tls1_2" : "-tls1_3"));
    }

    /** Waits until the server has printed something so many times. */
    void awaitOutput(final String text, final int times) throws IOException
    {
        final long startNs = System.nanoTime();
        while (output().split(Pattern.quote(text), -1).length <= times)
        {
            if (System.nanoTime() - startNs > START_TIMEOUT_NS)
            {
                throw new AssertionError("the server did not print " + text + " but " + output());
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MS));
        }
    }

    String url()
    {
        return "https://localhost:" + port;
    }

    /** What would be typed at a server that listens to its keyboard. */
    void type(final String text) throws IOException
    {
        final OutputStream keyboard = process.getOutputStream();
        keyboard.write(text.getBytes(StandardCharsets.US_ASCII));
        keyboard.flush();
    }

    /** Everything that the server has printed. */
    String output() throws IOException
    {
        return Files.readString(root.resolve("output.log"), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close()
    {
        process.destroy();
        try
        {
            if (!process.waitFor(STOP_TIMEOUT_S, TimeUnit.SECONDS))
            {
                process.destroyForcibly();
            }
        }
        catch (final InterruptedException ex)
        {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        finally
        {
            IoUtil.delete(root.toFile(), true);
        }
    }

    private List<String> command(final Kind kind, final TlsVersion version, final boolean needsClient)
        throws IOException
    {
        return switch (kind)
        {
            case NGINX -> nginx(version, needsClient);
            case HAPROXY -> haproxy(version, needsClient);
            case OPENSSL -> openssl(version, needsClient);
        };
    }

    private List<String> nginx(final TlsVersion version, final boolean needsClient) throws IOException
    {
        final Path config = root.resolve("nginx.conf");
        final String user = "root".equals(System.getProperty("user.name")) ? "user root;" : "";
        final String clients = needsClient ?
            "ssl_client_certificate " + root + "/ca.pem; ssl_verify_client on; ssl_verify_depth 3;" : "";
        Files.writeString(config, NGINX_CONFIG.formatted(user, root, port, version.protocolName(), clients, BODY));

        return List.of("nginx", "-p", root.toString(), "-c", config.toString());
    }

    private List<String> haproxy(final TlsVersion version, final boolean needsClient) throws IOException
    {
        final Path config = root.resolve("haproxy.cfg");
        final String clients = needsClient ? "ca-file " + root + "/ca.pem verify required" : "";
        Files.writeString(config, HAPROXY_CONFIG.formatted(
            root, port, version.protocolName(), clients, BODY));

        return List.of("haproxy", "-db", "-f", config.toString());
    }

    private List<String> openssl(final TlsVersion version, final boolean needsClient)
    {
        final List<String> command = new ArrayList<>(List.of(
            "openssl", "s_server", "-accept", String.valueOf(port), "-cert", root + "/server.crt",
            "-key", root + "/server.key", "-cert_chain", root + "/server.crt", "-alpn", "http/1.1",
            TlsVersion.TLS_1_2 == version ? "-tls1_2" : "-tls1_3", "-www"));
        if (needsClient)
        {
            command.addAll(List.of("-CAfile", root + "/ca.pem", "-Verify", "3", "-verify_return_error"));
        }

        return command;
    }

    private void awaitListening() throws IOException
    {
        final long startNs = System.nanoTime();
        while (true)
        {
            try
            {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return;
            }
            catch (final IOException ex)
            {
                if (!process.isAlive() || System.nanoTime() - startNs > START_TIMEOUT_NS)
                {
                    final String output = output();
                    close();
                    throw new AssertionError("the server does not listen: " + output, ex);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MS));
            }
        }
    }

    @FunctionalInterface
    private interface Commands
    {
        List<String> of(TlsServerProcess server) throws IOException;
    }

    private static int freePort() throws IOException
    {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            return socket.getLocalPort();
        }
    }
}
