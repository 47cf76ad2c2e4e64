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

import io.peregrine.codec.RestResponse;

/** Keeps the outcome of an exchange for a caller that waits. */
final class ExchangeResult implements ResponseHandler
{
    private RestResponse response;
    private ExchangeFailure failure;

    void reset()
    {
        response = null;
        failure = null;
    }

    boolean isDone()
    {
        return null != response || null != failure;
    }

    RestResponse responseOrThrow()
    {
        if (null != failure)
        {
            throw new ExchangeException(failure);
        }

        return response;
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        this.response = response;
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        this.failure = failure;
    }
}
