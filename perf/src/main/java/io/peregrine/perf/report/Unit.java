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
package io.peregrine.perf.report;

import java.util.Locale;

/** How a figure is written: the larger it is, the fewer digits matter behind the point. */
enum Unit
{
    /** A ratio to something. */
    RATIO("x", "%.3f", 10, "%.1f"),

    /** Nanoseconds. */
    NS(" ns", "%.1f", 100, "%,.0f"),

    /** Microseconds. */
    US(" us", "%.2f", 100, "%,.0f"),

    /** Milliseconds. */
    MS(" ms", "%.1f", 100, "%,.0f"),

    /** Bytes a request: a fraction when only some requests leave any, which must not look like none. */
    BYTES(" B", "%.2f", 10, "%,.0f");

    private final String suffix;
    private final String smallFormat;
    private final int firstLarge;
    private final String largeFormat;

    Unit(final String suffix, final String smallFormat, final int firstLarge, final String largeFormat)
    {
        this.suffix = suffix;
        this.smallFormat = smallFormat;
        this.firstLarge = firstLarge;
        this.largeFormat = largeFormat;
    }

    String number(final double value)
    {
        return String.format(Locale.ROOT, 0 != value && value < firstLarge ? smallFormat : largeFormat, value);
    }

    /** The number with its unit behind it. */
    String text(final double value)
    {
        return number(value) + suffix;
    }
}
