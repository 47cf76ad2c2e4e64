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

import java.util.concurrent.TimeUnit;

/**
 * When a connection that still works is replaced: before the server would end it, at a moment when nothing is under
 * way. A limit of 0 does not apply. What a server announces in a Keep-Alive field tightens these limits for its
 * connection.
 *
 * @param maxAgeNs    nanoseconds since it was made.
 * @param maxIdleNs   nanoseconds since its last answer, or since it was made.
 * @param maxRequests exchanges that it serves.
 * @param jitter      part of each limit, from 0 up to but not including 1, that is taken off at random, anew for each
 *                    connection, so that those made together do not end together.
 */
public record RetirementPolicy(long maxAgeNs, long maxIdleNs, long maxRequests, double jitter)
{
    /** No limits but those that the server announces. */
    public static final RetirementPolicy NEVER = new RetirementPolicy(0, 0, 0, 0);

    /** After an hour, or 50 s without an exchange, less up to a tenth; any number of exchanges. */
    public static final RetirementPolicy DEFAULT =
        new RetirementPolicy(TimeUnit.HOURS.toNanos(1), TimeUnit.SECONDS.toNanos(50), 0, 0.1);

    /**
     * Validates the limits.
     *
     * @throws IllegalArgumentException when a limit is negative, or the jitter is not within its bounds.
     */
    public RetirementPolicy
    {
        if (maxAgeNs < 0 || maxIdleNs < 0 || maxRequests < 0)
        {
            throw new IllegalArgumentException(
                "negative limit: maxAgeNs " + maxAgeNs + ", maxIdleNs " + maxIdleNs + ", maxRequests " + maxRequests);
        }

        Jitter.requireValid(jitter);
    }
}
