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
package io.peregrine.perf.venue;

/** Requests as clients send them. */
final class Requests
{
    static final String PING = get("/api/v3/ping");

    private Requests()
    {
    }

    static String get(final String target)
    {
        return request("GET", target, "");
    }

    /** A request without a body; each of the fields ends its own line. */
    static String request(final String method, final String target, final String fields)
    {
        return method + " " + target + " HTTP/1.1\r\nHost: venue\r\n" + fields + "\r\n";
    }

    static String post(final String body)
    {
        return request("POST", "/api/v3/order", "Content-Length: " + body.length() + "\r\n") + body;
    }

    static String order(final String clientOrderId)
    {
        return post(orderJson(clientOrderId));
    }

    static String orderJson(final String clientOrderId)
    {
        return "{\"clientOrderId\":\"" + clientOrderId + "\",\"symbol\":\"BTCUSDT\",\"side\":\"BUY\"," +
            "\"type\":\"LIMIT\",\"quantity\":\"0.01000000\",\"price\":\"64250.10\"}";
    }

    static String query(final String clientOrderId)
    {
        return get("/api/v3/order?clientOrderId=" + clientOrderId);
    }

    static String cancel(final String clientOrderId)
    {
        return request("DELETE", "/api/v3/order?clientOrderId=" + clientOrderId, "");
    }
}
