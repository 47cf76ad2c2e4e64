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
package io.peregrine.tls.wolfssl;

import io.peregrine.tls.HandshakeStatus;
import io.peregrine.tls.TlsAlert;
import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;
import io.peregrine.tls.TlsSessionInfo;
import io.peregrine.tls.trust.ChainCheck;
import io.peregrine.tls.trust.ServerIdentity;
import org.agrona.BufferUtil;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A session by wolfSSL. The last flight of the handshake is held back until the server's certificate is verified, so
 * that nothing, neither a certificate of the client nor a request, is sent to a server that is not the one asked for.
 */
@SuppressWarnings("restricted")
final class WolfSslSession extends TlsSession
{
    private static final byte SNI_HOST_NAME = 0;
    private static final byte ALPN_CONTINUE_ON_MISMATCH = 2;
    private static final int ERROR_WANT_READ = 2;
    private static final int ERROR_WANT_WRITE = 3;
    private static final int ERROR_ZERO_RETURN = 6;
    private static final int ALERT_LEVEL_FATAL = 2;
    private static final int MAX_TICKET_LENGTH = 8 * 1024;
    private static final byte[] NO_TICKET = {};
    private static final String PROTOCOL_WITH_TICKETS_AFTER_HANDSHAKE = "TLSv1.3";
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final WolfSsl wolfSsl;
    private final SessionFunctions functions;
    private final TlsConfig config;
    private final ResumptionStore resumptions;
    private final String host;
    private final String server;
    private final RecordRings rings;
    private final long ssl;

    private byte[] resumedTicket = NO_TICKET;
    private ChainCheck chainCheck;
    private TlsSessionInfo info;
    private boolean isConnected;
    private boolean isEstablished;
    private boolean hasFailed;
    private boolean isCertificateRequested;
    private boolean hasInputAfterHandshake;
    private boolean mayHoldPlaintext;

    private WolfSslSession(
        final WolfSsl wolfSsl,
        final long ssl,
        final RecordRings rings,
        final TlsConfig config,
        final ResumptionStore resumptions,
        final String host,
        final String server)
    {
        this.wolfSsl = wolfSsl;
        this.ssl = ssl;
        this.rings = rings;
        this.config = config;
        this.resumptions = resumptions;
        this.host = host;
        this.server = server;
        functions = wolfSsl.sessions();
    }

    static WolfSslSession open(
        final WolfSsl wolfSsl,
        final long context,
        final TlsConfig config,
        final ResumptionStore resumptions,
        final String host,
        final int port) throws TlsException
    {
        final RecordRings rings = new RecordRings(wolfSsl.bios());
        final long ssl = wolfSsl.sessions().newSession(context);
        if (0 == ssl)
        {
            rings.freeInner();
            rings.freeOuter();
            throw new TlsException(TlsError.PROVIDER_FAILED, "no memory for a session");
        }

        wolfSsl.sessions().bio(ssl, rings.inner(), rings.inner());
        final WolfSslSession session =
            new WolfSslSession(wolfSsl, ssl, rings, config, resumptions, host, host + ":" + port);
        try
        {
            session.prepare();
        }
        catch (final TlsException ex)
        {
            session.close();
            throw ex;
        }

        return session;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public HandshakeStatus handshake() throws TlsException
    {
        throwExceptionIfClosed();
        throwIfFailed();
        if (isEstablished)
        {
            return HandshakeStatus.COMPLETE;
        }

        return isConnected ? finishVerification() : connect();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public Runnable task()
    {
        return chainCheck;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public ByteBuffer inputRegion()
    {
        throwExceptionIfClosed();
        return rings.inputRegion();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public void onInput(final int length)
    {
        throwExceptionIfClosed();
        rings.onInput(length);
        hasInputAfterHandshake = isEstablished;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public boolean needsInput()
    {
        throwExceptionIfClosed();
        return !mayHoldPlaintext && rings.isInputEmpty();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public ByteBuffer outputRegion()
    {
        throwExceptionIfClosed();
        final boolean isHeldBack = isConnected && !isEstablished;
        return isHeldBack ? NOTHING : rings.outputRegion();
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public void onOutput(final int length)
    {
        throwExceptionIfClosed();
        rings.onOutput(length);
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public int seal(final ByteBuffer plaintext) throws TlsException
    {
        throwExceptionIfClosed();
        throwIfFailed();
        final int length = Math.min(plaintext.remaining(), MAX_RECORD_PLAINTEXT_LENGTH);
        final int result = functions.write(ssl, BufferUtil.address(plaintext) + plaintext.position(), length);
        rings.onSessionCalled();
        if (result != length)
        {
            throw failure(functions.error(ssl, result));
        }

        return length;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public int open(final ByteBuffer plaintext) throws TlsException
    {
        throwExceptionIfClosed();
        throwIfFailed();
        final int room = plaintext.remaining();
        final int position = plaintext.position();
        final int result = functions.read(ssl, BufferUtil.address(plaintext) + position, room);
        rings.onSessionCalled();
        mayHoldPlaintext = result == room;
        if (result > 0)
        {
            plaintext.position(position + result);
            return result;
        }

        final int error = functions.error(ssl, result);
        if (ERROR_ZERO_RETURN == error)
        {
            return END_OF_STREAM;
        }
        if (isWaiting(error))
        {
            return 0;
        }

        throw failure(error);
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public void shutdown()
    {
        throwExceptionIfClosed();
        if (isEstablished && !hasFailed)
        {
            functions.shutdown(ssl);
            rings.onSessionCalled();
        }
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public boolean awaitsVerdict()
    {
        return isEstablished && !info.isResumed() && PROTOCOL_WITH_TICKETS_AFTER_HANDSHAKE.equals(info.protocol()) &&
            (isCertificateRequested || null != config.clientIdentity());
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public boolean hasVerdict() throws TlsException
    {
        throwExceptionIfClosed();
        throwIfFailed();
        if (!hasInputAfterHandshake)
        {
            return false;
        }

        try (Arena arena = Arena.ofConfined())
        {
            final int result = functions.peek(ssl, arena.allocate(1).address(), 1);
            rings.onSessionCalled();
            final int error = result > 0 ? 0 : functions.error(ssl, result);
            if (result <= 0 && !isWaiting(error) && ERROR_ZERO_RETURN != error)
            {
                throw failure(error);
            }
        }

        return true;
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public TlsSessionInfo info()
    {
        return info;
    }

    /**
     * Keeps what may be resumed, and frees the session.
     */
    @Override
    protected void performClose()
    {
        if (isEstablished && !hasFailed && config.isResuming() && isResumable())
        {
            final long resumption = wolfSsl.resumptions().session(ssl);
            if (0 != resumption)
            {
                resumptions.put(server, resumption);
            }
        }

        functions.freeSession(ssl);
        rings.freeOuter();
    }

    private void prepare() throws TlsException
    {
        try (Arena arena = Arena.ofConfined())
        {
            if (!ServerIdentity.isAddress(host))
            {
                final byte[] name = host.getBytes(StandardCharsets.US_ASCII);
                check(functions.serverName(
                    ssl, SNI_HOST_NAME, copy(arena, name).address(), (short)name.length), "server name " + host);
            }

            final String protocols = String.join(",", config.applicationProtocols());
            if (!protocols.isEmpty())
            {
                check(functions.applicationProtocols(ssl, arena.allocateFrom(protocols).address(),
                    protocols.length(), ALPN_CONTINUE_ON_MISMATCH), "application protocols " + protocols);
            }
        }

        if (config.isResuming())
        {
            final ResumptionFunctions resumption = wolfSsl.resumptions();
            check(resumption.useSessionTicket(ssl), "session tickets");
            final long session = resumptions.take(server);
            if (0 != session)
            {
                // Refused when it has expired: then the handshake is a full one.
                resumption.session(ssl, session);
                resumption.freeResumption(session);
                resumedTicket = ticket();
            }
        }
    }

    /**
     * In TLS 1.3 a handshake makes new secrets, which the ticket of the session before does not go with: then it takes
     * a ticket that the server has sent since.
     */
    private boolean isResumable()
    {
        final byte[] ticket = ticket();
        return !PROTOCOL_WITH_TICKETS_AFTER_HANDSHAKE.equals(info.protocol()) ||
            0 != ticket.length && !Arrays.equals(ticket, resumedTicket);
    }

    /** The ticket that the session holds; empty if there is none, or it is longer than any sensible one. */
    private byte[] ticket()
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment ticket = arena.allocate(MAX_TICKET_LENGTH);
            final MemorySegment length = arena.allocate(ValueLayout.JAVA_INT);
            length.set(ValueLayout.JAVA_INT, 0, MAX_TICKET_LENGTH);
            final int result = wolfSsl.resumptions().sessionTicket(ssl, ticket.address(), length.address());
            return WolfSsl.SUCCESS != result ? NO_TICKET :
                ticket.asSlice(0, length.get(ValueLayout.JAVA_INT, 0)).toArray(ValueLayout.JAVA_BYTE);
        }
    }

    private HandshakeStatus connect() throws TlsException
    {
        CertificateRequest.takeSeen();
        final int result = functions.connect(ssl);
        rings.onSessionCalled();
        isCertificateRequested |= CertificateRequest.takeSeen();
        if (WolfSsl.SUCCESS != result)
        {
            final int error = functions.error(ssl, result);
            if (isWaiting(error))
            {
                return HandshakeStatus.NEED_INPUT;
            }

            throw failure(error);
        }

        isConnected = true;
        info = readInfo();
        if (info.isResumed())
        {
            // By the keys of a session whose server was verified.
            return establish();
        }

        chainCheck = new ChainCheck(config.serverVerifier(), peerChain(), host);
        return HandshakeStatus.NEED_TASK;
    }

    private HandshakeStatus finishVerification() throws TlsException
    {
        if (!chainCheck.isDone())
        {
            return HandshakeStatus.NEED_TASK;
        }
        if (null != chainCheck.failure())
        {
            hasFailed = true;
            throw chainCheck.failure();
        }

        return establish();
    }

    private HandshakeStatus establish()
    {
        isEstablished = true;
        hasInputAfterHandshake = !rings.isInputEmpty();

        return HandshakeStatus.COMPLETE;
    }

    private byte[][] peerChain() throws TlsException
    {
        final PeerFunctions peers = wolfSsl.peers();
        final long chain = peers.peerChain(ssl);
        final int count = 0 == chain ? 0 : peers.chainCount(chain);
        if (count <= 0)
        {
            hasFailed = true;
            throw new TlsException(TlsError.HANDSHAKE_TOO_LARGE,
                "a certificate of the server is larger than this build of wolfSSL keeps (MAX_X509_SIZE)");
        }

        final byte[][] certificates = new byte[count][];
        for (int i = 0; i < count; i++)
        {
            certificates[i] = MemorySegment.ofAddress(peers.chainCertificate(chain, i))
                .reinterpret(peers.chainLength(chain, i))
                .toArray(ValueLayout.JAVA_BYTE);
        }

        return certificates;
    }

    private TlsSessionInfo readInfo()
    {
        final PeerFunctions peers = wolfSsl.peers();
        final int suite = peers.cipherSuite(ssl);
        return new TlsSessionInfo(
            "wolfSSL",
            WolfSsl.text(peers.protocol(ssl)),
            WolfSsl.text(peers.cipherSuiteName((byte)(suite >> 8), (byte)suite)),
            applicationProtocol(peers),
            1 == wolfSsl.resumptions().isResumed(ssl));
    }

    private String applicationProtocol(final PeerFunctions peers)
    {
        try (Arena arena = Arena.ofConfined())
        {
            final MemorySegment name = arena.allocate(ValueLayout.JAVA_LONG);
            final MemorySegment length = arena.allocate(ValueLayout.JAVA_SHORT);
            if (WolfSsl.SUCCESS != peers.applicationProtocol(ssl, name.address(), length.address()))
            {
                return "";
            }

            final byte[] bytes = MemorySegment.ofAddress(name.get(ValueLayout.JAVA_LONG, 0))
                .reinterpret(Short.toUnsignedInt(length.get(ValueLayout.JAVA_SHORT, 0)))
                .toArray(ValueLayout.JAVA_BYTE);
            return new String(bytes, StandardCharsets.US_ASCII);
        }
    }

    private TlsException failure(final int error)
    {
        hasFailed = true;
        final int alert = fatalAlert();
        if (alert >= 0)
        {
            return new TlsException(
                TlsAlert.of(alert).error(isEstablished, isCertificateRequested, null != config.clientIdentity()),
                "server sent " + TlsAlert.describe(alert));
        }

        return new TlsException(
            WolfSslErrors.meaning(error, isEstablished), wolfSsl.reasonOf(error) + " (wolfSSL " + error + ")");
    }

    /** The last alert of the peer, if it was fatal, or -1. */
    private int fatalAlert()
    {
        try (Arena arena = Arena.ofConfined())
        {
            // Received and sent, a code and a level each.
            final MemorySegment history = arena.allocate(4L * Integer.BYTES);
            wolfSsl.peers().alertHistory(ssl, history.address());
            final int code = history.getAtIndex(ValueLayout.JAVA_INT, 0);
            return ALERT_LEVEL_FATAL == history.getAtIndex(ValueLayout.JAVA_INT, 1) ? code : -1;
        }
    }

    private void throwIfFailed()
    {
        if (hasFailed)
        {
            throw new IllegalStateException("the session has failed");
        }
    }

    private static boolean isWaiting(final int error)
    {
        return ERROR_WANT_READ == error || ERROR_WANT_WRITE == error;
    }

    private static MemorySegment copy(final Arena arena, final byte[] bytes)
    {
        return arena.allocateFrom(ValueLayout.JAVA_BYTE, bytes);
    }

    private void check(final int result, final String what) throws TlsException
    {
        if (WolfSsl.SUCCESS != result)
        {
            throw new TlsException(TlsError.BAD_CONFIGURATION, what + ": refused by wolfSSL, result " + result);
        }
    }
}
