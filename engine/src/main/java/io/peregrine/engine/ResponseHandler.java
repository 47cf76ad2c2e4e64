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

/**
 * Takes the outcome of an exchange: exactly one call for each send, on the engine's thread. A send that cannot be
 * carried out fails at once, so the call may come before {@code send} returns; otherwise it comes from the duty
 * cycle.
 */
public interface ResponseHandler
{
    /**
     * The request was answered by a complete final response, whatever its status.
     *
     * @param correlationId given to send.
     * @param response      view of the answer, valid until this method returns or sends on the same connection.
     */
    void onResponse(long correlationId, RestResponse response);

    /**
     * The exchange failed.
     *
     * @param correlationId given to send.
     * @param failure       view of what is known, valid until this method returns or sends on the same connection.
     */
    void onFailure(long correlationId, ExchangeFailure failure);
}
