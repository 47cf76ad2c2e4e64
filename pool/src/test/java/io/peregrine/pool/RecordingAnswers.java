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

import io.peregrine.codec.ErrorCode;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.Delivery;
import io.peregrine.engine.ExchangeFailure;
import io.peregrine.engine.Phase;

import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Copies each verdict, then does what the test asks for. */
final class RecordingAnswers implements AnswerHandler
{
    private final ArrayList<Verdict> verdicts = new ArrayList<>();

    private Runnable andThen = () -> {};

    /** Copy of an answer, whose error is null, or of a failure, whose status is 0 and body null. */
    record Verdict(
        long id,
        int status,
        String body,
        String header,
        int headerCount,
        ErrorCode error,
        String detail,
        Delivery delivery,
        Phase phase,
        long bytesWritten,
        long bytesRead,
        long connectionUses,
        Times times)
    {
    }

    /** Copy of the times. */
    record Times(long offeredNs, long takenNs, long writtenNs, long firstByteNs, long completeNs)
    {
    }

    RecordingAnswers andThen(final Runnable action)
    {
        andThen = action;
        return this;
    }

    List<Verdict> verdicts()
    {
        return verdicts;
    }

    Verdict only()
    {
        assertEquals(1, verdicts.size(), () -> "verdicts " + verdicts);
        return verdicts.getFirst();
    }

    List<Long> ids()
    {
        return verdicts.stream().map(Verdict::id).toList();
    }

    /** Names of errors, or bodies of answers. */
    List<String> outcomes()
    {
        return verdicts.stream()
            .map((verdict) -> null == verdict.error() ? verdict.body() : verdict.error().name())
            .toList();
    }

    @Override
    public void onResponse(final long correlationId, final RestResponse response, final RequestTimes times)
    {
        verdicts.add(new Verdict(correlationId, response.status(), response.bodyAsString(), response.header("X-Id"),
            response.headerCount(), null, null, Delivery.ANSWERED, null, 0, 0, 0, copy(times)));
        andThen.run();
    }

    @Override
    public void onFailure(final long correlationId, final ExchangeFailure failure, final RequestTimes times)
    {
        verdicts.add(new Verdict(correlationId, 0, null, null, 0, failure.error(), failure.detail(),
            failure.delivery(), failure.phase(), failure.bytesWritten(), failure.bytesRead(),
            failure.connectionUses(), copy(times)));
        andThen.run();
    }

    private static Times copy(final RequestTimes times)
    {
        return new Times(
            times.offeredNs(), times.takenNs(), times.writtenNs(), times.firstByteNs(), times.completeNs());
    }
}
