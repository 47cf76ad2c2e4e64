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

/** How a figure is written. */
enum Unit
{
    /** A ratio to something. */
    RATIO("x")
    {
        @Override
        String number(final double value)
        {
            return String.format(Locale.ROOT, value < 10 ? "%.3f" : "%.1f", value);
        }
    },

    /** Nanoseconds. */
    NS(" ns")
    {
        @Override
        String number(final double value)
        {
            return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
        }
    },

    /** Microseconds. */
    US(" us")
    {
        @Override
        String number(final double value)
        {
            return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
        }
    },

    /** Milliseconds. */
    MS(" ms")
    {
        @Override
        String number(final double value)
        {
            return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
        }
    },

    /** Bytes a request: a fraction when only some requests leave any, which must not look like none. */
    BYTES(" B")
    {
        @Override
        String number(final double value)
        {
            return String.format(Locale.ROOT, 0 == value || value >= 10 ? "%,.0f" : "%.2f", value);
        }
    };

    private final String suffix;

    Unit(final String suffix)
    {
        this.suffix = suffix;
    }

    abstract String number(double value);

    /** The number with its unit behind it. */
    String text(final double value)
    {
        return number(value) + suffix;
    }
}
