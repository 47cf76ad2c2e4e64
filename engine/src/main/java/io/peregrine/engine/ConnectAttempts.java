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

/** Which address is tried next, and after how long: all addresses of a server in a round, a delay between rounds. */
final class ConnectAttempts
{
    private final InetSocketAddress[] addresses;
    private final ReconnectPolicy policy;
    private int nextIndex;
    private int triedInRound;
    private int roundsInVain;

    ConnectAttempts(final InetSocketAddress[] addresses, final ReconnectPolicy policy)
    {
        this.addresses = addresses;
        this.policy = policy;
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
        if (triedInRound < addresses.length)
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

    /** A connection that was made has ended. */
    void onEnded(final boolean isProven)
    {
        roundsInVain = isProven ? 0 : roundsInVain + 1;
    }

    int roundsInVain()
    {
        return roundsInVain;
    }

    boolean isReconnecting()
    {
        return policy.isEnabled();
    }

    long delayNs()
    {
        return policy.delayNs(roundsInVain);
    }

    /** Whether a connection of that age has proven that the server can be talked to, even if it served nothing. */
    boolean isProvenBy(final long ageNs)
    {
        return ageNs > policy.maxDelayNs();
    }
}
