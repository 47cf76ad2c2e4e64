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

import io.peregrine.perf.floor.Turn;
import io.peregrine.perf.floor.TurnPlan;
import io.peregrine.perf.machine.CoreDistance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.stream.LongStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class RoundDriverTest
{
    private static final int BODY_LENGTH = 33;
    private static final int WARM_UP = 7;

    private final CountingClient client = new CountingClient();

    @Test
    void shouldMeasureEachOrderWhereNobodyLooks() throws Exception
    {
        try (CoreLooks looks = new CoreLooks(null))
        {
            final Turn turn = new RoundDriver(client, BODY_LENGTH, looks).turn(TurnPlan.of(WARM_UP, 31));

            assertEquals(31, turn.timesNs().length);
            assertEquals(0, turn.looksNs().length);
            assertEquals(WARM_UP + 31, client.exchanges);
        }
    }

    @Test
    void shouldLeaveOutTheOrderBehindALook() throws Exception
    {
        try (CoreDistance nobodyEchoes = new CoreDistance(); CoreLooks looks = new CoreLooks(nobodyEchoes.file()))
        {
            final RoundDriver driver = new RoundDriver(client, BODY_LENGTH, looks);
            final Turn turn = driver.turn(TurnPlan.of(WARM_UP, 30));

            assertEquals(30, turn.timesNs().length);
            assertEquals(4 * Turn.LOOK_LENGTH, turn.looksNs().length, "before each ten and behind the last");
            assertEquals(4, LongStream.of(turn.looksNs()).filter((ns) -> CoreDistance.UNKNOWN == ns).count());
            assertEquals(WARM_UP + 3 + 30, client.exchanges);
            assertTrue(turn.garbageBytes() >= 30 * CountingClient.GARBAGE, () -> turn.garbageBytes() + " bytes");

            assertEquals(0, driver.turn(new TurnPlan(0, 5, 10_000, Long.MAX_VALUE)).looksNs().length, "open loop");
        }
    }

    @Test
    void shouldSayWhatIsNotTheAnswer() throws IOException
    {
        try (CoreLooks looks = new CoreLooks(null))
        {
            final RoundDriver driver = new RoundDriver(client, BODY_LENGTH + 1, looks);

            assertThrows(IOException.class, () -> driver.turn(TurnPlan.of(0, 1)));
        }
    }

    /** Answers without a server, and leaves garbage. */
    private static final class CountingClient implements BenchClient
    {
        private static final int GARBAGE = 100;

        private int exchanges;
        private byte[] garbage;

        @Override
        public int exchange()
        {
            exchanges++;
            garbage = new byte[GARBAGE];

            return BODY_LENGTH + garbage.length - GARBAGE;
        }

        @Override
        public void close()
        {
            garbage = null;
        }
    }
}
