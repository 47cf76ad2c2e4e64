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

import java.util.List;
import java.util.SplittableRandom;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * One stream to try a reader with: a response of the corpus or a generated one, mostly broken, or mere noise.
 *
 * @param method        of the request that it would answer.
 * @param bytes         of the stream.
 * @param isEndOfStream whether the stream ends then.
 */
record FuzzInput(HttpMethod method, byte[] bytes, boolean isEndOfStream)
{
    private static final List<ResponseCase> CORPUS = ResponseCorpus.all();
    private static final byte[][] CORPUS_BYTES = CORPUS.stream().map(ResponseCase::bytes).toArray(byte[][]::new);
    private static final HttpMethod[] METHODS = HttpMethod.values();
    private static final int MUTATIONS = 6;

    static FuzzInput from(final SplittableRandom random)
    {
        final ResponseMutator mutator = new ResponseMutator(random);
        HttpMethod method = METHODS[random.nextInt(METHODS.length)];
        final int kind = random.nextInt(100);
        if (kind < 2)
        {
            mutator.startRandom();
        }
        else if (kind < 25)
        {
            final GeneratedResponse response = new ResponseGenerator(random).next();
            method = response.method();
            mutator.start(response.text().getBytes(ISO_8859_1));
        }
        else
        {
            final int index = random.nextInt(CORPUS_BYTES.length);
            method = random.nextBoolean() ? CORPUS.get(index).method() : method;
            mutator.start(CORPUS_BYTES[index]);
        }

        if (0 == random.nextInt(8))
        {
            mutator.splice(CORPUS_BYTES[random.nextInt(CORPUS_BYTES.length)]);
        }

        return new FuzzInput(method, mutator.mutate(random.nextInt(MUTATIONS)).toBytes(), random.nextBoolean());
    }

    String text()
    {
        return new String(bytes, ISO_8859_1);
    }
}
