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
package io.peregrine.perf.machine;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How far two cores may be from each other, as the time that a word takes there and back.
 *
 * @param leastNs nanoseconds; two threads of one core are nearer, and in each other's way.
 * @param mostNs  nanoseconds; cores that share no cache are further apart.
 */
public record NearCores(long leastNs, long mostNs)
{
    /** {@link #BELOW_ONE_CACHE} as a text, for a command line. */
    public static final String DEFAULT = "80-300";

    /** Two cores of their own below one cache, where a user would put an engine and its strategies. */
    public static final NearCores BELOW_ONE_CACHE = parse(DEFAULT);

    /**
     * Reads both, with a hyphen between them.
     *
     * @param text as of {@link #DEFAULT}.
     * @return the range.
     * @throws IllegalArgumentException when it is none.
     */
    public static NearCores parse(final String text)
    {
        final String[] words = text.split("-", -1);
        if (2 != words.length)
        {
            throw new IllegalArgumentException(text);
        }

        final NearCores range = new NearCores(Long.parseLong(words[0]), Long.parseLong(words[1]));
        if (range.leastNs > range.mostNs)
        {
            throw new IllegalArgumentException(text);
        }

        return range;
    }

    /**
     * Whether a distance is within the range.
     *
     * @param distanceNs nanoseconds there and back.
     * @return true at the limits too.
     */
    public boolean isNear(final long distanceNs)
    {
        return distanceNs >= leastNs && distanceNs <= mostNs;
    }

    /** For a command line. */
    public static final class Converter implements ITypeConverter<NearCores>
    {
        /** Made by the command line. */
        public Converter()
        {
        }

        @Override
        public NearCores convert(final String text)
        {
            try
            {
                return parse(text);
            }
            catch (final IllegalArgumentException ignore)
            {
                throw new TypeConversionException("a distance is LEAST-MOST in nanoseconds, as in " + DEFAULT);
            }
        }
    }
}
