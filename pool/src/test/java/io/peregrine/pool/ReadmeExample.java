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
import io.peregrine.codec.Request;
import io.peregrine.codec.RestResponse;
import io.peregrine.engine.ExchangeException;

import java.time.Duration;

/** The example of README, which a test compares with this one and runs. */
final class ReadmeExample
{
    private static final HeaderName TIMESTAMP = HeaderName.of("X-Timestamp");

    private ReadmeExample()
    {
    }

    static String sendOrder(final String url, final String apiKey)
    {
        // example starts
        try (ClientPool pool = new ClientPoolBuilder()
            .url(url)
            .connections(4)
            .defaultHeader("X-API-KEY", apiKey)
            .requestTimeout(Duration.ofSeconds(2))
            .build();
            ClientSlot slot = pool.tryAcquire())
        {
            final Request order = slot.writer().post("/order")
                .header(TIMESTAMP, System.currentTimeMillis())
                .body("{\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"price\":\"64123.45\"}")
                .finish();
            final RestResponse answer = slot.exchange(order);
            return answer.status() + " " + answer.bodyAsString();
        }
        catch (final ExchangeException ex)
        {
            return ex.error().name() + " " + ex.delivery();   // NOT_SENT: safe to repeat; UNKNOWN: ask the venue first
        }
        // example ends
    }
}
