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

import java.net.InetSocketAddress;
import java.util.SplittableRandom;

/** Which address is tried next, and after how long: all addresses of a server in a round, a delay between rounds. */
final class ConnectAttempts
{
    private final ReconnectPolicy policy;
    private final SplittableRandom random;

    private InetSocketAddress[] addresses = {};
    private int nextIndex;
    private int triedInRound;
    private int roundsInVain;

    ConnectAttempts(final ReconnectPolicy policy, final SplittableRandom random)
    {
        this.policy = policy;
        this.random = random;
    }

    boolean isNewRound()
    {
        return 0 == triedInRound;
    }

    /** The addresses of the round that begins; it starts from the one that was to be next, if it is still there. */
    void begin(final InetSocketAddress[] current)
    {
        if (addresses != current)
        {
            final InetSocketAddress preferred = addresses.length > 0 ? addresses[nextIndex] : null;
            addresses = current;
            nextIndex = Math.max(0, indexOf(preferred));
        }
    }

    InetSocketAddress next()
    {
        final InetSocketAddress address = addresses[nextIndex];
        nextIndex = (nextIndex + 1) % addresses.length;
        triedInRound++;

        return address;
    }

    /** An attempt failed; true when the round has more addresses, which are tried without delay. */
    boolean onFailed()
    {
        if (triedInRound > 0 && triedInRound < addresses.length)
        {
            return true;
        }

        triedInRound = 0;
        roundsInVain++;
        return false;
    }

    /** An attempt succeeded: the next round starts from this address, which is known to work. */
    void onConnected()
    {
        triedInRound = 0;
        nextIndex = (nextIndex + addresses.length - 1) % addresses.length;
    }

    /** A connection ended before it had proven that the server can be talked to. */
    void onEndedInVain()
    {
        roundsInVain++;
    }

    /** The server can be talked to: the sequence of delays starts anew. */
    void onProven()
    {
        roundsInVain = 0;
    }

    int roundsInVain()
    {
        return roundsInVain;
    }

    /** Whether there is to be another attempt. */
    boolean isReconnecting()
    {
        return policy.isEnabled() && !policy.isExhausted(roundsInVain);
    }

    boolean hasGivenUp()
    {
        return policy.isEnabled() && policy.isExhausted(roundsInVain);
    }

    long delayNs()
    {
        return policy.delayNs(roundsInVain, random);
    }

    /** Whether a connection of that age has proven that the server can be talked to, even if it served nothing. */
    boolean isProvenBy(final long ageNs)
    {
        return ageNs > policy.maxDelayNs();
    }

    private int indexOf(final InetSocketAddress wanted)
    {
        for (int i = 0; i < addresses.length; i++)
        {
            if (addresses[i].equals(wanted))
            {
                return i;
            }
        }

        return -1;
    }
}
