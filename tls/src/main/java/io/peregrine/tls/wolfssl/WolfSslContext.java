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

import io.peregrine.tls.TlsConfig;
import io.peregrine.tls.TlsContext;
import io.peregrine.tls.TlsError;
import io.peregrine.tls.TlsException;
import io.peregrine.tls.TlsSession;
import io.peregrine.tls.TlsVersion;
import io.peregrine.tls.trust.ClientIdentity;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Sessions by wolfSSL. The library does the handshake and the records; certificates of servers are judged by the same
 * verifier as with any other provider.
 */
public final class WolfSslContext extends TlsContext
{
    private static final int FILE_FORMAT_PEM = 1;
    private static final int VERIFY_NONE = 0;
    private static final int SESSION_CACHE_OFF = 0;
    private static final int MIN_VERSION_TLS_1_2 = 3;
    private static final int MIN_VERSION_TLS_1_3 = 4;
    private static final int PROTOCOL_TLS_1_2 = 0x0303;
    private static final int PROTOCOL_TLS_1_3 = 0x0304;

    private final WolfSsl wolfSsl;
    private final ResumptionStore resumptions;
    private final long context;

    private WolfSslContext(final WolfSsl wolfSsl, final TlsConfig config, final long context)
    {
        super(config);
        this.wolfSsl = wolfSsl;
        this.context = context;
        resumptions = new ResumptionStore(wolfSsl.resumptions());
    }

    /**
     * Loads the library and makes a context.
     *
     * @param config to use.
     * @return the context, to be closed.
     * @throws TlsException when the library is not there or not fit, or does not take the configuration.
     */
    public static WolfSslContext open(final TlsConfig config) throws TlsException
    {
        final WolfSsl wolfSsl = WolfSsl.load(config.wolfSslLibrary());
        final ContextFunctions functions = wolfSsl.contexts();
        final long context = functions.newContext(functions.clientMethod());
        if (0 == context)
        {
            throw new TlsException(TlsError.PROVIDER_FAILED, wolfSsl.file() + ": no memory for a context");
        }

        try
        {
            configure(functions, context, config);
        }
        catch (final TlsException | RuntimeException ex)
        {
            functions.freeContext(context);
            throw ex;
        }

        return new WolfSslContext(wolfSsl, config, context);
    }

    /**
     * What keeps the library from being the best choice.
     *
     * @param config to use it with.
     * @return null if it is there and accelerated, else a sentence that says what is wrong and what to do.
     */
    public static String obstacle(final TlsConfig config)
    {
        try
        {
            return slownessOf(WolfSsl.load(config.wolfSslLibrary()));
        }
        catch (final TlsException ex)
        {
            return ex.detail();
        }
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public TlsSession newSession(final String host, final int port) throws TlsException
    {
        throwExceptionIfClosed();
        return WolfSslSession.open(wolfSsl, context, config(), resumptions, host, port);
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String description()
    {
        return "wolfSSL " + wolfSsl.version() + ", AES-128-GCM at " + wolfSsl.aesSpeed().megabytesPerSecond() + " MB/s";
    }

    /**
     * {@inheritDoc}
     */
    @Override
    public String warning()
    {
        return slownessOf(wolfSsl);
    }

    /**
     * Frees what the library holds for the context, and sessions that nobody resumed.
     */
    @Override
    protected void performClose()
    {
        resumptions.close();
        wolfSsl.contexts().freeContext(context);
    }

    private static String slownessOf(final WolfSsl wolfSsl)
    {
        final AesSpeed speed = wolfSsl.aesSpeed();
        return speed.isAccelerated() ? null :
            wolfSsl.file() + " encrypts at " + speed.megabytesPerSecond() + " MB/s: it was built without the code " +
                "for the processor's AES instructions; run scripts/build-wolfssl, or ask for the JSSE provider";
    }

    private static void configure(final ContextFunctions functions, final long context, final TlsConfig config)
        throws TlsException
    {
        // The chain is verified by the verifier of the configuration, before the session is used; the server's proof
        // that it holds the key is always checked by the library.
        functions.verify(context, VERIFY_NONE, 0);
        functions.sessionCacheMode(context, SESSION_CACHE_OFF);
        functions.onCertificateRequest(context, CertificateRequest.CALLBACK);
        final boolean isMin13 = TlsVersion.TLS_1_3 == config.minVersion();
        check(functions.minVersion(context, isMin13 ? MIN_VERSION_TLS_1_3 : MIN_VERSION_TLS_1_2),
            "minVersion " + config.minVersion());
        final boolean isMax12 = TlsVersion.TLS_1_2 == config.maxVersion();
        check(functions.maxVersion(context, isMax12 ? PROTOCOL_TLS_1_2 : PROTOCOL_TLS_1_3),
            "maxVersion " + config.maxVersion());

        try (Arena arena = Arena.ofConfined())
        {
            final String suites = String.join(":", config.cipherSuites());
            check(functions.cipherList(context, arena.allocateFrom(suites).address()), "cipherSuites " + suites);
            // The library writes the names of these two in its own way.
            final String groups = String.join(":", config.groups()).replace("x25519", "X25519").replace("x448", "X448");
            check(functions.curvesList(context, arena.allocateFrom(groups).address()), "groups " + groups);
            if (null != config.clientIdentity())
            {
                identity(functions, context, config.clientIdentity(), arena);
            }
        }
    }

    private static void identity(
        final ContextFunctions functions, final long context, final ClientIdentity identity, final Arena arena)
        throws TlsException
    {
        final MemorySegment chain = arena.allocateFrom(identity.chainPem());
        check(functions.certificateChain(context, chain.address(), chain.byteSize() - 1), "client certificate");

        final MemorySegment key = arena.allocateFrom(identity.privateKeyPem());
        try
        {
            check(functions.privateKey(context, key.address(), key.byteSize() - 1, FILE_FORMAT_PEM), "client key");
        }
        finally
        {
            key.fill((byte)0);
        }
    }

    private static void check(final int result, final String what) throws TlsException
    {
        if (WolfSsl.SUCCESS != result)
        {
            throw new TlsException(
                TlsError.BAD_CONFIGURATION, what + ": refused by wolfSSL, result " + result);
        }
    }
}
