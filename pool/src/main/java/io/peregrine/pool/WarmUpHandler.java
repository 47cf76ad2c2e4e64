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
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.ResponseHandler;
import org.agrona.AsciiSequenceView;
import org.agrona.concurrent.UnsafeBuffer;

/** Takes outcomes as a strategy does: looks at the status, a header and the body. */
class WarmUpHandler implements ResponseHandler, AnswerHandler
{
    private static final HeaderName CONTENT_TYPE = HeaderName.of("Content-Type");
    private static final HeaderName USED_WEIGHT = HeaderName.of("X-Used-Weight");

    private final AsciiSequenceView contentType = new AsciiSequenceView();
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private boolean isDone;
    private boolean isAnswered;

    /**
     * Handlers of several classes, to be used in turn. Compiled code that has seen one class, or two, expects no other,
     * and falls back to the interpreter when the first handler of a strategy comes along.
     */
    static WarmUpHandler[] several()
    {
        return new WarmUpHandler[]{ new WarmUpHandler(), new Second(), new Third(), new Fourth() };
    }

    /** Another outcome is waited for. */
    void reset()
    {
        isDone = false;
        isAnswered = false;
    }

    boolean isDone()
    {
        return isDone;
    }

    /** Whether it was an answer. */
    boolean isAnswered()
    {
        return isAnswered;
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        isDone = true;
        isAnswered = true;
        look(response);
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        isDone = true;
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
    {
        onResponse(correlationId, response);
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
    {
        onFailure(correlationId, failure);
    }

    /** Refuses what no {@link WarmUpVenue} has sent. */
    void look(final RestResponse response)
    {
        response.body(body);
        if (response.status() < 200 || 0 == body.capacity() || '{' != body.getByte(0) ||
            response.header(CONTENT_TYPE, contentType) && response.headerAsLong(USED_WEIGHT, 0) < 0)
        {
            throw new IllegalStateException("another server answered: " + response);
        }
    }

    private static final class Second extends WarmUpHandler
    {
    }

    private static final class Third extends WarmUpHandler
    {
    }

    private static final class Fourth extends WarmUpHandler
    {
    }
}
