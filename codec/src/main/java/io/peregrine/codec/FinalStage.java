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
package io.peregrine.codec;

/**
 * The last step of encoding a request.
 * <p>
 * All stages belong to the thread of their {@link RequestWriter}. A stage is good for one request: once another one is
 * started, calls on stages that were kept from before would go to that one.
 */
public interface FinalStage
{
    /**
     * Completes the request, with {@code Content-Length: 0} if it has no body but a method that expects one.
     *
     * @return the finished request, valid until the writer starts another one or is wrapped again.
     * @throws HttpException with the first {@link RequestError} that a step of this request met; its detail names the
     *                       header or the limit. The writer can start another request afterwards.
     */
    Request finish();

    /**
     * As {@link #finish()} for a caller that wants no exception.
     *
     * @return the finished request, valid until the writer starts another one or is wrapped again, or null when a step
     * of this request met an error: {@link #error()} says which.
     */
    Request tryFinish();

    /**
     * The first error that a step of this request met.
     *
     * @return the error, or null. It is kept until the writer's next request is started.
     */
    RequestError error();
}
