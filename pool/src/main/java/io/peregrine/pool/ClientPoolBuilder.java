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

import io.peregrine.codec.HttpException;
import io.peregrine.codec.HttpUrl;
import io.peregrine.codec.RequestError;
import io.peregrine.codec.RequestWriter;
import io.peregrine.engine.ConnectionConfig;
import io.peregrine.engine.ConnectionOptions;
import io.peregrine.engine.EngineContext;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.HttpEngine;
import io.peregrine.engine.ReconnectPolicy;
import io.peregrine.engine.ServerAddress;

import java.util.ArrayList;
import java.util.Objects;
import java.util.function.Consumer;

/** Builds a {@link ClientPool}. */
public final class ClientPoolBuilder extends ConnectionOptions<ClientPoolBuilder>
{
    /** Default length in bytes of each slot's transmit buffer, which bounds a request: 32 KiB. */
    public static final int TRANSMIT_BUFFER_LENGTH_DEFAULT = 32 * 1024;

    /** How many may wait for a slot at once: 1,024. */
    public static final int MAX_WAITING_DEFAULT = 1_024;

    /** Exchanges that are enough for {@link #warmUp(int)} to have everything compiled: 20,000. */
    public static final int WARM_UP_EXCHANGES = 20_000;

    private final HttpEngine sharedEngine;
    private final ArrayList<Consumer<RequestWriter>> writerSettings = new ArrayList<>();

    private HttpUrl url;
    private String basePath;
    private int connections = 1;
    private int warmUpExchanges;
    private Consumer<ClientPool> rehearsal;
    private int maxWaiting = MAX_WAITING_DEFAULT;
    private int transmitBufferLength = TRANSMIT_BUFFER_LENGTH_DEFAULT;
    private ReconnectPolicy reconnectPolicy = ReconnectPolicy.DEFAULT;

    /**
     * A builder of a pool that has an engine to itself, driven by the pool's own {@link ClientPool#doWork()}.
     */
    public ClientPoolBuilder()
    {
        sharedEngine = null;
    }

    /**
     * A builder of a pool that shares an engine with others.
     *
     * @param engine that shall drive the pool's connections.
     */
    public ClientPoolBuilder(final HttpEngine engine)
    {
        sharedEngine = Objects.requireNonNull(engine);
    }

    /**
     * {@inheritDoc}
     */
    @Override
    protected ClientPoolBuilder self()
    {
        return this;
    }

    /**
     * Server to connect to. The path of the URL, if it has one, is the base path of every request unless
     * {@link #basePath(String)} sets another.
     *
     * @param url with scheme http or https, and no query.
     * @return this for a fluent API.
     * @throws HttpException with {@link RequestError#INVALID_URL} when the URL is not valid.
     */
    public ClientPoolBuilder url(final String url)
    {
        final HttpUrl parsed = HttpUrl.parse(url);
        if (null != parsed.query())
        {
            throw new HttpException(RequestError.INVALID_URL, "the URL of a pool has no query");
        }

        this.url = parsed;
        return this;
    }

    /**
     * Number of connections; 1 unless set.
     *
     * @param count of connections, positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the count is not positive.
     */
    public ClientPoolBuilder connections(final int count)
    {
        if (count <= 0)
        {
            throw new IllegalArgumentException("connections must be positive, not " + count);
        }

        connections = count;
        return this;
    }

    /**
     * How many may wait for a slot at once; 1,024 unless set. The next one is told so instead of waiting.
     *
     * @param count positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the count is not positive.
     */
    public ClientPoolBuilder maxWaiting(final int count)
    {
        if (count <= 0)
        {
            throw new IllegalArgumentException("maxWaiting must be positive, not " + count);
        }

        maxWaiting = count;
        return this;
    }

    /**
     * Length of each slot's transmit buffer, which bounds a request; 32 KiB unless set.
     *
     * @param length in bytes, positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the length is not positive.
     */
    public ClientPoolBuilder transmitBufferLength(final int length)
    {
        if (length <= 0)
        {
            throw new IllegalArgumentException("transmitBufferLength must be positive, not " + length);
        }

        transmitBufferLength = length;
        return this;
    }

    /**
     * Path that every request's path is put behind.
     *
     * @param path starting with a slash; slashes at its end are dropped.
     * @return this for a fluent API.
     */
    public ClientPoolBuilder basePath(final String path)
    {
        basePath = Objects.requireNonNull(path);
        return this;
    }

    /**
     * Header that every request carries; {@link #build()} refuses what is not valid.
     *
     * @param name  of the header.
     * @param value of the header.
     * @return this for a fluent API.
     */
    public ClientPoolBuilder defaultHeader(final String name, final String value)
    {
        writerSettings.add((writer) -> writer.defaultHeader(name, value));
        return this;
    }

    /**
     * When a connection that ended is made anew; {@link ReconnectPolicy#DEFAULT} unless set.
     *
     * @param policy to follow; not {@link ReconnectPolicy#NEVER}, since the pool would lose its slots.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the policy never reconnects.
     */
    public ClientPoolBuilder reconnectPolicy(final ReconnectPolicy policy)
    {
        if (!policy.isEnabled())
        {
            throw new IllegalArgumentException("a pool needs a policy that reconnects");
        }

        reconnectPolicy = policy;
        return this;
    }

    /**
     * Has so many exchanges made before the pool connects, so that the first request does not pay for loading classes,
     * interpreting and compiling; none unless set, and {@link #WARM_UP_EXCHANGES} are enough. They run in the thread
     * that builds the pool, for 10 s at the most, through an engine and connections of their own with the settings of
     * this builder, to a server of their own on the loopback interface. The real server does not hear of them. When
     * they fail, the engine's error log says why, and the pool is built all the same. They speak no TLS.
     *
     * @param exchanges number of exchanges; 0 for none.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when the number is negative.
     */
    public ClientPoolBuilder warmUp(final int exchanges)
    {
        if (exchanges < 0)
        {
            throw new IllegalArgumentException("exchanges must not be negative: " + exchanges);
        }

        warmUpExchanges = exchanges;
        return this;
    }

    /**
     * Code of your own that the warm-up runs too, so that the first order does not pay for the first run of whatever
     * encodes it and takes its answer: it makes one order from beginning to end, as a strategy would, through the pool
     * that it is given, which leads to the warm-up's own server. Without a {@link #warmUp(int)} nobody would run it:
     * {@link #build()} refuses that. An {@link AtomicClientPool} takes its rehearsal from its context.
     * <p>
     * It is run by the thread that builds the pool, before every other exchange of the warm-up, which makes about
     * (exchanges + 3,000) / 2 runs. The pool has two connections, whatever {@link #connections(int)} says, one of which
     * is ready, and every 2,000 exchanges there is another pool. Its server answers any request but HEAD, up to 64 KiB
     * long, with status 200 and a small JSON object. The code has effects of its own all the same: ids that it uses up,
     * positions that it notes, nonces that only ascend are to be kept apart from those of real orders. If this builder
     * shares an engine, the engine's other connections wait meanwhile.
     * <p>
     * It has to return by itself. The time limit of the warm-up is looked at between two runs, and by the duty cycle,
     * which ends an exchange that is under way by an exception; code that waits for anything else holds up the build.
     * When it throws something, an error as well, keeps a slot or closes the pool, it is not run again: the error log
     * of the engine says why, the warm-up goes on without it, and the pool is built.
     *
     * @param order that makes an order, and returns when its outcome is there, all slots given back. It must not keep
     *              the pool, which later throws IllegalStateException.
     * @return this for a fluent API.
     */
    public ClientPoolBuilder rehearsal(final Consumer<ClientPool> order)
    {
        rehearsal = Objects.requireNonNull(order, "order");
        return this;
    }

    /**
     * Connects every slot for real, running the engine's duty cycle meanwhile, and fails whole when one of them cannot
     * connect: then nothing is left open.
     *
     * @return the pool, all its slots available.
     * @throws HttpException            when there is no URL, or a header or path is not valid.
     * @throws ExchangeException        when the name does not resolve, TLS cannot be set up as configured, or a
     *                                  connection cannot be made.
     * @throws IllegalArgumentException when the receive buffer cannot hold the longest head, or there is a rehearsal
     *                                  without a warm-up.
     */
    public ClientPool build()
    {
        checkComplete();
        final boolean isEngineOwned = null == sharedEngine;
        final EngineContext engineContext = isEngineOwned ? new EngineContext() : sharedEngine.context();
        final WarmUp warmUp = WarmUp.run(this, engineContext);
        final HttpEngine engine = isEngineOwned ? new HttpEngine(engineContext) : sharedEngine;
        warmUp.report(engine);

        return build(engine, isEngineOwned);
    }

    /** Refuses settings that are not valid, before an engine is made for them. */
    void checkComplete()
    {
        if (null == url)
        {
            throw new HttpException(RequestError.INVALID_URL, "a pool needs a URL");
        }

        checkRehearsal(rehearsal);
        newWriter();
        connectionConfig();
    }

    /** Refuses one that would never be run. */
    void checkRehearsal(final Consumer<?> order)
    {
        if (null != order && 0 == warmUpExchanges)
        {
            throw new IllegalArgumentException("a rehearsal is part of the warm-up, and warmUp is 0");
        }
    }

    ClientPool build(final HttpEngine engine, final boolean isEngineOwned)
    {
        final ClientPool pool = new ClientPool(engine, isEngineOwned, connections, maxWaiting);
        pool.start(ServerAddress.of(url), connectionConfig(), transmitBufferLength, this::newWriter);

        return pool;
    }

    /** A pool with the same settings, but for its server and when a connection is made anew. */
    ClientPool buildWarmUp(
        final HttpEngine engine, final ServerAddress server, final ReconnectPolicy policy, final int connections)
    {
        final ClientPool pool = new ClientPool(engine, true, connections, maxWaiting);
        pool.start(server, connectionConfig(policy), transmitBufferLength, this::newWriter);

        return pool;
    }

    boolean hasSharedEngine()
    {
        return null != sharedEngine;
    }

    int warmUpExchanges()
    {
        return warmUpExchanges;
    }

    /** Null when there is none. */
    Consumer<ClientPool> rehearsal()
    {
        return rehearsal;
    }

    int connections()
    {
        return connections;
    }

    ConnectionConfig connectionConfig()
    {
        return connectionConfig(reconnectPolicy);
    }

    RequestWriter newWriter()
    {
        final RequestWriter writer = new RequestWriter(url);
        writer.basePath(null == basePath ? url.path() : basePath);
        writerSettings.forEach((setting) -> setting.accept(writer));

        return writer;
    }
}
