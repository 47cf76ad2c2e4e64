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

import java.util.ArrayList;
import java.util.List;

/** Every response whose outcome is laid down, good and bad; the catalogue of what a {@link ResponseReader} accepts. */
final class ResponseCorpus
{
    private ResponseCorpus()
    {
    }

    static List<ResponseCase> all()
    {
        final List<ResponseCase> cases = new ArrayList<>();
        cases.addAll(StatusLineCases.all());
        cases.addAll(FieldCases.all());
        cases.addAll(ContentLengthCases.all());
        cases.addAll(TransferEncodingCases.all());
        cases.addAll(ChunkedCases.all());
        cases.addAll(TrailerCases.all());
        cases.addAll(BodyPresenceCases.all());
        cases.addAll(InterimCases.all());
        cases.addAll(KeepAliveCases.all());
        cases.addAll(LimitCases.all());
        cases.addAll(BareLineFeedCases.all());

        return cases;
    }
}
