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

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.RestResponse;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Copies each outcome, then does what the test asks for. */
public final class RecordingHandler implements ResponseHandler
{
    private final ArrayList<Outcome> outcomes = new ArrayList<>();

    private Runnable andThen = () -> {};

    /** Copy of an answer, whose error is null, or of a failure, whose status is 0 and body null. */
    public record Outcome(
        long correlationId,
        int status,
        String body,
        ErrorCode error,
        Delivery delivery,
        long bytesWritten,
        long bytesRead,
        Phase phase,
        long connectionUses)
    {
    }

    /** What is done within the handler, after recording. */
    public RecordingHandler andThen(final Runnable action)
    {
        andThen = action;
        return this;
    }

    public List<Outcome> outcomes()
    {
        return outcomes;
    }

    /** The outcome, of which there is one. */
    public Outcome only()
    {
        assertEquals(1, outcomes.size(), () -> "outcomes " + outcomes);
        return outcomes.getFirst();
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response)
    {
        outcomes.add(new Outcome(
            correlationId, response.status(), response.bodyAsString(), null, Delivery.ANSWERED, 0, 0, null, 0));
        andThen.run();
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure)
    {
        outcomes.add(new Outcome(
            correlationId,
            0,
            null,
            failure.error(),
            failure.delivery(),
            failure.bytesWritten(),
            failure.bytesRead(),
            failure.phase(),
            failure.connectionUses()));
        andThen.run();
    }
}
