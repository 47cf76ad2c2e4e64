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

import io.peregrine.perf.venue.RawClient.Response;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class VenueRateLimitTest
{
    private static final long MINUTE_MS = 60_000;
    private static final String WEIGHT = "X-MBX-USED-WEIGHT-1M";
    private static final String ORDERS = "X-MBX-ORDER-COUNT-10S";

    private final AtomicLong nowMs = new AtomicLong(1_000_000 * MINUTE_MS);

    @Test
    void shouldCountWeightAndOrdersOverAllConnections() throws IOException
    {
        try (RunningVenue venue = givenVenue(new VenueConfig());
            RawClient client = venue.connect();
            RawClient other = venue.connect())
        {
            assertEquals("1", client.exchange(Requests.PING).field(WEIGHT));
            assertEquals("2", other.exchange(Requests.order("a")).field(WEIGHT));
            assertEquals("6", client.exchange(Requests.query("a")).field(WEIGHT));
            assertEquals("2", client.exchange(Requests.order("b")).field(ORDERS));
            assertNull(client.exchange(Requests.order("b")).field(ORDERS));
            assertEquals("3", client.exchange(Requests.order("c")).field(ORDERS));
        }
    }

    @Test
    void shouldStartToCountAgainWithEveryWindow() throws IOException
    {
        try (RunningVenue venue = givenVenue(new VenueConfig()); RawClient client = venue.connect())
        {
            client.exchange(Requests.order("a"));

            nowMs.addAndGet(9_999);
            assertEquals("2", client.exchange(Requests.order("b")).field(ORDERS));

            nowMs.addAndGet(1);
            final Response response = client.exchange(Requests.order("c"));
            assertEquals("1", response.field(ORDERS));
            assertEquals("3", response.field(WEIGHT));

            nowMs.addAndGet(50_000);
            assertEquals("1", client.exchange(Requests.PING).field(WEIGHT));
        }
    }

    @Test
    void shouldRefuseRequestsBeyondTheWeightLimitUntilTheNextMinute() throws IOException
    {
        try (RunningVenue venue = givenVenue(new VenueConfig().weightLimit(2)); RawClient client = venue.connect())
        {
            nowMs.addAndGet(15_500);
            assertEquals(200, client.exchange(Requests.PING).status());
            assertEquals(200, client.exchange(Requests.PING).status());

            final Response response = client.exchange(Requests.order("refused"));
            assertEquals(429, response.status());
            assertEquals("45", response.field("Retry-After"));
            assertEquals("3", response.field(WEIGHT));
            assertTrue(response.body().contains("-1003"), response.body());

            nowMs.addAndGet(45_000);
            assertEquals(200, client.exchange(Requests.order("refused")).status());
        }
    }

    @Test
    void shouldRefuseOrdersBeyondTheOrderLimitAndServeTheRest() throws IOException
    {
        try (RunningVenue venue = givenVenue(new VenueConfig().orderLimit(1)); RawClient client = venue.connect())
        {
            assertEquals(200, client.exchange(Requests.order("a")).status());

            final Response response = client.exchange(Requests.order("b"));
            assertEquals(429, response.status());
            assertEquals("10", response.field("Retry-After"));
            assertEquals("1", response.field(ORDERS));
            assertTrue(response.body().contains("-1015"), response.body());
            assertEquals(200, client.exchange(Requests.cancel("a")).status());

            nowMs.addAndGet(10_000);
            assertEquals(200, client.exchange(Requests.order("b")).status());
        }
    }

    private RunningVenue givenVenue(final VenueConfig config) throws IOException
    {
        return new RunningVenue(config.epochClockMs(nowMs::get));
    }
}
