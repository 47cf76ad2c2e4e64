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

/**
 * When what happened to a request, in nanoseconds on the engine's clock. A view that is valid in the handler it was
 * given to. What did not happen reads {@link #NEVER}.
 */
public final class RequestTimes
{
    /** Stands for what did not happen. */
    public static final long NEVER = Long.MIN_VALUE;

    private long offeredNs;
    private long takenNs;
    private long writtenNs;
    private long firstByteNs;
    private long completeNs;

    RequestTimes()
    {
    }

    void set(
        final long offeredNs,
        final long takenNs,
        final long writtenNs,
        final long firstByteNs,
        final long completeNs)
    {
        this.offeredNs = offeredNs;
        this.takenNs = takenNs;
        this.writtenNs = writtenNs;
        this.firstByteNs = firstByteNs;
        this.completeNs = completeNs;
    }

    /**
     * When the client offered the request.
     *
     * @return time in nanoseconds.
     */
    public long offeredNs()
    {
        return offeredNs;
    }

    /**
     * When the engine gave the request to a connection.
     *
     * @return time in nanoseconds, or {@link #NEVER} when no connection took it.
     */
    public long takenNs()
    {
        return takenNs;
    }

    /**
     * When the kernel had taken the whole request.
     *
     * @return time in nanoseconds, or {@link #NEVER}.
     */
    public long writtenNs()
    {
        return writtenNs;
    }

    /**
     * When the duty cycle began that read the first byte of the answer.
     *
     * @return time in nanoseconds, or {@link #NEVER}.
     */
    public long firstByteNs()
    {
        return firstByteNs;
    }

    /**
     * When the duty cycle began that read the last byte of the answer, or when the request failed.
     *
     * @return time in nanoseconds.
     */
    public long completeNs()
    {
        return completeNs;
    }
}
