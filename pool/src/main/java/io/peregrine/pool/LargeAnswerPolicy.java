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

/** What becomes of an answer that is longer than one message of a client's answer ring may be. */
public enum LargeAnswerPolicy
{
    /** It crosses the ring in parts, and the client puts it together again before the handler sees it. */
    IN_PARTS,

    /**
     * It is dropped, and the request fails with {@link io.peregrine.engine.ConnectionError#ANSWER_TOO_LARGE}: the
     * server has answered, so the delivery is {@link io.peregrine.engine.Delivery#UNKNOWN}.
     */
    REFUSE
}
