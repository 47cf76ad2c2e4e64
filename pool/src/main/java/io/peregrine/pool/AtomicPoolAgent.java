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

import io.peregrine.engine.ConnectionError;
import io.peregrine.engine.HttpEngine;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

import java.util.concurrent.CountDownLatch;

/** The engine as an agent that binds its thread to a core, survives what it can, and ends with a verdict for all. */
final class AtomicPoolAgent implements Agent
{
    private final AtomicClientPoolContext context;
    private final HttpEngine engine;
    private final ClientPool pool;
    private final RequestDispatcher dispatcher;
    private final PoolCounters counters;
    private final PoolState state;
    private final ErrorHandler errorHandler;
    private final CountDownLatch started = new CountDownLatch(1);

    private volatile RuntimeException startFailure;
    private volatile boolean isStopRequested;
    private volatile int cpu = CpuPinning.NO_CPU;
    private int errorsInARow;
    private boolean isTerminated;

    AtomicPoolAgent(
        final AtomicClientPoolContext context,
        final ClientPool pool,
        final RequestDispatcher dispatcher,
        final PoolCounters counters,
        final PoolState state,
        final ErrorHandler errorHandler)
    {
        this.context = context;
        this.pool = pool;
        this.dispatcher = dispatcher;
        this.counters = counters;
        this.state = state;
        this.errorHandler = errorHandler;
        engine = pool.engine();
    }

    /** Waits until the thread is bound to its core; throws what went wrong. */
    void awaitStart()
    {
        boolean isInterrupted = false;
        while (started.getCount() > 0)
        {
            try
            {
                started.await();
            }
            catch (final InterruptedException ex)
            {
                isInterrupted = true;
            }
        }

        if (isInterrupted)
        {
            Thread.currentThread().interrupt();
        }
        if (null != startFailure)
        {
            throw startFailure;
        }
    }

    int cpu()
    {
        return cpu;
    }

    /** Ends the agent from its own thread, which cannot wait for itself. */
    void requestStop()
    {
        isStopRequested = true;
    }

    @Override
    public void onStart()
    {
        engine.onStart();
        try
        {
            cpu = context.cpuPinning().pin();
        }
        catch (final IllegalStateException ex)
        {
            if (context.isPinningRequired())
            {
                startFailure = ex;
                throw new AgentTerminationException(ex);
            }

            errorHandler.onError(ex);
        }
        finally
        {
            started.countDown();
        }
    }

    @Override
    public int doWork()
    {
        if (isStopRequested)
        {
            throw new AgentTerminationException("closed by its own thread", true);
        }

        try
        {
            final int workCount = engine.doWork();
            errorsInARow = 0;
            return workCount;
        }
        catch (final Throwable ex)
        {
            onError(ex);
            return 1;
        }
    }

    @Override
    public void onClose()
    {
        terminate(ConnectionError.CLOSED_LOCALLY);
    }

    @Override
    public String roleName()
    {
        return engine.roleName();
    }

    /** Goes on after an exception, unless there is no end of them, or the virtual machine itself is in trouble. */
    private void onError(final Throwable error)
    {
        counters.increment(PoolCounter.DUTY_CYCLE_ERRORS);
        errorHandler.onError(error);
        if (error instanceof Error || ++errorsInARow >= context.maxErrorsInARow())
        {
            terminate(ConnectionError.ENGINE_FAILED);
            throw new AgentTerminationException("engine has failed: " + error, true);
        }
    }

    private void terminate(final ConnectionError error)
    {
        if (isTerminated)
        {
            return;
        }

        isTerminated = true;
        state.close();
        if (ConnectionError.CLOSED_LOCALLY == error)
        {
            // The connections know more of what was under way than the dispatcher does.
            attempt(pool::close);
        }

        attempt(() -> dispatcher.close(error));
        attempt(pool::close);
        attempt(counters::close);
        state.terminate(error);
    }

    /** A step of the end, which the steps behind it do not depend on. */
    private void attempt(final Runnable step)
    {
        try
        {
            step.run();
        }
        catch (final RuntimeException | Error ex)
        {
            errorHandler.onError(ex);
        }
    }
}
