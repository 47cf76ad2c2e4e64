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

/** The second example of README, which a test compares with this one and runs. */
final class ReadmeRingExample
{
    private ReadmeRingExample()
    {
    }

    /** What a strategy does with verdicts. */
    private static final class Verdicts implements AnswerHandler
    {
        private String last;

        @Override
        public void onResponse(final long id, final RestResponse answer, final RequestTimes times)
        {
            last = answer.status() + " " + answer.bodyAsString();
        }

        @Override
        public void onFailure(final long id, final ExchangeFailure failure, final RequestTimes times)
        {
            last = failure.error().name() + " " + failure.delivery();
        }
    }

    static String sendOrder(final String url, final String apiKey)
    {
        final Verdicts verdicts = new Verdicts();
        final int engineCpu = 1;
        // example starts
        final AtomicClientPoolContext context = new AtomicClientPoolContext()
            .pool(new ClientPoolBuilder().url(url).connections(4).defaultHeader("X-API-KEY", apiKey))
            .cpuPinning(CpuPinning.cpu(engineCpu));
        try (AtomicClientPool pool = AtomicClientPool.launch(context);
            PoolClient client = pool.newClient())           // one for each strategy thread
        {
            final long id = client.offer(client.post("/order")
                .body("{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"price\":\"64123.45\"}"));
            while (id > 0 && client.outstanding() > 0)      // negative: BACK_PRESSURED, CLOSED, ...
            {
                client.poll(verdicts, 10);                  // exactly one verdict for each id
            }
        }
        // example ends

        return verdicts.last;
    }
}
