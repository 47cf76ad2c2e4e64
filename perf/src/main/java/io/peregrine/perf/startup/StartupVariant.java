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
package io.peregrine.perf.startup;

import io.peregrine.perf.bench.client.Median;
import io.peregrine.perf.bench.client.StartupFigures;

import java.util.ArrayList;
import java.util.List;

/** A way to start, and what its processes measured. */
final class StartupVariant
{
    private static final String FLOOR = "C floor";

    private final String name;
    private final boolean isWarmedUp;
    private final boolean isRehearsed;
    private final boolean isCached;
    private final List<StartupFigures> runs = new ArrayList<>();

    StartupVariant(final String name, final boolean isWarmedUp, final boolean isRehearsed, final boolean isCached)
    {
        this.name = name;
        this.isWarmedUp = isWarmedUp;
        this.isRehearsed = isRehearsed;
        this.isCached = isCached;
    }

    /** The least that a first order costs: a program that has nothing to load, nor to compile. */
    static StartupVariant floor()
    {
        return new StartupVariant(FLOOR, false, false, false);
    }

    String name()
    {
        return name;
    }

    boolean isFloor()
    {
        return FLOOR.equals(name);
    }

    boolean isWarmedUp()
    {
        return isWarmedUp;
    }

    /** Whether the warm-up runs the code that makes the orders. */
    boolean isRehearsed()
    {
        return isRehearsed;
    }

    boolean isCached()
    {
        return isCached;
    }

    void add(final StartupFigures figures)
    {
        runs.add(figures);
    }

    StartupFigures median()
    {
        return StartupFigures.medianOf(runs);
    }

    /** The median of the processes' ratios, each of which compares within one process. */
    double firstRatio()
    {
        return Median.of(runs.stream().mapToDouble(StartupFigures::firstRatio));
    }
}
