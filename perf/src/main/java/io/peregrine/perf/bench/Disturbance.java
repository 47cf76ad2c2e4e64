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
package io.peregrine.perf.bench;

import java.util.Locale;

/**
 * What else went on while a round was measured.
 *
 * @param stolenPercent    of the processors' time that the host gave to others.
 * @param otherLoadPercent of the processors' time that other processes of this machine used.
 * @param throttledNs      for which the control group was held back, in nanoseconds.
 */
record Disturbance(double stolenPercent, double otherLoadPercent, long throttledNs)
{
    private static final double LIMIT_PERCENT = 2;

    boolean isSpoiled()
    {
        return stolenPercent > LIMIT_PERCENT || otherLoadPercent > LIMIT_PERCENT || throttledNs > 0;
    }

    @Override
    public String toString()
    {
        return String.format(Locale.ROOT,
            "stolen %.1f %%, other load %.1f %%, throttled %d ns", stolenPercent, otherLoadPercent, throttledNs);
    }
}
