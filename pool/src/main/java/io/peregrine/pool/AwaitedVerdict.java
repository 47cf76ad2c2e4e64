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

import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeException;
import io.peregrine.engine.ExchangeFailure;

/** Keeps the verdict that a caller waits for. */
final class AwaitedVerdict
{
    /** Id of no request. */
    static final long NONE = 0;

    private long correlationId = NONE;
    private RestResponse response;
    private ExchangeFailure failure;

    void await(final long correlationId)
    {
        this.correlationId = correlationId;
        response = null;
        failure = null;
    }

    /** Nobody waits any more. */
    void giveUp()
    {
        correlationId = NONE;
    }

    boolean isFor(final long correlationId)
    {
        return this.correlationId == correlationId;
    }

    void onResponse(final RestResponse response)
    {
        this.response = response;
        giveUp();
    }

    void onFailure(final ExchangeFailure failure)
    {
        this.failure = failure;
        giveUp();
    }

    boolean isDone()
    {
        return NONE == correlationId;
    }

    RestResponse responseOrThrow()
    {
        if (null != failure)
        {
            throw new ExchangeException(failure);
        }

        return response;
    }
}
