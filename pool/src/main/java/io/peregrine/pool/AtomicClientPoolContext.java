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

import io.peregrine.codec.HeaderName;
import io.peregrine.engine.EngineContext;
import org.agrona.BitUtil;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** What an {@link AtomicClientPool} is made of. Serves one pool; not thread safe. */
public final class AtomicClientPoolContext implements Cloneable
{
    private EngineContext engine = new EngineContext();
    private ClientPoolBuilder pool;
    private Consumer<PoolClient> rehearsal;
    private CpuPinning cpuPinning = CpuPinning.none();
    private boolean isPinningRequired = false;
    private IdleStrategy idleStrategy = BusySpinIdleStrategy.INSTANCE;
    private Supplier<IdleStrategy> clientIdleStrategy = () -> BusySpinIdleStrategy.INSTANCE;
    private boolean isInvokerUsed = false;
    private ErrorHandler errorHandler = Throwable::printStackTrace;
    private int maxErrorsInARow = 8;
    private int maxClients = 16;
    private int requestSlots = 64;
    private int prioritySlots = 16;
    private int maxRequestLength = 4 * 1024;
    private RequestRingKind requestRingKind = RequestRingKind.ONE_TO_ONE;
    private int drainLimit = 16;
    private int answerRingLength = 256 * 1024;
    private LargeAnswerPolicy largeAnswerPolicy = LargeAnswerPolicy.IN_PARTS;
    private NoConnectionPolicy noConnectionPolicy = NoConnectionPolicy.WAIT;
    private List<HeaderName> capturedHeaders;
    private boolean isConcluded;

    /**
     * A context with the default of everything but the pool.
     */
    public AtomicClientPoolContext()
    {
    }

    /** Refuses what does not fit together, and freezes the context. */
    void conclude()
    {
        if (isConcluded)
        {
            throw new IllegalStateException("a context serves one pool");
        }

        Objects.requireNonNull(pool, "pool");
        if (pool.hasSharedEngine())
        {
            throw new IllegalArgumentException("the builder of an AtomicClientPool must not share an engine");
        }

        if (null != pool.rehearsal())
        {
            throw new IllegalArgumentException("the rehearsal of an AtomicClientPool is set in its context");
        }

        pool.checkRehearsal(rehearsal);
        pool.checkComplete();
        isConcluded = true;
    }

    /** The same for a pool that is not the real one: what its engine has to say does not matter to anybody. */
    AtomicClientPoolContext forWarmUp()
    {
        final AtomicClientPoolContext context = copy();
        context.isPinningRequired = false;
        context.errorHandler = (ignore) -> {};
        context.maxErrorsInARow = 1;
        context.maxClients = 1;

        return context;
    }

    private AtomicClientPoolContext copy()
    {
        try
        {
            // Not field by field, where one could be forgotten.
            return (AtomicClientPoolContext)clone();
        }
        catch (final CloneNotSupportedException ex)
        {
            throw new IllegalStateException(ex);
        }
    }

    AnswerLimits answerLimits()
    {
        return new AnswerLimits(
            answerRingLength,
            largeAnswerPolicy,
            capturedHeaders,
            pool.connectionConfig(),
            pool.connections(),
            requestSlots + prioritySlots);
    }

    int requestSlots(final LaneKind kind)
    {
        return LaneKind.PRIORITY == kind ? prioritySlots : requestSlots;
    }

    /**
     * What the engine is made of: clock, transports, counters, error log, name of its thread.
     *
     * @param context context of an engine that does not exist yet.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext engine(final EngineContext context)
    {
        engine = Objects.requireNonNull(context, "engine");
        return this;
    }

    /**
     * What the engine is made of.
     *
     * @return what was set, or the default.
     */
    public EngineContext engine()
    {
        return engine;
    }

    /**
     * Server, connections and their options. The builder must not share an engine.
     *
     * @param builder builder to use; required.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext pool(final ClientPoolBuilder builder)
    {
        pool = Objects.requireNonNull(builder, "pool");
        return this;
    }

    /**
     * Server, connections and their options.
     *
     * @return what was set, or the default.
     */
    public ClientPoolBuilder pool()
    {
        return pool;
    }

    /**
     * Code of your own that the warm-up runs too: it makes one order from beginning to end, as a strategy would,
     * through the client that it is given. It is run by the thread that launches the pool, the engine has its own. If
     * there is an invoker instead, which the code cannot reach, polls of this client run the engine as exchanges do: it
     * is enough to poll until {@link PoolClient#outstanding()} is 0.
     * <p>
     * Otherwise as {@link ClientPoolBuilder#rehearsal(Consumer)}, and to be had with a warm-up only as well; how often
     * it is run, what it must keep apart, and that it has to return by itself is said there. When it throws something,
     * leaves an order without its outcome or closes the client, it is not run again: the error log of the engine says
     * why, the warm-up goes on without it, and the pool is launched.
     *
     * @param order that makes an order, and returns when its outcome is there. It must not keep the client, which later
     *              throws IllegalStateException.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext rehearsal(final Consumer<PoolClient> order)
    {
        rehearsal = Objects.requireNonNull(order, "order");
        return this;
    }

    /**
     * Code of your own that the warm-up runs too.
     *
     * @return what was set, or null.
     */
    public Consumer<PoolClient> rehearsal()
    {
        return rehearsal;
    }

    /**
     * Core that the engine's thread is bound to; none unless set.
     *
     * @param cpuPinning pinning to use.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext cpuPinning(final CpuPinning cpuPinning)
    {
        this.cpuPinning = Objects.requireNonNull(cpuPinning, "cpuPinning");
        return this;
    }

    /**
     * Core that the engine's thread is bound to.
     *
     * @return what was set, or the default.
     */
    public CpuPinning cpuPinning()
    {
        return cpuPinning;
    }

    /**
     * Whether the launch fails when the thread cannot be bound; otherwise the error handler hears of it and the pool
     * runs.
     *
     * @param isPinningRequired true to fail.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext isPinningRequired(final boolean isPinningRequired)
    {
        this.isPinningRequired = isPinningRequired;
        return this;
    }

    /**
     * Whether the launch fails when the thread cannot be bound.
     *
     * @return what was set, or the default.
     */
    public boolean isPinningRequired()
    {
        return isPinningRequired;
    }

    /**
     * What the engine's thread does between duty cycles without work: busy-spin unless set. {@link
     * org.agrona.concurrent.NoOpIdleStrategy} saves the pause, {@link org.agrona.concurrent.BackoffIdleStrategy} saves
     * the core on a machine for development.
     *
     * @param idleStrategy strategy to use.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext idleStrategy(final IdleStrategy idleStrategy)
    {
        this.idleStrategy = Objects.requireNonNull(idleStrategy, "idleStrategy");
        return this;
    }

    /**
     * What the engine's thread does between duty cycles without work.
     *
     * @return what was set, or the default.
     */
    public IdleStrategy idleStrategy()
    {
        return idleStrategy;
    }

    /**
     * What a client's thread does while it waits in an exchange; busy-spin unless set.
     *
     * @param clientIdleStrategy supplier of a strategy for each client.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext clientIdleStrategy(final Supplier<IdleStrategy> clientIdleStrategy)
    {
        this.clientIdleStrategy = Objects.requireNonNull(clientIdleStrategy, "clientIdleStrategy");
        return this;
    }

    /**
     * What a client's thread does while it waits in an exchange.
     *
     * @return what was set, or the default.
     */
    public Supplier<IdleStrategy> clientIdleStrategy()
    {
        return clientIdleStrategy;
    }

    /**
     * Whether no thread is started: then {@link AtomicClientPool#invoker()} runs the engine on the thread that launched
     * it.
     *
     * @param isInvokerUsed true for an invoker.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext isInvokerUsed(final boolean isInvokerUsed)
    {
        this.isInvokerUsed = isInvokerUsed;
        return this;
    }

    /**
     * Whether no thread is started.
     *
     * @return what was set, or the default.
     */
    public boolean isInvokerUsed()
    {
        return isInvokerUsed;
    }

    /**
     * What hears of unexpected exceptions on the engine's thread; prints them unless set.
     *
     * @param errorHandler handler to use.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext errorHandler(final ErrorHandler errorHandler)
    {
        this.errorHandler = Objects.requireNonNull(errorHandler, "errorHandler");
        return this;
    }

    /**
     * What hears of unexpected exceptions on the engine's thread.
     *
     * @return what was set, or the default.
     */
    public ErrorHandler errorHandler()
    {
        return errorHandler;
    }

    /**
     * How many duty cycles in a row may end with an exception before the engine ends: 8 unless set.
     *
     * @param maxErrorsInARow positive count.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when it is not positive.
     */
    public AtomicClientPoolContext maxErrorsInARow(final int maxErrorsInARow)
    {
        this.maxErrorsInARow = positive("maxErrorsInARow", maxErrorsInARow);
        return this;
    }

    /**
     * How many duty cycles in a row may end with an exception.
     *
     * @return what was set, or the default.
     */
    public int maxErrorsInARow()
    {
        return maxErrorsInARow;
    }

    /**
     * How many clients there may be at a time: 16 unless set. Memory for the requests of all of them is allocated at
     * the launch.
     *
     * @param maxClients positive count.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when it is not positive.
     */
    public AtomicClientPoolContext maxClients(final int maxClients)
    {
        this.maxClients = positive("maxClients", maxClients);
        return this;
    }

    /**
     * How many clients there may be at a time.
     *
     * @return what was set, or the default.
     */
    public int maxClients()
    {
        return maxClients;
    }

    /**
     * Requests that a client may have offered, and the engine not written to a socket yet: 64 unless set.
     *
     * @param requestSlots positive count.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when it is not positive.
     */
    public AtomicClientPoolContext requestSlots(final int requestSlots)
    {
        this.requestSlots = positive("requestSlots", requestSlots);
        return this;
    }

    /**
     * Requests that a client may have offered and the engine not written yet.
     *
     * @return what was set, or the default.
     */
    public int requestSlots()
    {
        return requestSlots;
    }

    /**
     * The same for the priority lane: 16 unless set.
     *
     * @param prioritySlots positive count.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when it is not positive.
     */
    public AtomicClientPoolContext prioritySlots(final int prioritySlots)
    {
        this.prioritySlots = positive("prioritySlots", prioritySlots);
        return this;
    }

    /**
     * Requests of the priority lane that a client may have offered and the engine not written yet.
     *
     * @return what was set, or the default.
     */
    public int prioritySlots()
    {
        return prioritySlots;
    }

    /**
     * Longest request, head and body together: 4 KiB unless set.
     *
     * @param maxRequestLength length in bytes, positive.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when it is not positive.
     */
    public AtomicClientPoolContext maxRequestLength(final int maxRequestLength)
    {
        this.maxRequestLength = positive("maxRequestLength", maxRequestLength);
        return this;
    }

    /**
     * Longest request, head and body together, in bytes.
     *
     * @return what was set, or the default.
     */
    public int maxRequestLength()
    {
        return maxRequestLength;
    }

    /**
     * Whether each client has a ring of its own, as it has unless set, or all share one.
     *
     * @param requestRingKind kind to use.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext requestRingKind(final RequestRingKind requestRingKind)
    {
        this.requestRingKind = Objects.requireNonNull(requestRingKind, "requestRingKind");
        return this;
    }

    /**
     * Whether each client has a ring of its own.
     *
     * @return what was set, or the default.
     */
    public RequestRingKind requestRingKind()
    {
        return requestRingKind;
    }

    /**
     * How many requests of each lane are taken in a duty cycle at the most, so that the sockets are looked at in
     * between: 16 unless set.
     *
     * @param drainLimit positive count.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when it is not positive.
     */
    public AtomicClientPoolContext drainLimit(final int drainLimit)
    {
        this.drainLimit = positive("drainLimit", drainLimit);
        return this;
    }

    /**
     * How many requests of each lane are taken in a duty cycle at the most.
     *
     * @return what was set, or the default.
     */
    public int drainLimit()
    {
        return drainLimit;
    }

    /**
     * Length of each client's answer ring; a message may have an eighth of it. 256 KiB unless set.
     *
     * @param answerRingLength length in bytes, a power of two.
     * @return this for a fluent API.
     * @throws IllegalArgumentException when it is not a power of two.
     */
    public AtomicClientPoolContext answerRingLength(final int answerRingLength)
    {
        this.answerRingLength = powerOfTwo("answerRingLength", answerRingLength);
        return this;
    }

    /**
     * Length of each client's answer ring, in bytes.
     *
     * @return what was set, or the default.
     */
    public int answerRingLength()
    {
        return answerRingLength;
    }

    /**
     * What becomes of longer answers: they cross the ring in parts unless set.
     *
     * @param largeAnswerPolicy policy to use.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext largeAnswerPolicy(final LargeAnswerPolicy largeAnswerPolicy)
    {
        this.largeAnswerPolicy = Objects.requireNonNull(largeAnswerPolicy, "largeAnswerPolicy");
        return this;
    }

    /**
     * What becomes of answers that are longer than a message may be.
     *
     * @return what was set, or the default.
     */
    public LargeAnswerPolicy largeAnswerPolicy()
    {
        return largeAnswerPolicy;
    }

    /**
     * What becomes of a request that names no policy when no connection is ready: it waits unless set.
     *
     * @param noConnectionPolicy policy to use.
     * @return this for a fluent API.
     */
    public AtomicClientPoolContext noConnectionPolicy(final NoConnectionPolicy noConnectionPolicy)
    {
        this.noConnectionPolicy = Objects.requireNonNull(noConnectionPolicy, "noConnectionPolicy");
        return this;
    }

    /**
     * What becomes of a request when no connection is ready.
     *
     * @return what was set, or the default.
     */
    public NoConnectionPolicy noConnectionPolicy()
    {
        return noConnectionPolicy;
    }

    /**
     * Headers that answers take along to their client; all of them unless set.
     *
     * @param names of the headers; none for no header at all.
     * @return this for a fluent API.
     * @throws io.peregrine.codec.HttpException when one is not a valid name.
     */
    public AtomicClientPoolContext captureHeaders(final CharSequence... names)
    {
        final ArrayList<HeaderName> captured = new ArrayList<>();
        for (final CharSequence name : names)
        {
            captured.add(HeaderName.of(name));
        }

        capturedHeaders = List.copyOf(captured);
        return this;
    }

    /**
     * Headers that answers take along to their client.
     *
     * @return the names, or null for all headers.
     */
    public List<HeaderName> capturedHeaders()
    {
        return capturedHeaders;
    }

    /**
     * The settings, for a log.
     *
     * @return one line for each.
     */
    @Override
    public String toString()
    {
        return "AtomicClientPool" +
            "\n    cpuPinning: " + cpuPinning +
            "\n    isPinningRequired: " + isPinningRequired +
            "\n    idleStrategy: " + idleStrategy +
            "\n    isInvokerUsed: " + isInvokerUsed +
            "\n    maxErrorsInARow: " + maxErrorsInARow +
            "\n    maxClients: " + maxClients +
            "\n    requestSlots: " + requestSlots +
            "\n    prioritySlots: " + prioritySlots +
            "\n    maxRequestLength: " + maxRequestLength +
            "\n    requestRingKind: " + requestRingKind +
            "\n    drainLimit: " + drainLimit +
            "\n    answerRingLength: " + answerRingLength +
            "\n    largeAnswerPolicy: " + largeAnswerPolicy +
            "\n    noConnectionPolicy: " + noConnectionPolicy +
            "\n    capturedHeaders: " + (null == capturedHeaders ? "all" : capturedHeaders);
    }

    private static int positive(final String name, final int value)
    {
        if (value <= 0)
        {
            throw new IllegalArgumentException(name + " must be positive, not " + value);
        }

        return value;
    }

    private static int powerOfTwo(final String name, final int value)
    {
        if (!BitUtil.isPowerOfTwo(value))
        {
            throw new IllegalArgumentException(name + " must be a power of two, not " + value);
        }

        return value;
    }
}
