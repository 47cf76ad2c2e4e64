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
package io.peregrine.perf.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a time such as {@code 500ms}, {@code 5s} or {@code 1m}: positive, and at most a day. */
public final class DurationConverter implements ITypeConverter<Duration>
{
    private static final Pattern FORMAT = Pattern.compile("(\\d{1,9})(us|ms|s|m|h)");
    private static final Duration MAX = Duration.ofDays(1);

    /** Creates the converter. */
    public DurationConverter()
    {
    }

    /**
     * Reads a time.
     *
     * @param value a number and one of the units us, ms, s, m and h.
     * @return the time.
     * @throws TypeConversionException when it is none.
     */
    @Override
    public Duration convert(final String value)
    {
        final Matcher matcher = FORMAT.matcher(value);
        if (!matcher.matches())
        {
            throw new TypeConversionException("'" + value + "' is not a time such as 500ms, 5s or 1m");
        }

        final Duration duration = Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
        if (duration.isZero() || duration.compareTo(MAX) > 0)
        {
            throw new TypeConversionException("'" + value + "' is not more than nothing and at most a day");
        }

        return duration;
    }

    private static ChronoUnit unit(final String name)
    {
        return switch (name)
        {
            case "us" -> ChronoUnit.MICROS;
            case "ms" -> ChronoUnit.MILLIS;
            case "s" -> ChronoUnit.SECONDS;
            case "m" -> ChronoUnit.MINUTES;
            default -> ChronoUnit.HOURS;
        };
    }
}
