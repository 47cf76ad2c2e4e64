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
package io.peregrine.perf.cli.demo;

import io.peregrine.codec.ErrorCode;

/** Counts what became of requests of one kind, and remembers the first that went wrong. */
final class Tally
{
    private long sent;
    private long matched;
    private long mismatched;
    private long lost;
    private String firstTrouble;

    void onSent()
    {
        sent++;
    }

    /** An answer came; the mismatch is null when it is the right one. */
    void onAnswered(final long number, final String mismatch)
    {
        if (null == mismatch)
        {
            matched++;
        }
        else
        {
            mismatched++;
            onTrouble(number, "wrong answer, " + mismatch);
        }
    }

    /** No answer came. */
    void onLost(final long number, final ErrorCode error)
    {
        lost++;
        onTrouble(number, error.name());
    }

    void add(final Tally other)
    {
        sent += other.sent;
        matched += other.matched;
        mismatched += other.mismatched;
        lost += other.lost;
        firstTrouble = null == firstTrouble ? other.firstTrouble : firstTrouble;
    }

    long sent()
    {
        return sent;
    }

    long matched()
    {
        return matched;
    }

    long mismatched()
    {
        return mismatched;
    }

    long lost()
    {
        return lost;
    }

    /** Whether each that was sent came back with the right answer. */
    boolean isFlawless()
    {
        return sent == matched && null == firstTrouble;
    }

    /** The first that went wrong, for people; null when none did. */
    String firstTrouble()
    {
        return firstTrouble;
    }

    private void onTrouble(final long number, final String reason)
    {
        if (null == firstTrouble)
        {
            firstTrouble = "order " + number + ": " + reason;
        }
    }
}
