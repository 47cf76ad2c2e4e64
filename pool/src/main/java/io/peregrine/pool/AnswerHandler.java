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
import io.peregrine.engine.ExchangeFailure;

/** Takes the verdicts on requests that were offered: exactly one call for each, on the thread of the client. */
public interface AnswerHandler
{
    /**
     * The request was answered by a complete final response, whatever its status.
     *
     * @param correlationId that the offer returned.
     * @param response      view of the answer, valid until this method returns.
     * @param times         when what happened, valid until this method returns.
     */
    void onResponse(long correlationId, RestResponse response, RequestTimes times);

    /**
     * There will be no answer.
     *
     * @param correlationId that the offer returned.
     * @param failure       what is known of the request's fate.
     * @param times         when what happened, valid until this method returns.
     */
    void onFailure(long correlationId, ExchangeFailure failure, RequestTimes times);
}
