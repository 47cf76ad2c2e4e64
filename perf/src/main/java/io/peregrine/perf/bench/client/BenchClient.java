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
package io.peregrine.perf.bench.client;

import java.io.IOException;

/** A client with its connection, which sends one order after another. */
interface BenchClient extends AutoCloseable
{
    /** The status of the answer to an order. */
    int OK = 200;

    /** The path that orders are posted to. */
    String PATH = "/api/v3/order";

    /** The key that each order carries in a header. */
    String API_KEY = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A";

    /** The name of that header. */
    String API_KEY_NAME = "X-MBX-APIKEY";

    /** The type of an order and of its answer. */
    String JSON = "application/json";

    /** A JSON order; with the headers, a request of about 420 bytes. */
    String ORDER =
        "{\"clientOrderId\":\"f0000000000000000\",\"symbol\":\"BTCUSDT\",\"side\":\"BUY\",\"type\":\"LIMIT\"," +
        "\"quantity\":\"0.01000000\",\"price\":\"64250.10000000\",\"timeInForce\":\"GTC\"}";

    /**
     * Posts an order and reads the whole answer.
     *
     * @return the length of the answer's body, in bytes, or a negative number when its status is not 200.
     * @throws Exception when it fails, which ends the measurement.
     */
    int exchange() throws Exception;

    /**
     * Closes the connection.
     *
     * @throws IOException when that fails.
     */
    @Override
    void close() throws IOException;
}
