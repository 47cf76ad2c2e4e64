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
import java.util.concurrent.TimeUnit;

/**
 * The life of one socket: when it was made, what it has served, and when it is time to replace it. The limits of the
 * policy are drawn anew for each life, and tightened by what the server announces.
 */
final class ConnectionLife
{
    /** Part of the time that a server announces after which its connection is not used any more. */
    private static final double ANNOUNCED_PART = 0.9;

    private final RetirementPolicy policy;
    private final SplittableRandom random;

    private InetSocketAddress remoteAddress;
    private long madeNs;
    private long servedNs;
    private long exchangesServed;
    private double part;
    private long maxAgeNs;
    private long maxIdleNs;
    private long maxRequests;

    ConnectionLife(final RetirementPolicy policy, final SplittableRandom random)
    {
        this.policy = policy;
        this.random = random;
    }

    void begin(final InetSocketAddress remoteAddress, final long nowNs)
    {
        this.remoteAddress = remoteAddress;
        madeNs = nowNs;
        servedNs = nowNs;
        exchangesServed = 0;
        part = Jitter.part(policy.jitter(), random);
        maxAgeNs = limit(policy.maxAgeNs());
        maxIdleNs = limit(policy.maxIdleNs());
        maxRequests = limit(policy.maxRequests());
    }

    /** An exchange was served; what a server announces of its limits is -1 when it does not. */
    void onServed(final long nowNs, final long announcedTimeoutSeconds, final long announcedMax)
    {
        servedNs = nowNs;
        exchangesServed++;
        if (announcedTimeoutSeconds >= 0)
        {
            final long announcedNs = TimeUnit.SECONDS.toNanos(announcedTimeoutSeconds);
            maxIdleNs = Math.min(maxIdleNs, (long)(ANNOUNCED_PART * part * announcedNs));
        }
        if (announcedMax >= 0 && announcedMax < Long.MAX_VALUE - exchangesServed)
        {
            maxRequests = Math.min(maxRequests, exchangesServed + announcedMax);
        }
    }

    /** Why it is time to replace the connection; null when it is not. */
    String retirementReason(final long nowNs)
    {
        if (exchangesServed >= maxRequests)
        {
            return "has served its number of requests";
        }
        if (nowNs - servedNs >= maxIdleNs)
        {
            return "was idle for its time";
        }

        return nowNs - madeNs >= maxAgeNs ? "has reached its age" : null;
    }

    InetSocketAddress remoteAddress()
    {
        return remoteAddress;
    }

    long ageNs(final long nowNs)
    {
        return null == remoteAddress ? 0 : nowNs - madeNs;
    }

    long exchangesServed()
    {
        return exchangesServed;
    }

    private long limit(final long configured)
    {
        return 0 == configured ? Long.MAX_VALUE : Math.max(1, (long)(configured * part));
    }
}
