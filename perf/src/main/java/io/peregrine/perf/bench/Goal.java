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
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upper limit for a figure, as in {@code plain.p50<=1.05}.
 *
 * @param figure the name of the figure.
 * @param limit  the most that it may be.
 */
record Goal(String figure, double limit)
{
    private static final Pattern FORM = Pattern.compile("([a-z0-9][a-z0-9.-]*)<=([0-9]+(?:\\.[0-9]+)?)");

    /** A goal, or an exception that says what it should look like. */
    static Goal parse(final String text)
    {
        final Matcher matcher = FORM.matcher(text);
        if (!matcher.matches())
        {
            throw new IllegalArgumentException("a goal is FIGURE<=NUMBER, as in plain.p50<=1.05, not " + text);
        }

        return new Goal(matcher.group(1), Double.parseDouble(matcher.group(2)));
    }

    /** A figure that was not measured misses every goal. */
    boolean isMet(final Map<String, Double> figures)
    {
        return figures.getOrDefault(figure, Double.NaN) <= limit;
    }

    String describe(final Map<String, Double> figures)
    {
        final Double value = figures.get(figure);
        if (null == value)
        {
            return String.format(Locale.ROOT, "MISSED  %s<=%s: not measured", figure, limit);
        }

        return String.format(Locale.ROOT, "%s  %s<=%s: %.3f (%+.1f %%)", isMet(figures) ? "met   " : "MISSED",
            figure, limit, value, 0 == limit ? 0 : (value / limit - 1) * 100);
    }
}
